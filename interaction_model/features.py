"""Texts as numbers: weighted words, letter groups and sounds, and the mean of static word embeddings.

The weights (1.0 words, 0.9 letters, 0.8 sounds, 1.7 embedding) are one of several mixes that scored alike on
the tuned half of the project's unseen wordings. Sounds bring what a recogniser misheard 5 points.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from interaction_model.sounds import coarse_sound

Vector: TypeAlias = NDArray[np.float32]
Sparse: TypeAlias = tuple[NDArray[np.int64], Vector]
"""Feature numbers, and the weight of each."""

MEANING = 1.7
MEANING_SIZE = 256
_LETTER_GROUPS, _SOUND_GROUPS = (3, 4, 5), (3, 4, 5, 6)


Hashes: TypeAlias = NDArray[np.uint32]
"""Features, 32 bits each; of 200,000 some five pairs share theirs."""


def _words(text: str) -> Hashes:
    words = text.split()
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    return np.array([zlib.crc32(word.encode()) for word in (*words, *pairs)], np.uint32)


def _letters(text: str) -> Hashes:
    return _groups(f" {text} ", _LETTER_GROUPS, 0)


def _sounds(text: str) -> Hashes:
    return _groups(f"<{coarse_sound(text)}>", _SOUND_GROUPS, 0x5BD1E995)


_POWERS = np.array([pow(0x9E3779B1, power, 2**32) for power in range(1, 1 + max(_SOUND_GROUPS))], np.uint32)


def _groups(text: str, sizes: Sequence[int], kind: int) -> Hashes:
    """Return a hash for each run of letters of each size, all at once: Python would take a letter at a time."""
    letters = np.frombuffer(text.encode(), np.uint8).astype(np.uint32)
    run, found = np.zeros(len(letters), np.uint32), [np.zeros(0, np.uint32)]
    for size in range(1, min(max(sizes), len(letters)) + 1):
        run = run[: len(letters) - size + 1] + letters[size - 1 :] * _POWERS[size - 1]
        if size in sizes:
            found.append(run * np.uint32(2 * size + 1) ^ np.uint32(kind))
    return np.concatenate(found)


_KINDS: Final = (_words, _letters, _sounds)
_WEIGHTS = np.array([1.0, 0.9, 0.8], np.float32)
_STRANGE = np.array([1.0, 0.5, 0.0], np.float32)
"""How much a feature of each kind that no sample has counts in a text's length.

A word that nobody taught makes all others count for less: "how do I stretch a canvas" is not about stretching.
Counted so, 1 to 2 points more that is not for us are declined, and nothing else is. Sounds of misheard
words are seldom known: they are not counted.
"""


class Features:
    """The features of some texts, by which any text can then be described."""

    def __init__(self, hashes: Hashes, rarity: Vector) -> None:
        """Take each feature's hash, in rising order, and how rare it is."""
        self.hashes, self.rarity = hashes, rarity
        self._rarest = float(rarity.max(initial=1.0))

    @classmethod
    def of(cls, texts: Sequence[str]) -> Features:
        """Learn which features there are, and how rare each is among the texts."""
        each = [np.unique(split(text)) for text in texts for split in _KINDS]
        hashes, counts = np.unique(np.concatenate(each), return_counts=True)
        return cls(hashes, (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32))

    def __len__(self) -> int:
        """Return how many features there are, the embedding's not counted."""
        return len(self.hashes)

    def describe(self, text: str) -> Sparse:
        """Return the known features of a text, each kind of length 1 times its weight."""
        kinds = [split(text) for split in _KINDS]
        hashes, first, counts = np.unique(np.concatenate(kinds), return_index=True, return_counts=True)
        kind = np.repeat(np.arange(len(kinds)), [len(own) for own in kinds])[first]
        places = np.minimum(np.searchsorted(self.hashes, hashes), max(len(self) - 1, 0))
        known = self.hashes[places] == hashes
        raw = (1 + np.log(counts, dtype=np.float32)) * np.where(known, self.rarity[places], self._rarest)
        lengths = np.sqrt(np.bincount(kind, np.square(raw) * np.where(known, 1, _STRANGE[kind]), len(kinds)))
        weights = _WEIGHTS[kind] * raw / np.where(lengths == 0, 1, lengths)[kind]
        return places[known], weights[known].astype(np.float32)


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
    rows = np.zeros((len(texts), MEANING_SIZE), np.float32)
    for row, text in zip(rows, texts, strict=True):  # one by one: a batch of a few wakes threads for a millisecond
        if ids := tokenizer.encode(text, add_special_tokens=False).ids:
            row[:] = matrix[ids].astype(np.float32).mean(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (MEANING * rows / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)
