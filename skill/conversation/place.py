"""Where a conversation is: what was said and offered, as names only, so that it stays small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from skill.relaxation.practice import Practice

MOST_LINES = 6
"""Lines in one reply; more did not come from us."""

LONGEST_TRAIL = 6
"""Answers that can be returned to: five steps back from the one being heard."""

RATES = (0.6, 0.8, 1.0, 1.2, 1.4)
"""How fast we speak, 1 being normal: five steps that plain words lead through."""


@dataclass(frozen=True, slots=True)
class Place:
    """The state between two turns of one session; from `been_here` on the fields outlast the session."""

    said: tuple[str, ...] = ()
    """The lines of the last reply (see `lines.py`), for repeating it."""
    offer: str = ""
    """The line that a yes leads to."""
    trail: tuple[str, ...] = ()
    """The answers heard so far, the latest last, for going back."""
    misses: int = 0
    """How often in a row the listener was not understood."""
    repeats: int = 0
    """How often in a row the listener asked to hear it again."""
    helps: int = 0
    """How often in a row the listener asked for help."""
    undo: str = ""
    """The setting that the last turn changed, and what it was before, such as `rate:1.0`."""
    alarm: str = ""
    """The danger sign that was answered and not yet followed up."""
    noticed: bool = False
    """Whether this session has said that it is not medical advice."""
    posture: str = ""
    """SITTING or LYING, once the listener has said so."""
    been_here: bool = False
    """Whether this listener has heard the first welcome."""
    rate: float = 1.0
    """One of RATES."""
    simple: bool = False
    """Whether answers are always given in their easy words."""
    even: bool = False
    """Hearing mode: the voice never changes its pace by itself."""
    spoken_only: bool = False
    """Whether a recording could not be played to this listener: sessions are then spoken."""
    last: str = ""
    """The answer that was heard last when a session ended, to be offered again."""
    practice: Practice | None = None
    """The relaxation session that is under way, or paused."""

    def to_memory(self) -> dict[str, Any]:
        """Write what outlasts the session; of health it holds the last answer's name. Empty when there is nothing."""
        written: dict[str, Any] = {
            "been_here": self.been_here,
            "rate": self.rate if self.rate != 1.0 else 0,
            "simple": self.simple,
            "hearing": self.even,
            "spoken_only": self.spoken_only,
            "last": self.last,
            # That something hurt is for this session only.
            "practice": replace(self.practice, hurt=False).to_attributes() if self.practice else None,
        }
        return {key: value for key, value in written.items() if value}

    @classmethod
    def from_memory(cls, memory: Mapping[str, Any]) -> Place:
        """Begin a session with what was remembered; anything misshapen counts as forgotten."""
        rate = memory.get("rate")
        return cls(
            been_here=memory.get("been_here") is True,
            rate=rate if rate in RATES else 1.0,
            simple=memory.get("simple") is True,
            even=memory.get("hearing") is True,
            spoken_only=memory.get("spoken_only") is True,
            last=last if isinstance(last := memory.get("last"), str) else "",
            practice=Practice.from_attributes(memory.get("practice")),
        )

    def to_attributes(self) -> dict[str, Any]:
        """Write it as Alexa session attributes, leaving out what is empty."""
        written: dict[str, Any] = {
            "said": list(self.said),
            "offer": self.offer,
            "trail": list(self.trail),
            "misses": self.misses,
            "repeats": self.repeats,
            "helps": self.helps,
            "undo": self.undo,
            "alarm": self.alarm,
            "noticed": self.noticed,
            "posture": self.posture,
            **self.to_memory(),
            "practice": self.practice.to_attributes() if self.practice else None,
        }
        return {key: value for key, value in written.items() if value}

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, Any]) -> Place:
        """Read what `to_attributes` wrote; anything misshapen counts as absent."""

        def names(key: str) -> tuple[str, ...]:
            value = attributes.get(key)
            if not isinstance(value, list):
                return ()
            return tuple(name for name in value if isinstance(name, str))

        def count(key: str) -> int:
            value = attributes.get(key)
            return value if type(value) is int and value > 0 else 0

        def name(key: str) -> str:
            value = attributes.get(key)
            return value if isinstance(value, str) else ""

        kept = cls.from_memory(attributes)
        return cls(
            said=names("said")[:MOST_LINES],
            offer=name("offer"),
            undo=name("undo"),
            alarm=name("alarm"),
            trail=names("trail")[-LONGEST_TRAIL:],
            misses=count("misses"),
            repeats=count("repeats"),
            helps=count("helps"),
            noticed=attributes.get("noticed") is True,
            posture=name("posture"),
            been_here=kept.been_here,
            rate=kept.rate,
            simple=kept.simple,
            even=kept.even,
            spoken_only=kept.spoken_only,
            last=kept.last,
            practice=kept.practice,
        )
