"""What each feature says for each label, a byte each: a text touches some hundreds of rows, which may lie on disk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interaction_model.features import MEANING_SIZE, Vector

_MOST = 127
"""The largest number of a signed byte."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A row for each feature, and one for each number of the embedding; a column for each label of each question."""

    steps: Vector
    """What one step of a row's bytes stands for."""
    values: NDArray[np.int8]
    meaning: Vector

    @classmethod
    def of(cls, whole: Vector) -> Weights:
        """Take the weights of all features and then of the embedding; the embedding's are kept as they are.

        Bytes change no answer on the tuned wordings, and are added up eight times as fast as half-length floats.
        """
        by_feature = whole[:-MEANING_SIZE]
        largest = np.abs(by_feature).max(axis=1, initial=0.0)
        steps = np.where(largest > 0, largest / _MOST, 1.0).astype(np.float32)
        return cls(steps, np.rint(by_feature / steps[:, None]).astype(np.int8), whole[-MEANING_SIZE:].copy())

    def scores(self, features: NDArray[np.int64], amounts: Vector) -> Vector:
        """Return each label's score for the features of a text, in the amounts in which it has them."""
        found: Vector = (amounts * self.steps[features]) @ self.values[features].astype(np.float32)
        return found
