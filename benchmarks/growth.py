"""What ten times as many entries cost: a request, and the understanding of an utterance."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.envelopes import asks
from benchmarks.lambda_requests import ANSWERS
from benchmarks.measuring import Figure, compared, in_turn, microseconds
from interaction_model.features import Features
from interaction_model.learnt import Learnt, keep_learnt, read_learnt
from interaction_model.model import InteractionModel, model_path, read_model
from interaction_model.resolver import Resolver
from interaction_model.samples import ANSWERS as ASKED
from interaction_model.weights import Weights
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library import Library
from skill.library.read import load
from skill.memory.sqlite import SqliteMemory
from skill.simulator import room
from skill.simulator.envelope import SKILL_ID

TIMES = 10

UTTERANCES = (
    "is it better to use ice or heat on my back",
    "what does spondylo listhesis mean",
    "i was talking to my neighbour and she said swimming is good for it so should i go",
    "play some jazz",
    "can sciatica come from r a",
)


def figures() -> Iterator[Figure]:
    """Yield the figures."""
    with tempfile.TemporaryDirectory() as folder:
        yield _request(Path(folder))
        yield _resolution(Path(folder))


def _request(folder: Path) -> Figure:
    library = load()

    def many(locale: str) -> Library:
        copies = {
            f"{name}-{copy}": replace(entry, name=f"{name}-{copy}")
            for copy in range(1, TIMES)
            for name, entry in library.entries.items()
        }
        return replace(library, locale=locale, entries={**library.entries, **copies})

    body = json.dumps(asks(ANSWERS[0])).encode()
    few, plenty = (
        Endpoint(WordsByLocale(words, frozenset({"en-US"})), SqliteMemory(folder / "memory.sqlite3"), SKILL_ID)
        for words in (lambda _: library, many)
    )

    def answered(endpoint: Endpoint) -> bytes:
        return json.dumps(endpoint.answer(json.loads(body))).encode()

    series = in_turn(microseconds(lambda: answered(plenty), 300), microseconds(lambda: answered(few), 300))
    return compared(f"a request with {TIMES} times the entries", "the entries that there are", "µs", *series, 1.15)


def _resolution(folder: Path) -> Figure:
    """Resolve with the weights of ten times the intents, each with ten times the wordings.

    They are not learnt, which takes the cube of the time: what a resolution costs is told by the shapes alone.
    """
    room.resolver("en-US")
    model = read_model(model_path("en-US"))
    known = read_learnt(room.learnt_folder("en-US"))
    if known is None:
        raise RuntimeError("what was learnt is not kept: is there room in the cache folder?")
    keep_learnt(_tenfold(known), folder / "tenfold")
    few, plenty = Resolver(model, room.learnt_folder("en-US")), Resolver(_grown(model), folder / "tenfold")
    turns = itertools.cycle(UTTERANCES), itertools.cycle(UTTERANCES)
    series = in_turn(
        microseconds(lambda: plenty.resolve(next(turns[0])), 50), microseconds(lambda: few.resolve(next(turns[1])), 50)
    )
    return compared(f"a resolution with {TIMES} times the intents", "the intents that there are", "µs", *series, 2.0)


def _tenfold(known: Learnt) -> Learnt:
    random = np.random.default_rng(7)
    strange = random.integers(0, 2**32, 9 * len(known.features), np.uint64).astype(np.uint32)
    hashes = np.unique(np.concatenate([known.features.hashes, strange]))
    old = np.searchsorted(hashes, known.features.hashes)
    rarity = np.full(len(hashes), known.features.rarity.max(), np.float32)
    rarity[old] = known.features.rarity
    answers, others = list(known.labels[ASKED]), {name: own for name, own in known.labels.items() if name != ASKED}
    copies = [f"{label}{copy}" for copy in range(1, TIMES) for label in answers]
    labels = {ASKED: [*answers, *copies], **others}
    exact = {
        f"{text} {copy}" if copy else text: intent for copy in range(TIMES) for text, intent in known.exact.items()
    }
    mine = known.weights
    columns = [*list(range(len(answers))) * TIMES, *range(len(answers), mine.meaning.shape[1])]
    values, steps = np.zeros((len(hashes), len(columns)), np.int8), np.ones(len(hashes), np.float32)
    values[old], steps[old] = mine.values[:, columns], mine.steps
    weights = Weights(steps, values, mine.meaning[:, columns])
    return Learnt(exact, known.commands, known.words, labels, Features(hashes, rarity), weights)


def _grown(model: InteractionModel) -> InteractionModel:
    """Return the model with nine more of each entry, each with the entry's own slot values under other names."""
    types = tuple(
        replace(
            kind,
            values=tuple(
                replace(value, id=f"{value.id}{copy}", name=f"{value.name}{copy}", synonyms=()) if copy else value
                for copy in range(TIMES)
                for value in kind.values
            ),
        )
        for kind in model.types
    )
    return replace(model, types=types)
