"""Which label a text is likest to, by weights that `learning.py` found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from interaction_model.features import Features, Vector, meanings
from interaction_model.weights import Weights


class Classifier:
    """Answers one or several questions about a text, each with labels of its own."""

    def __init__(self, features: Features, labels: Mapping[str, Sequence[str]], weights: Weights) -> None:
        """Take the labels of each question, and the weights, which have a column for each label of each in turn."""
        self.labels = {name: list(known) for name, known in labels.items()}
        self._features = features
        self._weights = weights

    def scores(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Return for each question a row a text: the score of each of its labels, which add up to about 1."""
        rows = meanings(texts) @ self._weights.meaning
        for number, text in enumerate(texts):
            rows[number] += self._weights.scores(*self._features.describe(text))
        ends = np.cumsum([len(known) for known in self.labels.values()])[:-1]
        return dict(zip(self.labels, np.split(rows, ends, axis=1), strict=True))
