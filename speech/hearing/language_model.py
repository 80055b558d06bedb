"""A trigram language model of sentences, with Witten-Bell smoothing, in the ARPA format that recognisers read."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

START, END = "<s>", "</s>"
ORDER = 3
_NEVER = -99.0

Gram = tuple[str, ...]


def arpa(sentences: Iterable[str]) -> str:
    """Return the model of sentences, each a line of words, as the text of an ARPA file.

    Witten and Bell: a history that was followed by many different words leaves much room for new ones.
    """
    counts = _counts(sentences)
    chances, room = _chances(counts)
    lines = ["\\data\\", *(f"ngram {size}={len(counts[size])}" for size in range(1, ORDER + 1))]
    for size in range(1, ORDER + 1):
        lines += ["", f"\\{size}-grams:"]
        for gram in sorted(counts[size]):
            chance = _NEVER if gram == (START,) else math.log10(chances[gram])
            rest = f"\t{math.log10(room.get(gram, 1.0)):.4f}" if size < ORDER else ""
            lines.append(f"{chance:.4f}\t{' '.join(gram)}{rest}")
    return "\n".join([*lines, "", "\\end\\", ""])


def _counts(sentences: Iterable[str]) -> dict[int, Counter[Gram]]:
    counts: dict[int, Counter[Gram]] = {size: Counter() for size in range(1, ORDER + 1)}
    for sentence in sentences:
        words = (START, *sentence.split(), END)
        for size in range(1, ORDER + 1):
            counts[size].update(words[at : at + size] for at in range(len(words) - size + 1))
    return counts


def _chances(counts: dict[int, Counter[Gram]]) -> tuple[dict[Gram, float], dict[Gram, float]]:
    """Return each gram's chance given the words before it, and what each history leaves to shorter ones."""
    words = {gram: count for gram, count in counts[1].items() if gram != (START,)}
    total = sum(words.values())
    chances = {gram: count / total for gram, count in words.items()}
    room: dict[Gram, float] = {}
    for size in range(2, ORDER + 1):
        follow: dict[Gram, list[tuple[Gram, int]]] = defaultdict(list)
        for gram, count in counts[size].items():
            follow[gram[:-1]].append((gram, count))
        for history, grams in follow.items():
            seen, kinds = sum(count for _, count in grams), len(grams)
            for gram, count in grams:
                chances[gram] = count / (seen + kinds)
            unseen = 1 - sum(chances[gram[1:]] for gram, _ in grams)
            room[history] = kinds / (seen + kinds) / max(unseen, 1e-6)
    return chances, room
