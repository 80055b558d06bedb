"""One open page: a pretend Echo with a screen, steered by what the page sends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from skill.conversation.place import RATES, Place
from skill.library import Library
from skill.relaxation import rest
from skill.simulator import volume
from skill.simulator.browser.sounding import Sounding, Voices, unheard
from skill.simulator.echo import LISTENING, Heard, PretendEcho
from skill.simulator.utterances import utterance
from speech.errors import VoiceUnavailableError

LONGEST_HEARD = 3600.0
"""Seconds of one reply: no session is longer."""

SOUNDS_KEPT = 2
"""The reply that is being heard, and the one before it, which the browser may still be reading."""

GO_ON = "resume:"
"""What the question after a paused session offers."""

OVER = 1.0
"""Seconds: a session of which no more is left has come to its end."""


class BadStepError(ValueError):
    """What the page sent is no step; says what is."""


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did on the page."""

    act: str
    """One of ACTS."""
    text: str = ""
    """What was said, or the choice that was pressed."""
    heard: float = 0.0
    """Seconds of the last reply that were heard before it."""
    aloud: bool = False
    """Whether the reply is to be heard, and not only read."""
    voice: str = ""
    """The name of a voice; empty for the usual one."""

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Step:
        """Read what the page sent.

        Raises:
            BadStepError: when it is misshapen.
        """
        act = sent.get("act")
        if not isinstance(act, str) or act not in ACTS:
            raise BadStepError(f"act is one of {', '.join(ACTS)}")
        texts = {key: sent.get(key, "") for key in ("text", "voice")}
        if not all(isinstance(text, str) for text in texts.values()):
            raise BadStepError("text and voice are texts")
        return cls(act, texts["text"], heard_of(sent), sent.get("aloud") is True, texts["voice"])


def heard_of(sent: Mapping[str, Any]) -> float:
    """Return how many seconds of the last reply were heard.

    Raises:
        BadStepError: when it is no such number.
    """
    heard = sent.get("heard", 0)
    if isinstance(heard, bool) or not isinstance(heard, int | float) or not 0 <= heard <= LONGEST_HEARD:
        raise BadStepError(f"heard is a number of seconds, 0 to {LONGEST_HEARD:.0f}")
    return float(heard)


class Visit:
    """Holds one conversation; its time passes only as replies are heard, so nobody is hurried."""

    def __init__(self, echo: PretendEcho, library: Library, voices: Voices) -> None:
        """Put a speaker on the page."""
        self._echo = echo
        self._library = library
        self._voices = voices
        self._one_at_a_time = threading.Lock()
        self._spoke_at = echo.clock.now()
        self._sounds: dict[int, bytes] = {}
        self._replies = 0

    def take(self, step: Step) -> dict[str, Any]:
        """Do one step; return what the page shows and plays."""
        with self._one_at_a_time:
            if by := volume.change(step.text, self._library) if step.act == "say" else 0:
                return {"volume": by}
            said = utterance(step.text)
            if step.act == "say" and not said.text:
                return {"fault": said.fault}
            self._echo.clock.set(self._spoke_at + step.heard)
            heard = ACTS[step.act](self._echo, said.text)
            self._spoke_at = self._echo.clock.now()
            return self._shown(heard, step) | ({"fault": said.fault} if said.fault and step.act == "say" else {})

    def sound(self, number: int) -> bytes:
        """Return the WAV file of a reply.

        Raises:
            KeyError: when it is not kept (any more).
        """
        return self._sounds[number]

    def leave(self, heard: float = LONGEST_HEARD) -> None:
        """End the session, as somebody does who walks away after so many seconds of the last reply."""
        with self._one_at_a_time:
            self._echo.clock.set(min(self._spoke_at + heard, self._echo.clock.now()))
            self._echo.leave()
            self._sounds.clear()

    def _shown(self, heard: Heard, step: Step) -> dict[str, Any]:
        place = Place.from_attributes(self._echo.attributes)
        sounding, trouble = self._sounding(heard, step)
        self._replies += 1
        if sounding.wav:
            self._sounds[self._replies] = sounding.wav
            for old in [number for number in self._sounds if number <= self._replies - SOUNDS_KEPT]:
                del self._sounds[old]
        card = heard.card or {}
        return {
            "said": heard.said,
            "title": card.get("title", ""),
            "lines": [asdict(line) for line in sounding.lines],
            "seconds": sounding.seconds,
            "sound": self._replies if sounding.wav else None,
            "trouble": trouble,
            "notes": list(heard.notes),
            "choices": list(heard.choices) if heard.request else None,
            "urgent": bool(place.alarm or heard.notes),  # only safety advice adds anything to a card
            "listening": heard.session_open,
            "goes_on": heard.goes_on,
            "left": self._left(place),
            "paused": self._paused(place),
            "settings": _settings(place) if self._echo.listening else None,
            "request": heard.request,
            "response": heard.response,
        }

    def _sounding(self, heard: Heard, step: Step) -> tuple[Sounding, str]:
        """Return the reply as it is heard, and what is wrong where it is not."""
        listening = LISTENING if heard.goes_on else 0.0
        hard_words = self._library.pronunciations
        if step.aloud:
            try:
                voice = self._voices.sounding(heard.words, hard_words, self._library.locale, step.voice, listening)
            except VoiceUnavailableError as error:
                return unheard(heard.words, hard_words, listening), str(error)
            return voice, ""
        return unheard(heard.words, hard_words, listening), ""

    def _left(self, place: Place) -> float | None:
        """Return the seconds until a session that goes on is over; None where none does."""
        practice = place.practice
        if practice is None or not practice.playing:
            return None
        end = practice.began + practice.plan(self._library).left(practice.step)
        left = end - self._echo.clock.now()
        return round(left, 3) if left > OVER else None

    def _paused(self, place: Place) -> float | None:
        """Return the seconds that are left of a paused session; None where nothing asks whether to go on with it."""
        if place.practice is None or place.practice.playing or place.offer != GO_ON:
            return None
        return round(rest.left(place.practice, self._library), 3)


def _settings(place: Place) -> dict[str, Any]:
    return {"rate": RATES.index(place.rate), "simple": place.simple, "hearing": place.even}


def _wait(echo: PretendEcho, _: str) -> Heard:
    """Nobody said anything: what comes next is heard, or the session ends."""
    return echo.reprompt() if echo.has_reprompt else echo.silence()


ACTS: Mapping[str, Callable[[PretendEcho, str], Heard]] = {
    "open": lambda echo, _: echo.launch(),
    "say": lambda echo, text: echo.hear(text),
    "touch": lambda echo, text: echo.touch(text),
    "wait": _wait,
}
"""What can be done on the page, and what the pretend Echo then does."""
