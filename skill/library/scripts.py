"""A relaxation session as values: a script of steps, and the frame that every session shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SITTING, LYING = "sitting", "lying"
POSTURES = (SITTING, LYING)


class After(StrEnum):
    """What kind of silence follows a line; a script's lines use these words as keys."""

    SAY = "say"
    """An ordinary sentence."""
    NOTICE = "notice"
    """Something to notice, or to let go of."""
    PART = "part"
    """A part of the body to rest the mind on."""
    QUIET = "quiet"
    """A long silence, which the line announces."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a script and the silence after it."""

    text: str
    after: After = After.SAY
    least: int = 1
    """The shortest session, in minutes, that usually has it; the planner takes out and puts in by it."""
    posture: str = ""
    """SITTING or LYING where only one of them has it."""


@dataclass(frozen=True, slots=True)
class Breathing:
    """Breaths led by the clock."""

    parts: tuple[float, ...]
    """Seconds of each part of one breath: in and out; or in, hold, out, hold."""
    says: tuple[tuple[str, ...], ...]
    """What is said at the start of each part, one row a breath, over and over."""
    counted: int = 0
    """How many breaths at first are counted aloud, a second a number."""
    fewest: int = 1
    """Breaths."""
    most: int = 0
    """Breaths; 0 for any number."""

    @property
    def seconds(self) -> float:
        """The length of one breath."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a session: where a listener goes on after a pause."""

    name: str
    lines: tuple[Line, ...] = ()
    breathing: Breathing | None = None
    least: int = 1
    """As for a Line."""
    moves: bool = False
    """Whether the body moves in it; after "that hurts" no such step follows."""


@dataclass(frozen=True, slots=True, eq=False)  # the same one is the same object, by which plans are kept
class Script:
    """One relaxation session that people can ask for."""

    name: str
    """The name of its file, which is its identity everywhere."""
    title: str
    names: tuple[str, ...]
    asks: tuple[str, ...]
    shortest: int
    """Minutes."""
    usual: int
    longest: int
    postures: tuple[str, ...]
    """The first is the usual one."""
    steps: tuple[Step, ...]
    settle: tuple[Line, ...]
    """In place of the frame's own, where it needs another; empty for most."""
    caution: tuple[str, ...]
    """Who should not do it; said before anything else of it."""
    sleep: bool
    """Whether it ends without waking anyone: no return, no question, nothing after its end."""
    go_on: str
    """The question whether to go on with it."""
    basis: str
    reviewed: date

    @property
    def lengths(self) -> range:
        """The whole minutes that it may take."""
        return range(self.shortest, self.longest + 1)

    @property
    def recorded(self) -> tuple[int, ...]:
        """The minutes that recordings are made of."""
        return tuple(sorted({self.shortest, self.usual, min(10, self.longest), self.longest}))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What every session begins and ends with."""

    first: str
    """The script that is led where no other is asked for."""
    lengths: tuple[str, ...]
    """How long it takes: for one minute, for two minutes and so on."""
    left: tuple[str, ...]
    """How long is left: for less than a minute, for one minute and so on."""
    opening: tuple[Line, ...]
    settle: Mapping[str, tuple[Line, ...]]
    """By posture."""
    closing: tuple[Line, ...]
    """Brings the listener back; sleep has none of it."""
    linger: tuple[Line, ...]
    """Fills a session whose own lines are too few."""
    easy_breath: tuple[Line, ...]
    """The gentler thing that follows when something hurt."""
    half_way: str
    last_minute: str
    counts: tuple[str, ...]
    """"One.", "Two." and so on."""
