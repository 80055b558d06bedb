"""Intents that would swallow each other's wordings: each sample is understood by what the others teach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from interaction_model.features import Features
from interaction_model.learning import left_out
from interaction_model.samples import ANSWERS, Samples


@dataclass(frozen=True, slots=True)
class Collision:
    """A sample that would be taken for another intent, were it not in the model."""

    sample: str
    label: str
    taken_for: str
    by: float
    """How much better the other scores, from 0 to about 1."""


@dataclass(frozen=True, slots=True)
class Collisions:
    """All samples, each left out once."""

    samples: int
    found: tuple[Collision, ...]
    """Those that went elsewhere, the clearest first."""

    def pairs(self) -> list[tuple[str, str, int]]:
        """Return two labels and how many samples go from one to the other, either way; the most first."""
        counts = Counter(tuple(sorted((each.label, each.taken_for))) for each in self.found)
        return [(first, second, count) for (first, second), count in counts.most_common()]


def collisions(samples: Samples) -> Collisions:
    """Find them; danger signs are not among them, as they are never weighed against answers.

    It takes a minute or two, and three gigabytes of memory.
    """
    taught = [(text, label) for text, label in zip(_texts(samples), samples.questions[ANSWERS], strict=True) if label]
    texts, labels = [text for text, _ in taught], [label for _, label in taught]
    known, scores = left_out(texts, Features.of(texts), labels)
    number = {label: n for n, label in enumerate(known)}
    found = []
    for text, label, row in zip(texts, labels, scores, strict=True):
        best = int(row.argmax())
        if known[best] != label:
            found.append(Collision(text, label, known[best], float(row[best] - row[number[label]])))
    return Collisions(len(texts), tuple(sorted(found, key=lambda each: -each.by)))


def _texts(samples: Samples) -> Iterable[str]:
    return (text for text, _ in samples.taught)
