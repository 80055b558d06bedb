"""How well and how fast utterances are understood, against what a Python programmer would otherwise reach for."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from benchmarks.measuring import Figure, Row, compared, in_turn, microseconds, processes
from interaction_model.model import model_path, read_model
from interaction_model.names import FALLBACK
from interaction_model.normalise import normalise
from interaction_model.resolver import Resolution, Resolver
from interaction_model.samples import ANSWERS, samples_of
from skill.library.read import load
from skill.safety.screening import Screen
from skill.simulator import room
from skill.simulator.evaluation import Wording, evaluate, read_wordings
from skill.simulator.understanding import Understanding

WORDINGS = Path(__file__).resolve().parents[1] / "tests" / "wordings" / "questions-scored.tsv"
REJECTED = 0.05
"""The share of what is in scope that a yardstick may decline: its threshold is set by it, on the tuned half."""


Guess = Callable[[str], tuple[str, float]]
"""The intent that a plain text is likest to, and how alike it is."""


def rows_and_figures() -> tuple[list[Row], list[Figure]]:
    """Return the table of who understands how much, and the figures of what it takes."""
    library = load()
    resolver = room.resolver("en-US")
    ours = Understanding(resolver, library, Screen(library))
    counted = read_wordings(WORDINGS, library)
    tuned = read_wordings(WORDINGS.with_name("questions-tuned.tsv"), library)
    rows = [Row("the resolver", evaluate(counted, ours.resolve, library).shares())]
    samples = samples_of(read_model(model_path("en-US")))
    taught = [
        (text, label.partition("#")[0])
        for (text, _), label in zip(samples.taught, samples.questions[ANSWERS], strict=True)
        if label and "#" not in label
    ]
    figures = []
    texts = itertools.cycle([wording.text for wording in counted])
    others = itertools.cycle([wording.text for wording in counted])
    for name, guess in (
        ("rapidfuzz, token_set_ratio", _by_letters(taught)),
        ("TF-IDF and logistic regression", _by_terms(taught)),
    ):
        resolve = _with_threshold(guess, tuned)
        rows.append(Row(name, evaluate(counted, resolve, library).shares()))
        series = in_turn(
            microseconds(lambda: resolver.resolve(next(texts)), 100),
            microseconds(lambda guess=guess: guess(normalise(next(others))), 100),  # type: ignore[misc]
            5,
        )
        figures.append(compared("one utterance understood", name, "µs", *series))
    return rows, [*figures, *_whole_processes(), _median(resolver, [wording.text for wording in counted])]


def _by_letters(taught: Sequence[tuple[str, str]]) -> Guess:
    texts = [text for text, _ in taught]

    def guess(text: str) -> tuple[str, float]:
        found = process.extractOne(text, texts, scorer=fuzz.token_set_ratio)
        return (taught[found[2]][1], found[1]) if found else (FALLBACK, 0.0)

    return guess


def _by_terms(taught: Sequence[tuple[str, str]]) -> Guess:
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=10, max_iter=300))
    model.fit([text for text, _ in taught], [label for _, label in taught])

    def guess(text: str) -> tuple[str, float]:
        shares = model.predict_proba([text])[0]
        best = int(shares.argmax())
        return str(model.classes_[best]), float(shares[best])

    return guess


def _with_threshold(guess: Guess, tuned: Sequence[Wording]) -> Callable[[str], Resolution]:
    ours = [wording.text for wording in tuned if wording.expected not in {"FAR", "NEAR"}]
    least = float(np.quantile([guess(normalise(text))[1] for text in ours], REJECTED))

    def resolve(text: str) -> Resolution:
        intent, alike = guess(normalise(text))
        return Resolution(intent if alike >= least else FALLBACK, confidence=min(1.0, alike))

    return resolve


def _whole_processes() -> Iterator[Figure]:
    """Yield what a program takes that understands one utterance, against one that only imports the same libraries."""
    ours = "from skill.simulator import room; room.resolver('en-US').resolve('is ice good for my back')"
    theirs = "import numpy, rapidfuzz.process, tokenizers, safetensors.numpy"
    what, against = "a program that understands one utterance", "one that imports its libraries"
    yield from processes(what, against, [sys.executable, "-c", ours], [sys.executable, "-c", theirs])


def _median(resolver: Resolver, texts: Sequence[str]) -> Figure:
    """Return the median time of one utterance, against the two milliseconds that were promised."""
    taken = []
    for text in texts:
        start = time.perf_counter()
        resolver.resolve(text)
        taken.append((time.perf_counter() - start) * 1e6)
    return compared(
        "one utterance, the median of the counted half", "2 ms", "µs", [float(np.median(taken))], [2000.0], 1.0
    )
