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

    It takes as long as was left before, or about `seconds`.
    """
    if only_opened(practice):
        script = library.scripts[practice.script]
        minutes = max(script.shortest, min(script.longest, round(seconds / 60))) if seconds else practice.minutes
        return replace(practice, minutes=minutes, step=0, offset=0.0, **changes)
    plan = practice.plan(library)
    step = plan.steps[practice.step]
    return _from(practice, library, step, seconds or plan.left(practice.step), step.start, **changes)


def only_opened(practice: Practice) -> bool:
    """Tell whether only the first sentences were heard, so that the whole can still be planned otherwise."""
    return practice.first == 0 and practice.skip == 0 and practice.step == 0


def heard(practice: Practice, library: Library) -> float:
    """Return the seconds of the whole session before the listener's step."""
    return practice.before + practice.plan(library).steps[practice.step].start


def step_after(practice: Practice, library: Library) -> Practice | None:
    """Return the session one step on; None when that was the last. Who was hurt is not made to move."""
    steps = practice.plan(library).steps
    later = [n for n in range(practice.step + 1, len(steps)) if not (practice.hurt and steps[n].moves)]
    return replace(practice, step=later[0], offset=0.0) if later else None


def step_before(practice: Practice, library: Library) -> Practice:
    """Return the session one step earlier; at its very start it stays there. Who was hurt is not made to move."""
    steps = practice.plan(library).steps
    earlier = [n for n in range(practice.step) if not (practice.hurt and steps[n].moves)]
    if earlier:
        return replace(practice, step=earlier[-1], offset=0.0)
    if practice.first == 0:
        return replace(practice, offset=0.0)
    whole = replace(practice, first=0, skip=0, seconds=0.0, step=0, before=0.0)
    parts = whole.plan(library).steps
    here = (practice.first, practice.skip)
    before = [
        step
        for step in parts
        if (step.part, _lines_before(whole, library, step)) < here and not (practice.hurt and step.moves)
    ]
    last = parts.index(before[-1])
    end = parts[last + 1].start if last + 1 < len(parts) else before[-1].start
    seconds = practice.plan(library).seconds + end - before[-1].start
    return _from(practice, library, before[-1], seconds, -(end - before[-1].start))


def after_hurting(practice: Practice, library: Library) -> Practice | None:
    """Return the session from the next part after which nothing moves; None when no such part follows."""
    steps = practice.plan(library).steps
    last_move = max((number for number, step in enumerate(steps) if step.moves), default=-1)
    now = steps[practice.step].part
    later = [number for number, step in enumerate(steps) if number > last_move and step.part > now]
    return replace(practice, step=later[0], offset=0.0, hurt=True) if later else None


def easy_breath(practice: Practice, library: Library) -> Spoken:
    """Return what is said while something that hurt comes to rest."""
    pace = round(max(SLOWEST_PACE, TAPER[-1] * practice.rate), 2)
    parts: list[Say | Pause] = []
    for line in library.frame.easy_breath:
        parts += [Say(line.text, pace), Pause(SILENCES[line.after][0])]
    return spoken(parts)


def _from(
    practice: Practice,
    library: Library,
    step: PlanStep,
    seconds: float,
    heard: float,
    **changes: Any,  # noqa: ANN401 (fields of a Practice)
) -> Practice:
    script = library.scripts[practice.script]
    start: dict[str, Any] = {
        "first": step.part,
        "skip": _lines_before(practice, library, step),
        "seconds": max(SHORTEST_SECONDS, min(seconds, script.longest * 60)),
        "before": max(0.0, practice.before + heard),
        "step": 0,
        "offset": 0.0,
    }
    return replace(practice, **{**start, **changes})


def _lines_before(practice: Practice, library: Library, step: PlanStep) -> int:
    """Return how many of its part's lines come before a step; all of them where it has only breaths."""
    part = parts_of(library.scripts[practice.script], library.frame, practice.posture, practice.minutes)[step.part]
    texts = [line.text for line in lines_of(part, practice.posture)]
    first = next((cue.say.text for cue in step.cues if cue.say.text in texts), None)
    return len(texts) if first is None else texts.index(first)
