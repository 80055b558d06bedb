"""A relaxation session that somebody began: how it was planned, and where in it they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from skill.library import Library
from skill.library.scripts import POSTURES

if TYPE_CHECKING:
    from skill.relaxation.plan import Plan


@dataclass(frozen=True, slots=True)
class Practice:
    """Small enough for a session attribute; the plan is made anew from it, and is always the same."""

    script: str
    minutes: int
    """What was asked for at first."""
    posture: str
    rate: float = 1.0
    """The listener's rate when it was planned."""
    even: bool = False
    first: int = 0
    """The part with which the plan begins, and `seconds` its length: 0 and 0 for the whole session."""
    skip: int = 0
    """How many lines of that part were heard before."""
    seconds: float = 0.0
    step: int = 0
    """The step of the plan with which the last reply began, or in which it was paused."""
    began: float = 0.0
    """When that step began to be heard, in seconds since 1970; 0 while it is paused."""
    since: float = 0.0
    """The second of the plan with which the words after the last preface began, where that is not the step's start."""
    offset: float = 0.0
    """Where exactly a recording was paused, in seconds from its start; 0 when not known."""
    before: float = 0.0
    """How many seconds of the session were heard before its plan began."""
    stream: int = 0
    """Which recording of it plays, or was stopped; 0 when it is spoken."""
    hurt: bool = False
    """Whether the listener said once that it hurts."""

    def __post_init__(self) -> None:
        """Keep times to the millisecond, as they are written down."""
        for name in ("seconds", "began", "since", "offset", "before"):
            object.__setattr__(self, name, round(getattr(self, name), 3))

    @property
    def playing(self) -> bool:
        """Whether it goes on until something is said."""
        return self.began > 0

    def plan(self, library: Library) -> Plan:
        """Make its plan.

        Raises:
            KeyError: when the library has no such script.
            PlanError: when the script cannot be made to last this long (any more).
        """
        from skill.relaxation.planner import plan  # noqa: PLC0415 (most starts are for a question, and plan nothing)

        return plan(
            library.scripts[self.script],
            library.frame,
            minutes=self.minutes,
            posture=self.posture,
            rate=self.rate,
            even=self.even,
            first=self.first,
            skip=self.skip,
            seconds=self.seconds,
        )

    def known(self, library: Library) -> bool:
        """Tell whether it can still be planned: words may change between two visits."""
        from skill.relaxation.planner import PlanError  # noqa: PLC0415 (as above)
        from skill.relaxation.selection import parts_of  # noqa: PLC0415

        script = library.scripts.get(self.script)
        if script is None or self.minutes not in script.lengths or self.posture not in script.postures:
            return False
        parts = len(parts_of(script, library.frame, self.posture, self.minutes))
        if self.first >= parts or self.seconds > script.longest * 60:
            return False
        try:
            return self.step < len(self.plan(library).steps)
        except PlanError:
            return False

    def paused_at(self, now: float, library: Library) -> Practice | None:
        """Return it paused in the step that is being heard now; None when its end has come."""
        if not self.playing:
            return self
        made = self.plan(library)
        heard = made.steps[self.step].start + max(0.0, now - self.began)
        if heard >= made.seconds:
            return None
        return replace(self, step=made.step_at(heard), began=0.0)

    def to_attributes(self) -> dict[str, Any]:
        """Write it as JSON values, leaving out what is as it is at first."""
        start = Practice(self.script, self.minutes, self.posture)
        changed = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(start, name)}
        return {"script": self.script, "minutes": self.minutes, "posture": self.posture, **changed}

    @classmethod
    def from_attributes(cls, attributes: object) -> Practice | None:
        """Read what `to_attributes` wrote; None when it is anything else."""
        if not isinstance(attributes, Mapping) or not {"script", "minutes", "posture"} <= attributes.keys():
            return None
        values = {name: attributes[name] for name in cls.__slots__ if name in attributes}
        if not all(_fits(name, value) for name, value in values.items()):
            return None
        return cls(**values)


_TEXTS, _FLAGS = frozenset({"script", "posture"}), frozenset({"even", "hurt"})
_COUNTS = frozenset({"minutes", "first", "skip", "step", "stream"})
_FAR_FUTURE = 1e11
_SLOWEST, _FASTEST = 0.2, 2.0


def _fits(name: str, value: object) -> bool:
    """Tell whether a remembered value is one that a Practice can have."""
    if name in _TEXTS:
        return isinstance(value, str) and (name != "posture" or value in POSTURES)
    if name in _FLAGS or isinstance(value, bool):
        return name in _FLAGS and isinstance(value, bool)
    if name in _COUNTS:
        return isinstance(value, int) and 0 <= value < _FAR_FUTURE
    lowest, highest = (_SLOWEST, _FASTEST) if name == "rate" else (0.0, _FAR_FUTURE)
    return isinstance(value, int | float) and lowest <= value <= highest
