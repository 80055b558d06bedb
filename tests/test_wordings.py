"""The project's own unseen wordings: written before the words were tuned, and never copied into them.

`questions-tuned` may be looked at while tuning; `questions-scored` is only counted.
"""

from collections import Counter
from pathlib import Path

import pytest

from interaction_model.normalise import normalise
from interaction_model.resolver import Resolution
from skill.library import Library
from skill.library.read import load
from skill.simulator.evaluation import Wording, judge, read_wordings
from skill.simulator.understanding import Understanding

WORDINGS = Path(__file__).parent / "wordings"
FEWEST_WORDINGS = 3
"""A fact counts as reachable when this many unseen wordings reach it."""


def _read(name: str) -> list[tuple[str, str, str]]:
    """Return kind, expected label and wording of each line."""
    return [(w.kind, w.expected, w.text) for w in read_wordings(WORDINGS / f"{name}.tsv", load())]


TUNED, SCORED, FRESH = _read("questions-tuned"), _read("questions-scored"), _read("questions-fresh")


def _right(expected: str, found: Resolution, library: Library) -> bool:
    return judge(Wording("", expected), found, library).right


def _share(lines: list[tuple[str, str, str]], understanding: Understanding, library: Library) -> float:
    """Return the share that the whole program gets right, as `gentle-back evaluate` does: danger signs come first."""
    right = [_right(expected, understanding.resolve(wording), library) for _, expected, wording in lines]
    return sum(right) / len(right)


def test_no_unseen_wording_was_copied_into_the_words(library: Library) -> None:
    asks = {ask for entry in library.entries.values() for ask in entry.asks} | set(library.out_of_scope)
    asks |= {ask for command in library.commands for ask in command.asks if len(ask.split()) > 2}
    known = {normalise(ask) for ask in asks}
    copied = [
        wording for *_, wording in SCORED + TUNED + FRESH if normalise(wording) in known and len(wording.split()) > 2
    ]
    assert copied == []


def test_every_fact_is_given_when_asked_for_in_three_unseen_wordings(
    understanding: Understanding, library: Library
) -> None:
    reached = Counter(
        expected.split("|")[0]
        for _, expected, wording in TUNED + SCORED
        if expected.startswith("F") and expected != "FAR" and _right(expected, understanding.resolve(wording), library)
    )
    assert {fact: reached[fact] for fact in library.facts if reached[fact] < FEWEST_WORDINGS} == {}


def _said_haltingly(wording: str, number: int) -> str:
    """Return it with a filler, a word said twice, or its last word swallowed."""
    words = wording.split()
    middle = len(words) // 2
    return " ".join(
        [
            [*words[:middle], "um", *words[middle:]],
            [*words[:middle], words[middle], words[middle], *words[middle + 1 :]],
            ["uh", *words[:1], *words],
            words[:-1] if len(words) > LONG_ENOUGH_TO_LOSE_A_WORD else words,
        ][number % 4]
    )


LONG_ENOUGH_TO_LOSE_A_WORD = 5
MOST_LOST = 0.05
"""Of what is understood when it is said fluently."""


def test_halting_speech_costs_hardly_anything(understanding: Understanding, library: Library) -> None:
    """People who stutter, breathe, or look for words: fillers, repetitions, half sentences."""
    lines = [line for line in TUNED if line[1] not in {"FAR", "NEAR"} and line[0] != "asr-error"]
    halting = [(kind, label, _said_haltingly(wording, n)) for n, (kind, label, wording) in enumerate(lines)]
    fluent, lost = _share(lines, understanding, library), _share(halting, understanding, library)
    assert fluent - lost <= MOST_LOST, (fluent, lost)


# What was promised; docs/understanding.md has the scores. In scope it stands at 439 of 462, and 439 it must be.
FLOORS = {"in scope": 0.95, "misheard": 0.90, "far": 0.97, "near": 0.85}


@pytest.mark.parametrize("kind", FLOORS)
def test_the_scored_half_does_not_fall(kind: str, understanding: Understanding, library: Library) -> None:
    facts = [line for line in SCORED if line[1] not in {"FAR", "NEAR"}]
    lines = {
        "in scope": [line for line in facts if line[0] != "asr-error"],
        "misheard": [line for line in facts if line[0] == "asr-error"],
        "far": [line for line in SCORED if line[1] == "FAR"],
        "near": [line for line in SCORED if line[1] == "NEAR"],
    }[kind]
    assert _share(lines, understanding, library) >= FLOORS[kind]


FRESH_FLOOR = 0.8


def test_another_writers_wordings_are_understood_no_worse_than_before(
    understanding: Understanding, library: Library
) -> None:
    assert _share([line for line in FRESH if line[1] not in {"FAR", "NEAR"}], understanding, library) >= FRESH_FLOOR
