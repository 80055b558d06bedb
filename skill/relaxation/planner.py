"""Plans a session: a script, a length and the listener's rate -> what is said when.

Lines come and go by their `least` until the length can be kept, breaths go by the clock, and the
silences share what time is left, each within the range of its kind.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from skill.library.scripts import After, Breathing, Frame, Line, Script, Step
from skill.relaxation.plan import Cue, Plan, PlanStep
from skill.relaxation.selection import Selection, parts_of
from speech.document import FASTEST_PACE, Say
from speech.duration import seconds_to_say

SILENCES: Mapping[After, tuple[float, float]] = {
    After.SAY: (1.5, 2.5),
    After.NOTICE: (5.0, 8.0),
    After.PART: (10.0, 10.0),
    After.QUIET: (12.0, 28.0),
}
"""Seconds, shortest and longest. Scripts of health services: 1.5 to 2.5 after a plain sentence, 5 to 8 after
"notice", 10 to 15 after a part of the body; silences over 10 are announced, and at most 30."""

TAPER = (0.84, 0.77, 0.71)
"""Pace in the first, second and last third: about 130, 120 and 110 words per minute. A voice that slowed through
the session relaxed muscles, and an even one did not (Knowlton and Larkin, 2006)."""

WAKING_PACE = 0.87
EVEN_PACE = 0.8
"""For those who hear less well, and like a voice that stays as it is."""

SLOWEST_PACE = 0.65
"""About 100 words per minute: slower synthetic words are understood worse at every age (Roring, 2007)."""

MOST_WORDS = 70
"""Words a minute over the whole session: three published recordings have 36, 66 and 71."""

PLANS_KEPT = 256
"""Making a plan takes some milliseconds, and one turn asks for the same one several times."""

BREATHS_A_STEP, STEP_SECONDS = 3, 25.0
"""After so many breaths, or seconds, a new step begins: whoever goes back hears little again."""

MILESTONES_FROM = 240.0
"""Seconds: a shorter session needs no "half way"."""

HALF_WAY_WITHIN, LAST_MINUTE_WITHIN = 0.12, 18.0
"""How far from its true place a milestone may stand: a share of the whole, and seconds."""

TOLERANCE = 0.03
"""How far, as a share, a plan may be from the length that was asked for."""


class PlanError(ValueError):
    """This script cannot be made to last this long; the message says what to change."""


class _Misfit(Enum):
    TOO_LONG = "give lines a higher `least`"
    TOO_SHORT = "write more lines"
    CROWDED = "use fewer words"


@dataclass(frozen=True, slots=True)
class _Draft:
    """One step of a plan while it is being made."""

    part: int
    step: Step
    pace: float
    breaths: int = 0
    first_breath: int = 0

    def seconds(self, share: float) -> float:
        """Return its length when silences take this share, from 0 to 1, of their range."""
        return self.fixed + sum(_silence(line, share) for line in self.step.lines)

    @property
    def fixed(self) -> float:
        """Seconds that no silence can change."""
        speech = sum(seconds_to_say(line.text, self.pace) for line in self.step.lines)
        return speech + (self.breaths * self.step.breathing.seconds if self.step.breathing else 0)

    @property
    def flexible(self) -> float:
        """Seconds by which its silences can grow."""
        return sum(high - low for low, high in (SILENCES[line.after] for line in self.step.lines))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for."""

    seconds: float
    rate: float
    even: bool
    resumed: bool
    """Whether it is the rest of a session."""
    milestones: bool


@functools.lru_cache(maxsize=PLANS_KEPT)
def plan(
    script: Script,
    frame: Frame,
    *,
    minutes: int,
    posture: str,
    rate: float = 1.0,
    even: bool = False,
    first: int = 0,
    skip: int = 0,
    seconds: float = 0.0,
) -> Plan:
    """Plan a session of so many minutes; or the rest of it, of so many `seconds`, from the part `first` on.

    `skip` lines of that part were heard before.
    `rate` is the listener's own, 1 being normal; `even` leaves the pace as it is throughout. The rest of a
    session may be shorter, or longer, where its lines allow no better.

    Raises:
        PlanError: when the script has too little, or too much, for a whole session of this length.
    """
    length = seconds or minutes * 60.0
    parts = parts_of(script, frame, posture, minutes)
    wanted = _Wanted(length, rate, even, seconds > 0, length >= MILESTONES_FROM and not script.sleep)
    selection = Selection(parts, posture, first=first, skip=skip, minutes=minutes)
    fits: Plan | None = None
    while True:
        drafts = _paced(list(selection.steps()), wanted, last_part=len(parts) - 1)
        made, misfit = _made(drafts, frame, wanted)
        fits = made if misfit in {None, _Misfit.CROWDED} else fits
        changed = selection.add() if misfit is _Misfit.TOO_SHORT else misfit is not None and selection.drop()
        if changed:
            continue
        if fits is None and not wanted.resumed and misfit is not None:
            raise PlanError(f"{script.name} cannot last {length:.0f} seconds at rate {rate}: {misfit.value}")
        return fits or made


def _made(drafts: list[_Draft], frame: Frame, wanted: _Wanted) -> tuple[Plan, _Misfit | None]:
    """Return the plan of these steps, and what is wrong with it."""
    drafts = _with_breaths(drafts, wanted.seconds)
    if wanted.milestones:
        drafts = _with_milestones(drafts, frame, wanted)
    made = _timed(drafts, frame.counts, _share(drafts, wanted.seconds))
    if made.seconds > wanted.seconds * (1 + TOLERANCE / 3):
        return made, _Misfit.TOO_LONG
    if made.seconds < wanted.seconds * (1 - TOLERANCE / 3):
        return made, _Misfit.TOO_SHORT
    return made, _Misfit.CROWDED if made.words_per_minute > MOST_WORDS else None


def _paced(steps: Sequence[tuple[int, Step]], wanted: _Wanted, *, last_part: int) -> list[_Draft]:
    """Slow down by thirds and come back at the end; who was slowed down before goes on from the middle."""
    drafts = [_Draft(part, step, TAPER[1], step.breathing.fewest if step.breathing else 0) for part, step in steps]
    starts = list(itertools.accumulate((draft.seconds(0.5) for draft in drafts), initial=0.0))
    paced = []
    for draft, start in zip(drafts, starts, strict=False):
        done = start / starts[-1]
        third = int(1 + 2 * done if wanted.resumed else 3 * done)
        pace = WAKING_PACE if draft.part == last_part else TAPER[min(2, third)]
        paced.append(replace(draft, pace=_heard_pace(EVEN_PACE if wanted.even else pace, wanted.rate)))
    return paced


def _heard_pace(pace: float, rate: float) -> float:
    return round(min(FASTEST_PACE, max(SLOWEST_PACE, pace * rate)), 2)


def _with_breaths(drafts: Sequence[_Draft], wanted: float) -> list[_Draft]:
    """Give the breathing steps in turn one breath more while there is time; then cut long ones."""
    breaths = [draft.breaths for draft in drafts]
    flexible = sum(draft.flexible for draft in drafts)
    spare = wanted - sum(draft.seconds(0.0) for draft in drafts) - flexible / 4  # silences keep some room to grow
    leads = [number for number, draft in enumerate(drafts) if draft.breaths]
    while leads:
        for number in list(leads):
            breathing = drafts[number].step.breathing
            may = breathing is not None and (not breathing.most or breaths[number] < breathing.most)
            if breathing is None or not may or breathing.seconds > spare:
                leads.remove(number)
                continue
            breaths[number] += 1
            spare -= breathing.seconds
    grown = (replace(draft, breaths=count) for draft, count in zip(drafts, breaths, strict=True))
    return [piece for draft in grown for piece in _cut(draft)]


def _cut(draft: _Draft) -> Iterator[_Draft]:
    if draft.breaths <= BREATHS_A_STEP:
        yield draft
        return
    for done in range(0, draft.breaths, BREATHS_A_STEP):
        step = draft.step if done == 0 else replace(draft.step, lines=())
        yield replace(draft, step=step, breaths=min(BREATHS_A_STEP, draft.breaths - done), first_breath=done)


def _with_milestones(drafts: list[_Draft], frame: Frame, wanted: _Wanted) -> list[_Draft]:
    """Say "half way" and "last minute" at the steps, or else before the lines, that come nearest to them."""
    share = _share(drafts, wanted.seconds)
    for text, time, within in (
        (frame.half_way, wanted.seconds / 2, 0.0 if wanted.resumed else HALF_WAY_WITHIN * wanted.seconds),
        (frame.last_minute, wanted.seconds - 60, LAST_MINUTE_WITHIN),
    ):
        near = [(abs(start - time), number, line) for start, number, line in _places(drafts, share)]
        near = [place for place in near if place[0] <= within]
        # Between two steps it cuts no thought in two.
        between = [place for place in near if place[2] == 0 and place[0] <= within / 3]
        if near:
            _, number, line = min(between or near)
            step = drafts[number].step
            lines = (*step.lines[:line], Line(text), *step.lines[line:])
            drafts[number] = replace(drafts[number], step=replace(step, lines=lines))
    return drafts


def _places(drafts: Sequence[_Draft], share: float) -> Iterator[tuple[float, int, int]]:
    """Yield where something can be put in between opening and closing: its time, the draft and the line."""
    now = 0.0
    for number, draft in enumerate(drafts):
        start = now
        if 0 < number < len(drafts) - 1:
            for place, line in enumerate(draft.step.lines):
                yield start, number, place
                start += seconds_to_say(line.text, draft.pace) + _silence(line, share)
            if not draft.step.lines:
                yield start, number, 0
        now += draft.seconds(share)


def _share(drafts: Sequence[_Draft], wanted: float) -> float:
    """Return how much of their range the silences take to fill the time, from 0 to 1."""
    flexible = sum(draft.flexible for draft in drafts)
    spare = wanted - sum(draft.seconds(0.0) for draft in drafts)
    return max(0.0, min(1.0, spare / flexible)) if flexible else 0.0


def _silence(line: Line, share: float) -> float:
    low, high = SILENCES[line.after]
    return low + share * (high - low)


def _timed(drafts: Sequence[_Draft], counts: Sequence[str], share: float) -> Plan:
    steps: list[PlanStep] = []
    end = 0.0
    for draft in drafts:
        start, cues = end, list[Cue]()
        for line in draft.step.lines:
            if end - start >= STEP_SECONDS:
                steps.append(PlanStep(start, draft.part, draft.step.moves, tuple(cues)))
                start, cues = end, []
            cues.append(_cue(end, line.text, draft.pace))
            end = cues[-1].end + _silence(line, share)
        if draft.step.breathing and draft.breaths:
            cues += _breath_cues(draft, draft.step.breathing, counts, end)
            end += draft.breaths * draft.step.breathing.seconds
        steps.append(PlanStep(start, draft.part, draft.step.moves, tuple(cues)))
    return Plan(tuple(steps), end)


def _breath_cues(draft: _Draft, breathing: Breathing, counts: Sequence[str], start: float) -> Iterator[Cue]:
    for breath in range(draft.breaths):
        number = draft.first_breath + breath
        now = start + breath * breathing.seconds
        for text, length in zip(breathing.says[number % len(breathing.says)], breathing.parts, strict=True):
            yield _cue(now, text, draft.pace)
            if number < breathing.counted:
                yield from (_cue(now + second, counts[second], draft.pace) for second in range(1, round(length)))
            now += length


def _cue(start: float, text: str, pace: float) -> Cue:
    say = Say(text, pace)
    return Cue(start, say, seconds_to_say(say.text, say.pace))
