"""The spoken document: what will be heard, as a tuple of sentences and silences."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

SLOWEST_PACE, FASTEST_PACE = 0.2, 2.0
"""The range of `prosody rate` that Alexa and Polly take: 20 to 200 percent."""

# XML 1.0 has no way to write these characters, escaped or not, so no speech markup can carry them.
# A table, not a pattern: to compile one of this range took 9 ms of every start.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], " ")


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence, with white space made single and characters that XML cannot carry left out."""

    text: str
    pace: float = 1.0
    """Relative to the listener's own rate: 0.85 is slower, never an absolute speed."""

    def __post_init__(self) -> None:
        """Raise ValueError when there is nothing to say or the pace is out of range."""
        text = " ".join(self.text.translate(_NOT_IN_XML).split())
        if not text:
            raise ValueError("a sentence needs at least one visible character")
        pace = round(self.pace, 2)
        if not SLOWEST_PACE <= pace <= FASTEST_PACE:
            raise ValueError(f"pace {self.pace} is not between {SLOWEST_PACE} and {FASTEST_PACE}")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "pace", pace)


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence, exact to the millisecond."""

    seconds: float

    def __post_init__(self) -> None:
        """Raise ValueError when the silence is not a finite length above zero."""
        if not math.isfinite(self.seconds) or round(self.seconds, 3) <= 0:
            raise ValueError(f"a pause of {self.seconds} seconds cannot be kept")
        object.__setattr__(self, "seconds", round(self.seconds, 3))


Spoken: TypeAlias = tuple[Say | Pause, ...]


def spoken(parts: Iterable[Say | Pause]) -> Spoken:
    """Join parts into a Spoken in which neighbouring silences are one."""
    joined: list[Say | Pause] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Pause) and isinstance(last, Pause):
            joined[-1] = Pause(last.seconds + part.seconds)
        else:
            joined.append(part)
    return tuple(joined)


_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def sentences(text: str) -> tuple[str, ...]:
    """Split running text after each full stop, question mark or exclamation mark."""
    return tuple(part for part in _SENTENCE_END.split(" ".join(text.split())) if part)
