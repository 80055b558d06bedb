"""Learns a classifier's weights from samples: kernel ridge regression in numpy, solved exactly.

A ready classifier (scikit-learn) would bring 110 MB and 1.4 s to every start for these hundred lines; see
docs/decisions/0001-own-classifier.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from interaction_model.features import MEANING_SIZE, Features, Sparse, Vector, meanings

RIDGE = 0.4
"""How much an unusual sample may bend the answer; 0.2 to 1 score alike."""

FREQUENT = 600
"""Samples. Above it a feature costs less in a product of matrices than pair by pair; 200 takes half as long again."""

BALANCE = 0.25
"""How far labels with few samples are lifted: 0 not at all, 1 to the weight of the largest."""

NO_LABEL = ""
"""The label of a sample that a question leaves out."""

BLOCK = 2048
"""Rows that are solved together: enough to keep the processor busy."""


def learn(
    texts: Sequence[str], features: Features, questions: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[str]], Vector]:
    """Return each question's labels, and the weights, from which `Weights` keeps what counts.

    All questions share the samples and what is costly about them; each may leave some samples out.
    """
    meaning = meanings(texts)
    rows = [features.describe(text) for text in texts]
    samples_of = _samples_by_feature(rows, len(features))
    likeness = _likeness(meaning, rows, samples_of)
    labels = {name: sorted(set(own) - {NO_LABEL}) for name, own in questions.items()}
    last = next(reversed(labels))
    dual = np.hstack([_solve(likeness, questions[name], known, name == last) for name, known in labels.items()])
    weights = np.zeros((len(features) + MEANING_SIZE, dual.shape[1]), np.float32)
    for feature, (samples, values) in enumerate(samples_of):
        weights[feature] = values @ dual[samples]
    weights[len(features) :] = meaning.T @ dual
    return labels, weights


def left_out(texts: Sequence[str], features: Features, labels: Sequence[str]) -> tuple[list[str], Vector]:
    """Return the labels, and each sample's score for each as it would be if that sample had not been learnt.

    The others' weights need not be learnt anew: a sample's error without it is its dual divided by its own place in
    the inverse (the leave-one-out formula of ridge regression).
    """
    rows = [features.describe(text) for text in texts]
    likeness = _likeness(meanings(texts), rows, _samples_by_feature(rows, len(features)))
    known = sorted(set(labels))
    right = _equations(likeness, labels, known)
    inverse: Vector = np.linalg.inv(likeness)
    scores: Vector = right - inverse @ right / np.diagonal(inverse)[:, None]
    return known, scores


def _solve(likeness: Vector, labels: Sequence[str], known: Sequence[str], last: bool) -> Vector:  # noqa: FBT001
    """Return each sample's share in each label; samples without a label have none.

    The last question may spoil the likeness: a copy of it takes most of a gigabyte.
    """
    asked = np.array([n for n, label in enumerate(labels) if label != NO_LABEL])
    among = likeness if last and len(asked) == len(labels) else likeness[np.ix_(asked, asked)]
    dual = np.zeros((len(labels), len(known)), np.float32)
    dual[asked] = solve_positive(among, _equations(among, [labels[n] for n in asked], known))
    return dual


def _equations(likeness: Vector, labels: Sequence[str], known: Sequence[str]) -> Vector:
    """Add each sample's ridge to its place in the likeness, and return what each label's samples should score."""
    number = {label: n for n, label in enumerate(known)}
    owner = np.array([number[label] for label in labels])
    sizes = np.bincount(owner)[owner]
    likeness[np.diag_indices(len(labels))] += RIDGE * (sizes / np.median(sizes)) ** BALANCE
    wanted: Vector = np.eye(len(known), dtype=np.float32)[owner]
    return wanted


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


def _likeness(meaning: Vector, rows: Sequence[Sparse], samples_of: Sequence[Sparse]) -> Vector:
    """Return the inner products of all samples.

    Frequent features are quickest as one product of matrices; of the others a sample is added to those that share them.
    """
    likeness: Vector = meaning @ meaning.T
    counts = np.array([len(samples) for samples, _ in samples_of])
    frequent = np.flatnonzero(counts > FREQUENT).tolist()
    together = np.zeros((len(likeness), len(frequent)), np.float32)
    for column, feature in enumerate(frequent):
        samples, values = samples_of[feature]
        together[samples, column] = values
    for start in range(0, len(likeness), BLOCK):  # by blocks: a second matrix of this size would take a gigabyte
        likeness[start : start + BLOCK] += together[start : start + BLOCK] @ together.T
    for sample, (features, weights) in enumerate(rows):
        rare = counts[features] <= FREQUENT
        shared = [samples_of[int(feature)] for feature in features[rare]]
        if shared:
            others = np.concatenate([samples for samples, _ in shared])
            theirs = np.concatenate([values for _, values in shared])
            ours = np.repeat(weights[rare], counts[features[rare]])
            likeness[sample] += np.bincount(others, ours * theirs, len(likeness))
    return likeness


def _samples_by_feature(rows: Sequence[Sparse], features: int) -> list[Sparse]:
    """Turn samples' features into features' samples, with the weight of each."""
    feature = np.concatenate([numbers for numbers, _ in rows])
    weight = np.concatenate([weights for _, weights in rows])
    sample = np.repeat(np.arange(len(rows)), [len(numbers) for numbers, _ in rows])
    order = np.argsort(feature, kind="stable")
    ends = np.cumsum(np.bincount(feature, minlength=features))[:-1]
    return list(zip(np.split(sample[order], ends), np.split(weight[order], ends), strict=True))
