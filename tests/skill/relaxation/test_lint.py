"""The rules of sessions, each broken once on a real one: an author is told the file, the fault and the mend."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from skill.library import Library
from skill.library.scripts import After, Breathing, Line, Script, Step
from skill.relaxation.lint import lint


def _first_step(step: Callable[[Step], Step]) -> Callable[[Script], Script]:
    return lambda script: replace(script, steps=(step(script.steps[0]), *script.steps[1:]))


def _longer_breaths(script: Script) -> Script:
    fast = Breathing(parts=(0.5, 0.5), says=(("Breathe in as slowly as you like to.", "And out."),), fewest=20)
    return replace(script, steps=(Step("fast", breathing=fast), *script.steps[1:]))


BROKEN: dict[str, tuple[Callable[[Script], Script], str]] = {
    "few wordings": (lambda script: replace(script, asks=script.asks[:3]), "write at least 15"),
    "an unsafe caution": (lambda script: replace(script, caution=("Shake your head.",)), "leave this movement out"),
    "a harsh settling": (lambda script: replace(script, settle=(Line("You must rest."),)), "leave a choice"),
    "a silence unannounced": (
        _first_step(lambda step: replace(step, lines=(Line("Rest.", After.QUIET), *step.lines))),
        "say that you'll be quiet",
    ),
    "a sentence twice": (
        _first_step(lambda step: replace(step, lines=(*step.lines, step.lines[0]))),
        "say it otherwise the second time",
    ),
    "too few words": (lambda script: replace(script, steps=script.steps[:1]), "write more lines"),
    "breaths that talk over themselves": (_longer_breaths, "use fewer words for each part of a breath"),
    "a long breath unannounced": (
        lambda script: replace(
            script,
            steps=(
                *script.steps[:1],
                Step("long", breathing=Breathing(parts=(30.0, 30.0), says=(("In.", "Out."),), fewest=2)),
                *script.steps[1:],
            ),
        ),
        "announce it, at most 28 seconds",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_rule_names_the_session_and_the_mend(broken: str, library: Library) -> None:
    break_, mend = BROKEN[broken]
    faults = lint(replace(library, scripts={"beach": break_(library.scripts["beach"])}))
    assert any(fault.file == "relaxation/beach.toml" and mend in fault.mend for fault in faults), faults


FRAMES: dict[str, tuple[Callable[[Library], Library], str]] = {
    "an unsafe line": (
        lambda library: replace(library, frame=replace(library.frame, closing=(Line("Clench your hands."),))),
        "leave this movement out",
    ),
    "a long opening": (
        lambda library: replace(library, frame=replace(library.frame, opening=(*library.frame.opening,) * 6)),
        "keep it to 35",
    ),
    "no time to come back": (
        lambda library: replace(library, frame=replace(library.frame, closing=(Line("Up."),))),
        "leave at least 20 seconds for it",
    ),
}


@pytest.mark.parametrize("broken", FRAMES)
def test_a_broken_frame_says_so(broken: str, library: Library) -> None:
    break_, mend = FRAMES[broken]
    one = replace(library, scripts={"beach": library.scripts["beach"]})
    assert any(mend in fault.mend for fault in lint(break_(one)))
