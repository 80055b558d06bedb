"""Which label a text is likest to: kernel ridge regression in numpy.

A ready classifier (scikit-learn) would bring 110 MB and 1.4 s to every start for these hundred lines. The
exact solution of ridge regression was as good as logistic regression here, and is learnt once.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from interaction_model.features import Features, Vector, meanings

RIDGE = 0.5
"""How much an unusual sample may bend the answer; 0.2 to 1 score alike."""

FREQUENT = 50
"""Samples. From here on a feature costs less in a product of matrices than pair by pair."""

BALANCE = 0.25
"""How far labels with few samples are lifted: 0 not at all, 1 to the weight of the largest."""

NO_LABEL = ""
"""The label of a sample that a question leaves out."""

Weights: TypeAlias = dict[str, Vector]


class Classifier:
    """Answers one or several questions about a text, each with labels of its own.

    All questions share the samples and what is costly about them; each may leave some samples out.
    """

    def __init__(
        self, texts: Sequence[str], questions: Mapping[str, Sequence[str]], learnt: Path | None = None
    ) -> None:
        """Learn a label for each text and question, or take what was learnt from these before.

        The file `learnt` is written after learning; one that cannot be read or written costs only time.
        """
        self.labels = {name: sorted(set(labels) - {NO_LABEL}) for name, labels in questions.items()}
        self.features = Features(texts)
        shapes = {name: (len(self.features), len(labels)) for name, labels in self.labels.items()}
        weights = _read(learnt, shapes)
        if weights is None:
            weights = self._learn(texts, questions)
            _write(learnt, weights)
        self._weights = weights

    def _learn(self, texts: Sequence[str], questions: Mapping[str, Sequence[str]]) -> Weights:
        rows = [self.features.describe(text) for text in texts]
        meaning = meanings(texts)
        samples_of = _samples_by_feature(rows, len(self.features))
        likeness = _likeness(meaning, samples_of)
        weights: Weights = {}
        for name, labels in questions.items():
            dual = self._solve(likeness, labels, self.labels[name])
            by_feature = np.zeros((len(self.features), dual.shape[1]), np.float32)
            for feature, (samples, values) in enumerate(samples_of):
                by_feature[feature] = values @ dual[samples]
            weights[f"{name} by feature"] = by_feature
            weights[f"{name} by meaning"] = meaning.T @ dual
        return weights

    def _solve(self, likeness: Vector, labels: Sequence[str], known: Sequence[str]) -> Vector:
        """Return each sample's share in each label; samples without a label have none."""
        asked = np.array([n for n, label in enumerate(labels) if label != NO_LABEL])
        number = {label: n for n, label in enumerate(known)}
        owner = np.array([number[labels[n]] for n in asked])
        sizes = np.bincount(owner)[owner]
        among = likeness[np.ix_(asked, asked)]
        among[np.diag_indices(len(asked))] += RIDGE * (sizes / np.median(sizes)) ** BALANCE
        dual = np.zeros((len(labels), len(known)), np.float32)
        dual[asked] = np.linalg.solve(among, np.eye(len(known), dtype=np.float32)[owner])
        return dual

    def scores(self, question: str, texts: Sequence[str]) -> Vector:
        """Return a row for each text: the score of each of `labels[question]`, which add up to about 1."""
        rows = meanings(texts) @ self._weights[f"{question} by meaning"]
        by_feature = self._weights[f"{question} by feature"]
        for number, text in enumerate(texts):
            features, values = self.features.describe(text)
            rows[number] += values @ by_feature[features]
        return rows


def _likeness(meaning: Vector, samples_of: Sequence[tuple[NDArray[np.int64], Vector]]) -> Vector:
    """Return the inner products of all samples.

    A rare feature touches few pairs; the frequent ones are quicker as one product of matrices.
    """
    likeness = meaning @ meaning.T
    frequent = [(samples, values) for samples, values in samples_of if len(samples) > FREQUENT]
    for samples, values in samples_of:
        if len(samples) <= FREQUENT:
            likeness[np.ix_(samples, samples)] += np.outer(values, values)
    together = np.zeros((len(likeness), len(frequent)), np.float32)
    for column, (samples, values) in enumerate(frequent):
        together[samples, column] = values
    likeness += together @ together.T
    return likeness


def _samples_by_feature(
    rows: Sequence[tuple[NDArray[np.int32], Vector]], features: int
) -> list[tuple[NDArray[np.int64], Vector]]:
    """Turn samples' features into features' samples, with the weight of each."""
    feature = np.concatenate([numbers for numbers, _ in rows])
    weight = np.concatenate([weights for _, weights in rows])
    sample = np.repeat(np.arange(len(rows)), [len(numbers) for numbers, _ in rows])
    order = np.argsort(feature, kind="stable")
    ends = np.cumsum(np.bincount(feature, minlength=features))[:-1]
    return list(zip(np.split(sample[order], ends), np.split(weight[order], ends), strict=True))


def _read(path: Path | None, shapes: Mapping[str, tuple[int, int]]) -> Weights | None:
    """Return earlier weights, or None where there are none that fit."""
    if path is None or not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            weights = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = all(
        f"{name} by meaning" in weights and weights.get(f"{name} by feature", np.empty(0)).shape == shape
        for name, shape in shapes.items()
    )
    return weights if fits else None


def _write(path: Path | None, weights: Weights) -> None:
    """Keep the weights for the next start, whole or not at all."""
    if path is None:
        return
    unfinished = path.with_name(f"{path.stem}.part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(unfinished, **weights)  # type: ignore[arg-type]  # numpy's stub takes the arrays for its flag
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
