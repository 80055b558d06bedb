"""Unseen wordings for relaxation: asking for a session, and steering one. `*-scored.tsv` is only counted."""

from collections import Counter
from pathlib import Path

import pytest

from interaction_model.names import FALLBACK, intent_name
from interaction_model.normalise import normalise
from skill.library import Library
from skill.sayings import interaction_model
from skill.simulator.understanding import Understanding

WORDINGS = Path(__file__).parent / "wordings"
ALSO_RIGHT = {
    "previous": {"back"},
    "resume": {"more"},
    "stop": {"cancel"},
    "how-long-left": {"how-long"},
    "forget-me": {"forget"},
    "hearing-mode": {"hearing-on"},
    "simple-mode": {"simple-on"},
    "not-here": {FALLBACK},
}
"""What the writer of the wordings called otherwise, and what comes to the same in a session."""

FLOOR = 0.8


def _lines(half: str) -> list[tuple[str, str]]:
    lines = (WORDINGS / f"steering-{half}.tsv").read_text(encoding="utf-8").splitlines()
    return [(wording, label) for wording, label in (line.split("\t") for line in lines)]


def _wrong(half: str, understanding: Understanding, library: Library) -> Counter[str]:
    wants = {command.intent: command.want for command in library.commands}
    wants |= {intent_name(name): name for name in library.scripts}
    wrong: Counter[str] = Counter()
    for wording, label in _lines(half):
        intent = understanding.resolve(wording).intent
        if wants.get(intent, intent) not in {label, *ALSO_RIGHT.get(label, ())}:
            wrong[label] += 1
    return wrong


def test_there_are_enough_and_none_was_copied(library: Library) -> None:
    assert len(_lines("scored")) >= 300
    model = interaction_model(library)
    samples = {normalise(sample) for intent in model.intents for sample in intent.samples}
    copied = [wording for wording, _ in _lines("scored") if normalise(wording) in samples and len(wording.split()) > 4]
    assert len(copied) <= 0.02 * len(_lines("scored")), copied


@pytest.mark.parametrize(("half", "floor"), [("tuned", 0.9), ("scored", FLOOR)])
def test_the_share_that_is_understood_does_not_fall(
    half: str, floor: float, understanding: Understanding, library: Library
) -> None:
    wrong = _wrong(half, understanding, library)
    assert 1 - wrong.total() / len(_lines(half)) >= floor, wrong


def test_nobody_who_wants_a_session_to_stop_is_made_to_go_on(understanding: Understanding) -> None:
    on = {"AMAZON.ResumeIntent", "AMAZON.NextIntent", "MoreIntent", "AMAZON.RepeatIntent", "AMAZON.StartOverIntent"}
    wordings = [wording for wording, label in _lines("tuned") if label in {"stop", "pause"}]
    assert [wording for wording in wordings if understanding.resolve(wording).intent in on] == []
