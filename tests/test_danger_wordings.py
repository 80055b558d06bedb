"""Danger signs in wordings that the words were not made from.

`danger-tuned` was looked at while the words were tuned; `danger-scored` was only counted. Both were
written before, by somebody who had not seen the rules. `docs/safety.md` has the table.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interaction_model.names import SYMPTOM, SYMPTOM_INTENT, urgent_intent_name
from interaction_model.normalise import normalise
from skill.library import Library
from skill.simulator.understanding import Understanding

WORDINGS = Path(__file__).parent / "wordings"
ALWAYS_FOUND = ("suicide", "stroke", "heart", "cauda-equina")
AT_LEAST = {"tier0": 0, "crisis": 0, "tier1": 1, "tier2": 2}
"""How urgent the answer must be for each label: more urgent is right too."""

URGENCY = {"crisis": 0, "now": 0, "abuse": 0, "today": 1, "soon": 2}


def _read(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the label, the cluster and the wording of each line."""
    for line in (WORDINGS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        label, cluster, _, wording = line.split("\t")
        yield label, cluster, wording


def _urgency(wording: str, understanding: Understanding, library: Library) -> int | None:
    """Return how urgently a wording is answered, or None where it raises no alarm."""
    found = understanding.resolve(wording)
    for danger in library.dangers:
        symptom = found.intent == SYMPTOM_INTENT and found.slots[SYMPTOM].id == danger.name
        if symptom or found.intent == urgent_intent_name(danger.name, crisis=danger.crisis):
            return URGENCY[danger.tier]
    return None


def _found(label: str, wording: str, understanding: Understanding, library: Library) -> bool:
    urgency = _urgency(wording, understanding, library)
    return urgency is not None and urgency <= AT_LEAST[label]


def test_the_set_is_as_large_as_promised_and_none_of_it_was_copied(library: Library) -> None:
    lines = [*_read("danger-tuned"), *_read("danger-scored")]
    assert sum(label != "none" for label, *_ in lines) >= 300
    assert sum(label == "none" for label, *_ in lines) >= 200
    samples = {normalise(ask) for danger in library.dangers for ask in danger.asks if len(ask.split()) > 4}
    samples |= {normalise(ask) for ask in library.look_alikes if len(ask.split()) > 4}
    assert [wording for *_, wording in lines if normalise(wording) in samples and len(wording.split()) > 4] == []


@pytest.mark.parametrize("cluster", ALWAYS_FOUND)
def test_the_four_worst_are_always_found(cluster: str, understanding: Understanding, library: Library) -> None:
    lines = [line for line in _read("danger-scored") if line[1] == cluster and line[0] in {"tier0", "crisis"}]
    missed = sum(not _found(label, wording, understanding, library) for label, _, wording in lines)
    assert missed == 0, f"{missed} of {len(lines)}"


def test_what_cannot_wait_is_found(understanding: Understanding, library: Library) -> None:
    lines = [line for line in _read("danger-scored") if line[0] in {"tier0", "crisis"}]
    right = sum(_found(label, wording, understanding, library) for label, _, wording in lines)
    assert right / len(lines) >= 0.99


def test_look_alikes_seldom_raise_an_alarm(understanding: Understanding, library: Library) -> None:
    lines = [wording for label, _, wording in _read("danger-scored") if label == "none"]
    alarms = sum(_urgency(wording, understanding, library) is not None for wording in lines)
    assert alarms / len(lines) <= 0.03


def test_ordinary_questions_seldom_raise_an_alarm(understanding: Understanding, library: Library) -> None:
    lines = (WORDINGS / "questions-scored.tsv").read_text(encoding="utf-8").splitlines()[1:]
    alarms = sum(_urgency(line.split("\t")[2], understanding, library) is not None for line in lines)
    assert alarms / len(lines) <= 0.03
