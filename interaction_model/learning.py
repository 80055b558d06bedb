"""Learns a classifier's weights from samples: kernel ridge regression in numpy, solved exactly.

A ready classifier (scikit-learn) would bring 110 MB and 1.4 s to every start for these hundred lines; see
docs/decisions/0001-own-classifier.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from interaction_model.features import MEANING_SIZE, Features, Sparse, Vector, meanings

RIDGE = 0.4
"""How much an unusual sample may bend the answer; 0.2 to 1 score alike."""

FREQUENT = 50
"""Samples. From here on a feature costs less in a product of matrices than pair by pair."""

AT_ONCE = 1_000_000
"""Pairs of samples that are added up together."""

BALANCE = 0.25
"""How far labels with few samples are lifted: 0 not at all, 1 to the weight of the largest."""

NO_LABEL = ""
"""The label of a sample that a question leaves out."""

BLOCK = 2048
"""Rows that are solved together: enough to keep the processor busy."""


def learn(
    texts: Sequence[str], features: Features, questions: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[str]], Vector]:
    """Return each question's labels, and the weights that `Classifier` takes.

    All questions share the samples and what is costly about them; each may leave some samples out.
    """
    meaning = meanings(texts)
    samples_of = _samples_by_feature([features.describe(text) for text in texts], len(features))
    likeness = _likeness(meaning, samples_of)
    labels = {name: sorted(set(own) - {NO_LABEL}) for name, own in questions.items()}
    last = next(reversed(labels))
    dual = np.hstack([_solve(likeness, questions[name], known, name == last) for name, known in labels.items()])
    weights = np.zeros((len(features) + MEANING_SIZE, dual.shape[1]), np.float32)
    for feature, (samples, values) in enumerate(samples_of):
        weights[feature] = values @ dual[samples]
    weights[len(features) :] = meaning.T @ dual
    return labels, weights


def _solve(likeness: Vector, labels: Sequence[str], known: Sequence[str], last: bool) -> Vector:  # noqa: FBT001
    """Return each sample's share in each label; samples without a label have none.

    The last question may spoil the likeness: a copy of it takes most of a gigabyte.
    """
    asked = np.array([n for n, label in enumerate(labels) if label != NO_LABEL])
    number = {label: n for n, label in enumerate(known)}
    owner = np.array([number[labels[n]] for n in asked])
    sizes = np.bincount(owner)[owner]
    among = likeness if last and len(asked) == len(labels) else likeness[np.ix_(asked, asked)]
    among[np.diag_indices(len(asked))] += RIDGE * (sizes / np.median(sizes)) ** BALANCE
    dual = np.zeros((len(labels), len(known)), np.float32)
    dual[asked] = solve_positive(among, np.eye(len(known), dtype=np.float32)[owner])
    return dual


def solve_positive(matrix: Vector, right: Vector, block: int = BLOCK) -> Vector:
    """Solve `matrix @ x = right` for a symmetric positive definite matrix; both are overwritten.

    numpy's own solver knows nothing of symmetry and takes twice as long.
    """
    starts = range(0, len(matrix), block)
    inverses = {}
    for start in starts:
        end = start + block
        inverses[start] = np.linalg.inv(np.linalg.cholesky(matrix[start:end, start:end]))
        below = matrix[end:, start:end] @ inverses[start].T
        matrix[end:, start:end] = below
        for column in range(0, len(below), block):
            matrix[end + column :, end + column : end + column + block] -= (
                below[column:] @ below[column : column + block].T
            )
        right[start:end] = inverses[start] @ right[start:end]
        right[end:] -= below @ right[start:end]
    for start in reversed(starts):
        end = start + block
        right[start:end] = inverses[start].T @ (right[start:end] - matrix[end:, start:end].T @ right[end:])
    return right


def _likeness(meaning: Vector, samples_of: Sequence[tuple[NDArray[np.int64], Vector]]) -> Vector:
    """Return the inner products of all samples.

    A rare feature touches few pairs; the frequent ones are quicker as one product of matrices.
    """
    likeness: Vector = meaning @ meaning.T
    by_count: dict[int, list[int]] = {}
    for feature, (samples, _) in enumerate(samples_of):
        by_count.setdefault(len(samples), []).append(feature)
    for count in [count for count in by_count if 0 < count <= FREQUENT]:
        of_count, step = by_count.pop(count), max(1, AT_ONCE // count**2)
        for features in (of_count[start : start + step] for start in range(0, len(of_count), step)):
            samples = np.array([samples_of[feature][0] for feature in features])
            values = np.array([samples_of[feature][1] for feature in features])
            pairs = values[:, :, None] * values[:, None, :]
            np.add.at(likeness.reshape(-1), samples[:, :, None] * len(likeness) + samples[:, None, :], pairs)
    frequent = [feature for features in by_count.values() for feature in features]
    together = np.zeros((len(likeness), len(frequent)), np.float32)
    for column, feature in enumerate(frequent):
        samples, values = samples_of[feature]
        together[samples, column] = values
    for start in range(0, len(likeness), BLOCK):  # by blocks: a second matrix of this size would take a gigabyte
        likeness[start : start + BLOCK] += together[start : start + BLOCK] @ together.T
    return likeness


def _samples_by_feature(rows: Sequence[Sparse], features: int) -> list[tuple[NDArray[np.int64], Vector]]:
    """Turn samples' features into features' samples, with the weight of each."""
    feature = np.concatenate([numbers for numbers, _ in rows])
    weight = np.concatenate([weights for _, weights in rows])
    sample = np.repeat(np.arange(len(rows)), [len(numbers) for numbers, _ in rows])
    order = np.argsort(feature, kind="stable")
    ends = np.cumsum(np.bincount(feature, minlength=features))[:-1]
    return list(zip(np.split(sample[order], ends), np.split(weight[order], ends), strict=True))
