"""The pretend Echo: hears an utterance, sends it to the skill, and says what it got back."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from interaction_model.resolver import Resolution
from skill.simulator.clock import Clock
from skill.simulator.envelope import Device, Session
from skill.simulator.journal import Journal
from speech.captions import plain_text
from speech.document import Say, Spoken
from speech.duration import seconds_to_say_all
from speech.pronunciation import Pronunciations
from speech.ssml_reader import from_ssml

log = logging.getLogger(__name__)

LISTENING = 8.0
"""Seconds that Alexa waits for an answer, once after the words and once after the reprompt."""


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

    @property
    def notes(self) -> tuple[str, ...]:
        """What the card adds to the words, such as a number in digits."""
        return tuple(str((self.card or {}).get("content", "")).split("\n")[1:])

    @property
    def choices(self) -> tuple[Mapping[str, str], ...]:
        """What a screen offers to touch: its `want` and its `label`."""
        shown = (directive.get("datasources", {}).get("screen", {}) for directive in self.directives)
        return tuple(choice for screen in shown for choice in screen.get("choices", ()))

    @property
    def goes_on(self) -> bool:
        """Whether it asks nothing and yet the session stays open: it waits for nobody, and can be steered."""
        return self.session_open and _goes_on(self.words)

    def to_json(self) -> dict[str, Any]:
        """Return every field but the Spoken, whose words and markup are there already."""
        return {
            name: list(value) if isinstance(value := getattr(self, name), tuple) else value
            for name in self.__slots__
            if name != "words"
        }


# "Computer work hurts my back" is no call for the speaker.
_WAKE_WORD = re.compile(r"^\W*(?:hey |ok |okay )?(?:alexa\W+|(?:echo|computer)\s*,\s*)(?=\w)", re.IGNORECASE)

_INVOCATION = re.compile(
    r"^\W*(?:(?P<launch>open|launch|start|begin|play|run)(?: up)? gentle back"
    r"|(?:ask|tell|use|talk to|speak to|go to) gentle back"
    r"(?:\W+(?:to|for|if|whether|and ask|and)\b)?)\W*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)


class PretendEcho:
    """A speaker with one listener; it holds the session as Alexa would."""

    def __init__(
        self,
        skill: Skill,
        understanding: Hearing,
        hard_words: Pronunciations,
        device: Device,
        journal: Journal | None = None,
    ) -> None:
        """Stand a speaker in the room; sessions that the journal finds left behind are ended first."""
        self._skill = skill
        self._understanding = understanding
        self._hard_words = hard_words
        self._device = device
        self._session: Session | None = None
        self._reprompt: Spoken = ()
        self._speech_ends = 0.0
        self._journal = journal
        for left in journal.left_behind() if journal else ():
            skill.answer(device.session_ended(left.session, "ERROR", left.alive))

    @property
    def clock(self) -> Clock:
        """The device's clock."""
        return self._device.clock

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
        said = _WAKE_WORD.sub("", utterance)
        invocation = _INVOCATION.match(said)
        wanted = invocation["rest"].strip() if invocation else said
        if invocation and not wanted:
            return self.launch(utterance)
        if invocation:
            self.leave()
        resolution = self._understanding.resolve(wanted)
        session = self._session or self._begin()
        return self._send(utterance, self._device.intent(session, resolution), resolution, started)

    def understand(self, utterance: str) -> Resolution:
        """Return what an utterance asks for, without asking it."""
        return self._understanding.resolve(utterance)

    def ask_for(self, resolution: Resolution) -> Heard:
        """Send an intent that needs no understanding: in the open session, or in a new one."""
        session = self._session or self._begin()
        return self._send("", self._device.intent(session, resolution), resolution, time.perf_counter())

    def touch(self, choice: str) -> Heard:
        """Press a choice on the screen, such as `yes`."""
        session = self._session or self._begin()
        request = self._device.touch(session, choice)
        return self._send("", request, Resolution(request["request"]["type"]), time.perf_counter())

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What the skill keeps of the open session; empty when none is open."""
        return self._session.attributes if self._session else {}

    @property
    def has_reprompt(self) -> bool:
        """Whether something is still to be heard when nobody answers."""
        return bool(self._reprompt)

    @property
    def next_chapter(self) -> bool:
        """Whether what is still to be heard goes on with a session."""
        return bool(self._reprompt) and _goes_on(self._reprompt)

    def pass_time(self, seconds: float) -> list[Heard]:
        """Let time pass without a word; return what is heard in it, up to the end of the session."""
        self.clock.put_forward(seconds)
        heard = []
        if self._session is not None and self._reprompt and self.clock.now() >= self._speech_ends + LISTENING:
            heard.append(self.reprompt(self._speech_ends + LISTENING))
        if self._session is not None and not self._reprompt and self.clock.now() >= self._speech_ends + LISTENING:
            heard.append(self._end(time.perf_counter(), ()))
        return heard

    def reprompt(self, began: float | None = None) -> Heard:
        """Say what is heard when nobody has answered; it is said once."""
        words, self._reprompt = self._reprompt, ()
        self._speech_ends = (self.clock.now() if began is None else began) + seconds_to_say_all(words)
        return self._without_request(words, "", time.perf_counter(), session_open=self.listening)

    def silence(self) -> Heard:
        """Wait until nobody has answered, not the reprompt either; the session then ends."""
        started = time.perf_counter()
        words, self._reprompt = self._reprompt, ()
        if self._session is not None:
            end = max(self.clock.now(), self._speech_ends) + seconds_to_say_all(words) + 2 * LISTENING
            self.clock.put_forward(end - self.clock.now())
        return self._end(started, words)

    def _end(self, started: float, words: Spoken) -> Heard:
        request = response = None
        if self._session is not None:
            request = self._device.session_ended(self._session, "EXCEEDED_MAX_REPROMPTS")
            response = self._skill.answer(request)
            self._close()
        heard = self._without_request(words, "SessionEndedRequest", started, session_open=False)
        return replace(heard, request=request, response=response)

    def _without_request(self, words: Spoken, intent: str, started: float, *, session_open: bool) -> Heard:
        return Heard(
            said="",
            intent=intent,
            slots={},
            confidence=1.0,
            words=words,
            speech=plain_text(words, self._hard_words),
            reprompt="",
            ssml="",
            session_open=session_open,
            card=None,
            directives=(),
            request=None,
            response=None,
            elapsed_ms=_since(started),
        )

    def leave(self) -> None:
        """End an open session as a listener does who walks away or opens another skill."""
        if self._session is not None:
            self._skill.answer(self._device.session_ended(self._session, "USER_INITIATED"))
            self._close()

    def _begin(self) -> Session:
        self._session = Session()
        return self._session

    def _close(self) -> None:
        self._session = None
        self._reprompt = ()
        self._keep_journal(goes_on=False)

    def _keep_journal(self, *, goes_on: bool) -> None:
        """Note a session that plays on by itself: only of such a one is there a place to lose."""
        if self._journal is None:
            return
        try:
            if goes_on and self._session is not None:
                self._journal.note(self._session)
            else:
                self._journal.close()
        except OSError as error:
            log.warning("Where you are would be lost if this program broke off: %s", error)
            self._journal = None

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
            self._speech_ends = self.clock.now() + seconds_to_say_all(words)
            self._keep_journal(goes_on=_goes_on(words))
        else:
            self._close()
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


def _goes_on(words: Spoken) -> bool:
    last = next((part.text for part in reversed(words) if isinstance(part, Say)), "?")
    return not last.endswith("?")


def _reprompt_of(response: Mapping[str, Any]) -> Spoken:
    reprompt = response.get("reprompt", {}).get("outputSpeech", {}).get("ssml")
    return from_ssml(reprompt) if reprompt else ()


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
