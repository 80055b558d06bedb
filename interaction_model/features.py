"""Texts as numbers: weighted words and letter groups, and the mean of static word embeddings.

The weights (1.0 words, 0.9 letters, 1.7 embedding) are one of several mixes that scored alike on the tuned
half of the project's unseen wordings.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float32]
Sparse: TypeAlias = tuple[NDArray[np.int32], Vector]
"""Feature numbers, and the weight of each."""

WORDS, LETTERS, MEANING = 1.0, 0.9, 1.7
_LETTER_GROUPS = (3, 4, 5)


def _words(text: str) -> Iterator[str]:
    words = text.split()
    yield from words
    for first, second in itertools.pairwise(words):
        yield f"{first} {second}"


def _letters(text: str) -> Iterator[str]:
    padded = f" {text} "
    for size in _LETTER_GROUPS:
        for start in range(len(padded) - size + 1):
            yield f"~{padded[start : start + size]}"


class Features:
    """The features of a list of texts, by which any text can then be described."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn which features there are, and how rare each is among the texts."""
        # In the order of the texts, never of a set: stored weights belong to these numbers in every process.
        seen = Counter(feature for text in texts for feature in dict.fromkeys([*_words(text), *_letters(text)]))
        rarest = 1 + len(texts)
        self._rarity = {feature: math.log(rarest / (1 + count)) + 1 for feature, count in seen.items()}
        self._number = {feature: number for number, feature in enumerate(self._rarity)}
        self.words = Counter(word for text in texts for word in text.split())
        """How often each word is in the texts."""

    def __len__(self) -> int:
        """Return how many features there are, the embedding's not counted."""
        return len(self._number)

    def describe(self, text: str) -> Sparse:
        """Return the known words and letter groups of a text, each kind of length 1 times its weight."""
        numbers: list[int] = []
        weights: list[float] = []
        for split, share in ((_words, WORDS), (_letters, LETTERS)):
            counts = Counter(feature for feature in split(text) if feature in self._number)
            raw = [(1 + math.log(count)) * self._rarity[feature] for feature, count in counts.items()]
            length = math.sqrt(sum(weight * weight for weight in raw)) or 1.0
            numbers += [self._number[feature] for feature in counts]
            weights += [share * weight / length for weight in raw]
        return np.array(numbers, np.int32), np.array(weights, np.float32)


@functools.cache
def _embeddings() -> tuple[Any, NDArray[np.float16]]:
    """Return wordllama's tokenizer and its matrix, one row of 256 numbers a token.

    Read straight from the wheel: its own loader looks for a download first, and fails offline.
    """
    from safetensors.numpy import load_file  # noqa: PLC0415 (loading takes a tenth of a second)
    from tokenizers import Tokenizer  # noqa: PLC0415

    spec = importlib.util.find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("wordllama is not installed: run 'python -m pip install wordllama'")
    folder = Path(spec.submodule_search_locations[0])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    matrix = load_file(str(folder / "weights" / "l2_supercat_256.safetensors"))["embedding.weight"]
    return tokenizer, matrix


def meanings(texts: Sequence[str]) -> Vector:
    """Return a row for each text: the mean of its tokens' embeddings, of length MEANING."""
    tokenizer, matrix = _embeddings()
    rows = np.zeros((len(texts), matrix.shape[1]), np.float32)
    for row, encoded in zip(rows, tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True):
        if encoded.ids:
            row[:] = matrix[encoded.ids].astype(np.float32).mean(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (MEANING * rows / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)
