"""Which of the known things an utterance asks for: kernel ridge regression in numpy.

A ready classifier (scikit-learn) would bring 110 MB and 1.4 s of start-up for these sixty lines. The
exact solution of ridge regression was as good as logistic regression here, and takes a second to train.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interaction_model.features import Features, Vector, meanings

RIDGE = 0.5
"""How much an unusual sample may bend the answer; 0.3 to 1 score alike."""

BALANCE = 0.25
"""How far things with few samples are lifted: 0 not at all, 1 to the weight of the largest."""


class Classifier:
    """Scores each label for a text; scores of a text add up to about 1."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str], trained: Path | None = None) -> None:
        """Train on the samples, or take the result of the same training from the file `trained`.

        The file is written after a training; one that cannot be read or written costs only time.
        """
        self.labels = sorted(set(labels))
        self.features = Features(texts)
        weights = _read(trained, (len(self.features), len(self.labels)))
        if weights is None:
            weights = self._train(texts, labels)
            _write(trained, weights)
        self._by_feature, self._by_meaning = weights

    def _train(self, texts: Sequence[str], labels: Sequence[str]) -> tuple[Vector, Vector]:
        number = {label: n for n, label in enumerate(self.labels)}
        owner = np.array([number[label] for label in labels])
        wanted = np.eye(len(self.labels), dtype=np.float32)[owner]
        rows = [self.features.describe(text) for text in texts]
        meaning = meanings(texts)
        likeness = meaning @ meaning.T
        samples_of = _samples_by_feature(rows, len(self.features))
        for samples, values in samples_of:
            likeness[np.ix_(samples, samples)] += np.outer(values, values)
        sizes = np.bincount(owner)[owner]
        likeness[np.diag_indices(len(texts))] += RIDGE * (sizes / np.median(sizes)) ** BALANCE
        dual = np.linalg.solve(likeness, wanted).astype(np.float32)
        by_feature = np.zeros((len(self.features), len(self.labels)), np.float32)
        for feature, (samples, values) in enumerate(samples_of):
            by_feature[feature] = values @ dual[samples]
        return by_feature, meaning.T @ dual

    def scores(self, texts: Sequence[str]) -> Vector:
        """Return a row for each text: the score of each of `labels`."""
        rows = meanings(texts) @ self._by_meaning
        for number, text in enumerate(texts):
            features, values = self.features.describe(text)
            rows[number] += values @ self._by_feature[features]
        return rows


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


def _read(path: Path | None, shape: tuple[int, int]) -> tuple[Vector, Vector] | None:
    """Return earlier weights, or None where there are none that fit."""
    if path is None or not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            weights = stored["by_feature"], stored["by_meaning"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return weights if weights[0].shape == shape and weights[1].shape[1] == shape[1] else None


def _write(path: Path | None, weights: tuple[Vector, Vector]) -> None:
    """Keep the weights for the next start, whole or not at all."""
    if path is None:
        return
    unfinished = path.with_name(f"{path.stem}.part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(unfinished, by_feature=weights[0], by_meaning=weights[1])
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
