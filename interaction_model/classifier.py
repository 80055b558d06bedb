"""Which label a text is likest to, by weights that `learning.py` found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from interaction_model.features import Features, Vector, meanings


class Classifier:
    """Answers one or several questions about a text, each with labels of its own."""

    def __init__(
        self, features: Features, labels: Mapping[str, Sequence[str]], weights: NDArray[np.float16] | Vector
    ) -> None:
        """Take the labels of each question, and the weights.

        `weights` has a row for each feature and then for each number of the embedding, and a column for each
        label of each question in turn. It may lie on disk: a text touches some hundreds of its rows.
        """
        self.labels = {name: list(known) for name, known in labels.items()}
        self._features = features
        self._by_feature = weights[: len(features)]
        self._by_meaning = np.asarray(weights[len(features) :], np.float32)

    def scores(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Return for each question a row a text: the score of each of its labels, which add up to about 1."""
        rows = meanings(texts) @ self._by_meaning
        for number, text in enumerate(texts):
            features, values = self._features.describe(text)
            rows[number] += values @ self._by_feature[features].astype(np.float32)
        ends = np.cumsum([len(known) for known in self.labels.values()])[:-1]
        return dict(zip(self.labels, np.split(rows, ends, axis=1), strict=True))
