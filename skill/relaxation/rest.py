"""What is left of a session once the listener has changed something about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from skill.library import Library
from skill.relaxation.plan import PlanStep
from skill.relaxation.planner import SILENCES, SLOWEST_PACE, TAPER
from skill.relaxation.practice import Practice
from skill.relaxation.selection import lines_of, parts_of
from speech.document import Pause, Say, Spoken, spoken

SHORTEST_SECONDS = 1.0
"""A plan comes as near to this as its closing words let it."""


def left(practice: Practice, library: Library) -> float:
    """Return the seconds from the start of the listener's step to the end."""
    return practice.plan(library).left(practice.step)


def planned_anew(practice: Practice, library: Library, *, seconds: float = 0.0, **changes: Any) -> Practice:  # noqa: ANN401 (fields of a Practice)
    """Return the rest of a session, from the start of the listener's step, planned with the changes.

    It takes as long as was left before, or `seconds`.
    """
    plan = practice.plan(library)
    if practice.step == 0 and practice.first == 0 and not seconds:
        return replace(practice, step=0, offset=0.0, **changes)  # nothing but the opening was heard
    return _from(practice, library, plan.steps[practice.step], seconds or plan.left(practice.step), **changes)


def step_before(practice: Practice, library: Library) -> Practice:
    """Return the session one step earlier; at its very start it stays there."""
    if practice.step > 0:
        return replace(practice, step=practice.step - 1, offset=0.0)
    if practice.first == 0:
        return replace(practice, offset=0.0)
    whole = replace(practice, first=0, skip=0, seconds=0.0, step=0)
    here = (practice.first, practice.skip)
    earlier = [step for step in whole.plan(library).steps if (step.part, _lines_before(whole, library, step)) < here]
    ends = [step.start for step in whole.plan(library).steps]
    length = ends[len(earlier)] - earlier[-1].start if len(earlier) < len(ends) else 0.0
    return _from(practice, library, earlier[-1], practice.plan(library).seconds + length)


def after_hurting(practice: Practice, library: Library) -> Practice | None:
    """Return the session from the next part in which nothing moves; None when no such part follows."""
    plan = practice.plan(library)
    now = plan.steps[practice.step].part
    later = [number for number, step in enumerate(plan.steps) if step.part > now and not step.moves]
    return replace(practice, step=later[0], offset=0.0, hurt=True) if later else None


def easy_breath(practice: Practice, library: Library) -> Spoken:
    """Return what is said while something that hurt comes to rest."""
    pace = round(max(SLOWEST_PACE, TAPER[-1] * practice.rate), 2)
    parts: list[Say | Pause] = []
    for line in library.frame.easy_breath:
        parts += [Say(line.text, pace), Pause(SILENCES[line.after][0])]
    return spoken(parts)


def _from(practice: Practice, library: Library, step: PlanStep, seconds: float, **changes: Any) -> Practice:  # noqa: ANN401
    skip = _lines_before(practice, library, step)
    start = {"first": step.part, "skip": skip, "seconds": max(SHORTEST_SECONDS, seconds), "step": 0, "offset": 0.0}
    return replace(practice, **{**start, **changes})


def _lines_before(practice: Practice, library: Library, step: PlanStep) -> int:
    """Return how many of its part's lines come before a step; all of them where it has only breaths."""
    part = parts_of(library.scripts[practice.script], library.frame, practice.posture, practice.minutes)[step.part]
    texts = [line.text for line in lines_of(part, practice.posture)]
    first = next((cue.say.text for cue in step.cues if cue.say.text in texts), None)
    return len(texts) if first is None else texts.index(first)
