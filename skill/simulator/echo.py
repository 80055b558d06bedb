"""The pretend Echo: hears an utterance, sends it to the skill, and says what it got back."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from interaction_model.resolver import Resolution
from skill.simulator.envelope import Device, Session
from speech.captions import plain_text
from speech.document import Spoken
from speech.pronunciation import Pronunciations
from speech.ssml import from_ssml


class Skill(Protocol):
    """The skill, wherever it runs."""

    def answer(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return the response envelope."""


class Hearing(Protocol):
    """What finds the intent of an utterance."""

    def resolve(self, utterance: str) -> Resolution:
        """Return the intent and slots."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn as a listener, and a developer, sees it."""

    said: str
    intent: str
    """The intent, or the type of a request that has none."""
    slots: Mapping[str, Mapping[str, str]]
    confidence: float
    words: Spoken
    """What the pretend Echo says now."""
    speech: str
    reprompt: str
    ssml: str
    session_open: bool
    card: Mapping[str, Any] | None
    directives: tuple[Mapping[str, Any], ...]
    request: Mapping[str, Any] | None
    response: Mapping[str, Any] | None
    elapsed_ms: float

    def to_json(self) -> dict[str, Any]:
        """Return every field but the Spoken, whose words and markup are there already."""
        return {
            name: list(value) if isinstance(value := getattr(self, name), tuple) else value
            for name in self.__slots__
            if name != "words"
        }


_INVOCATION = re.compile(
    r"^\W*(?:(?:hey |ok |okay )?(?:alexa|echo|computer)\W+)?"
    r"(?:(?P<launch>open|launch|start|begin|play|run)(?: up)? gentle back"
    r"|(?:ask|tell|use|talk to|speak to|go to) gentle back"
    r"(?:\W+(?:to|for|if|whether|and ask|and)\b)?)\W*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)


class PretendEcho:
    """A speaker with one listener; it holds the session as Alexa would."""

    def __init__(self, skill: Skill, understanding: Hearing, hard_words: Pronunciations, device: Device) -> None:
        """Stand a speaker in the room."""
        self._skill = skill
        self._understanding = understanding
        self._hard_words = hard_words
        self._device = device
        self._session: Session | None = None
        self._reprompt: Spoken = ()

    @property
    def listening(self) -> bool:
        """Whether the microphone is open."""
        return self._session is not None

    def launch(self, said: str = "") -> Heard:
        """Open the skill; a session that is still open ends first."""
        self.leave()
        session = self._begin()
        started = time.perf_counter()
        return self._send(said, self._device.launch(session), Resolution("LaunchRequest"), started)

    def hear(self, utterance: str) -> Heard:
        """Take what was said: in the open session, or as a one-shot that opens one."""
        started = time.perf_counter()
        invocation = _INVOCATION.match(utterance)
        wanted = invocation["rest"].strip() if invocation else utterance
        if invocation and not wanted:
            return self.launch(utterance)
        if invocation:
            self.leave()
        resolution = self._understanding.resolve(wanted)
        session = self._session or self._begin()
        return self._send(utterance, self._device.intent(session, resolution), resolution, started)

    def silence(self) -> Heard:
        """Wait until nobody has answered, not the reprompt either; the session then ends."""
        started = time.perf_counter()
        words, self._reprompt = self._reprompt, ()
        request = response = None
        if self._session is not None:
            request = self._device.session_ended(self._session, "EXCEEDED_MAX_REPROMPTS")
            response = self._skill.answer(request)
            self._session = None
        return Heard(
            said="",
            intent="SessionEndedRequest",
            slots={},
            confidence=1.0,
            words=words,
            speech=plain_text(words, self._hard_words),
            reprompt="",
            ssml="",
            session_open=False,
            card=None,
            directives=(),
            request=request,
            response=response,
            elapsed_ms=_since(started),
        )

    def leave(self) -> None:
        """End an open session as a listener does who walks away or opens another skill."""
        if self._session is not None:
            self._skill.answer(self._device.session_ended(self._session, "USER_INITIATED"))
            self._session = None
            self._reprompt = ()

    def _begin(self) -> Session:
        self._session = Session()
        return self._session

    def _send(self, said: str, request: dict[str, Any], resolution: Resolution, started: float) -> Heard:
        answer = self._skill.answer(request)
        response = answer["response"]
        ssml = response.get("outputSpeech", {}).get("ssml", "<speak/>")
        words = from_ssml(ssml)
        self._reprompt = _reprompt_of(response)
        listening = response.get("shouldEndSession") is False
        if listening and self._session is not None:
            self._session.new = False
            self._session.attributes = answer.get("sessionAttributes") or {}
        else:
            self._session = None
        return Heard(
            said=said,
            intent=resolution.intent,
            slots={name: {"value": slot.value, "id": slot.id} for name, slot in resolution.slots.items()},
            confidence=round(resolution.confidence, 3),
            words=words,
            speech=plain_text(words, self._hard_words),
            reprompt=plain_text(self._reprompt, self._hard_words),
            ssml=ssml,
            session_open=listening,
            card=response.get("card"),
            directives=tuple(response.get("directives") or ()),
            request=request,
            response=answer,
            elapsed_ms=_since(started),
        )


def _reprompt_of(response: Mapping[str, Any]) -> Spoken:
    reprompt = response.get("reprompt", {}).get("outputSpeech", {}).get("ssml")
    return from_ssml(reprompt) if reprompt else ()


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
