"""Which lines of a session a plan has: those that its length asks for, and fewer or more where they do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skill.library.scripts import Frame, Line, Script, Step

ONLY_TO_FILL = 99
"""The `least` of lines that no length has by itself."""


def parts_of(script: Script, frame: Frame, posture: str, minutes: int) -> tuple[Step, ...]:
    """Return the parts of a session, opening to closing; every length has the same number of them."""
    opening = Step("opening", (Line(frame.lengths[minutes - 1]), *frame.opening))
    caution = Step("caution", tuple(Line(text) for text in script.caution))
    settle = Step("settle", script.settle or frame.settle[posture])
    linger = Step("linger", frame.linger, least=ONLY_TO_FILL)
    closing = Step("closing", () if script.sleep else frame.closing)
    return (opening, caution, settle, *script.steps[:-1], linger, *script.steps[-1:], closing)


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where a line, or the breaths of a step, stand; in the order in which they come as a session grows."""

    least: int
    part: int
    number: int
    """Of the line in its part; THE_BREATHS for those."""


THE_BREATHS = -1


class Selection:
    """The lines and breaths chosen so far; taking one out, or putting one in, is for good."""

    def __init__(self, parts: Sequence[Step], posture: str, *, first: int, skip: int, minutes: int) -> None:
        """Choose the lines that sessions of so many minutes have, from the part `first` on, less its first `skip`."""
        self._parts = parts
        self._lines: Mapping[int, tuple[Line, ...]] = {
            part: tuple(lines_of(parts[part], posture)) for part in range(first, len(parts))
        }
        places = {
            _Place(line.least, part, number)
            for part, lines in self._lines.items()
            for number, line in enumerate(lines)
            if part > first or number >= skip
        }
        places |= {
            _Place(step.least, part, THE_BREATHS) for part, step in enumerate(parts) if part >= first and step.breathing
        }
        self._chosen = {place for place in places if place.least <= minutes}
        self._others = places - self._chosen

    def drop(self) -> bool:
        """Take out the line that only the longest sessions have; False when every length has all that are left."""
        if not self._chosen or max(self._chosen).least == 1:
            return False
        self._chosen.remove(max(self._chosen))
        return True

    def add(self) -> bool:
        """Put in the line that the next longer sessions have; False when there is none."""
        if not self._others:
            return False
        coming = min(self._others)
        self._others.remove(coming)
        self._chosen.add(coming)
        return True

    def steps(self) -> Iterator[tuple[int, Step]]:
        """Yield each part that has something left to say, by its number, with the lines that were chosen."""
        for part, lines in self._lines.items():
            kept = tuple(line for number, line in enumerate(lines) if _Place(line.least, part, number) in self._chosen)
            step = self._parts[part]
            breathing = step.breathing if _Place(step.least, part, THE_BREATHS) in self._chosen else None
            if kept or breathing:
                yield part, replace(step, lines=kept, breathing=breathing)


def lines_of(step: Step, posture: str) -> Iterator[Line]:
    """Yield the lines for a posture, each with the `least` of its step."""
    for line in step.lines:
        if line.posture in {"", posture}:
            yield replace(line, least=max(line.least, step.least))
