"""Where a conversation is: what was said and offered, as names only, so that it stays small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_LINES = 6
"""Lines in one reply; more did not come from us."""

LONGEST_TRAIL = 6
"""Answers that can be returned to: five steps back from the one being heard."""


@dataclass(frozen=True, slots=True)
class Place:
    """The state between two turns of one session."""

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
    alarm: str = ""
    """The danger sign that was answered and not yet followed up."""
    noticed: bool = False
    """Whether this session has said that it is not medical advice."""

    def to_attributes(self) -> dict[str, Any]:
        """Write it as Alexa session attributes, leaving out what is empty."""
        written: dict[str, Any] = {
            "said": list(self.said),
            "offer": self.offer,
            "trail": list(self.trail),
            "misses": self.misses,
            "repeats": self.repeats,
            "helps": self.helps,
            "alarm": self.alarm,
            "noticed": self.noticed,
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

        return cls(
            said=names("said")[:MOST_LINES],
            offer=name("offer"),
            alarm=name("alarm"),
            trail=names("trail")[-LONGEST_TRAIL:],
            misses=count("misses"),
            repeats=count("repeats"),
            helps=count("helps"),
            noticed=attributes.get("noticed") is True,
        )
