"""An offline stand-in for Alexa's language understanding: reads only the interaction model's JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from interaction_model.build import SYMPTOM_INTENT
from interaction_model.classifier import Classifier
from interaction_model.features import Vector
from interaction_model.model import FALLBACK, SLOT, URGENT, Intent, InteractionModel, intent_name, urgent_intent_name
from interaction_model.normalise import normalise
from interaction_model.repair import Repair
from interaction_model.sounds import likeness

SURE_ENOUGH = 0.2
"""Below this score it is not understood. On the tuned wordings it refuses 1 in 25 that are in scope."""

URGENT_ENOUGH = 0.4
"""From this sum of their scores on, it is a danger sign."""

NEAR_TIE = 0.05
"""Two scores no further apart than this are said to be a near tie."""

REPAIR_COST = 0.04
"""How much better a repaired wording must score than what was heard."""

BENEFIT_OF_DOUBT = 0.0
"""How much likelier than the best answer it must be that nothing here answers, before it is refused."""

SAME_WORD = 0.84
"""How alike a slot value must sound to a known name to stand for it."""

LONGEST_VALUE = 6
"""Words of a slot value that are compared; a longer one is a sentence, not a name."""

LONGEST_COMMAND = 9
"""Words. "Yes", "stop" and the like are short; in a longer utterance they are part of a story."""

LONG_STORY, TAIL = 16, 10
"""Words. From a longer utterance the last ones are read on their own too: the question comes last."""


@dataclass(frozen=True, slots=True)
class SlotMatch:
    """What was said in a slot, and the id of the value that it stands for; empty when it is none."""

    value: str
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an utterance asks for."""

    intent: str
    slots: Mapping[str, SlotMatch] = field(default_factory=dict)
    confidence: float = 1.0
    """From 0 to 1; 1 for a wording that is in the model."""
    near_tie: str = ""
    """The intent that scored nearly as well, where one did."""


UNKNOWN: Final = Resolution(FALLBACK)


_TAUGHT_CARRIERS = 2
"""How many samples of a slot intent are learnt with each value: more only repeat the value."""


@dataclass(frozen=True, slots=True)
class _Carrier:
    """A sample with one slot."""

    intent: str
    slot: str
    type: str
    pattern: re.Pattern[str]


class Resolver:
    """Finds the intent and slots of an utterance."""

    def __init__(self, model: InteractionModel, trained: Path | None = None) -> None:
        """Learn the model's samples; `trained` is a file that keeps the result for the next start."""
        self._exact = {
            normalise(sample): intent.name
            for intent in model.intents
            for sample in intent.samples
            if not SLOT.search(sample)
        }
        self._values = {
            slot_type.name: {
                normalise(name): (value.id, value.name)
                for value in slot_type.values
                for name in (value.name, *value.synonyms)
            }
            for slot_type in model.types
        }
        carriers = (carrier for carrier in _carriers(model) if carrier.type in self._values)
        self._carriers = sorted(carriers, key=lambda carrier: -len(carrier.pattern.pattern))
        samples = list(self._samples(model))
        texts = [text for text, _ in samples]
        self._classifier = Classifier(texts, [label for _, label in samples], trained)
        self._urgent = [n for n, label in enumerate(self._classifier.labels) if label.startswith(URGENT)]
        self._commands = [n for n, label in enumerate(self._classifier.labels) if label.startswith("AMAZON.")]
        hard = {name for values in self._values.values() for name in values}
        hard |= {word for name in hard for word in name.split()}
        self._repair = Repair(hard, self._classifier.features.words)

    def _samples(self, model: InteractionModel) -> Iterator[tuple[str, str]]:
        """Yield what the classifier learns: each sample, and each slot value as it would be said."""
        yield from ((text, name) for text, name in self._exact.items() if text)
        named = {intent.name for intent in model.intents}
        for intent in model.intents:
            for slot in intent.slots:
                for name, (value, _) in self._values.get(slot.type, {}).items():
                    own = next((own for own in (intent_name(value), urgent_intent_name(value)) if own in named), "")
                    if own:  # "ice" asks for the entry `ice`, whose intent has more samples
                        yield name, own
                    else:
                        for sample in intent.samples[:_TAUGHT_CARRIERS]:
                            yield normalise(SLOT.sub(name, sample)), f"{intent.name}#{slot.name}#{value}"

    def resolve(self, utterance: str, *, urgent: bool = True) -> Resolution:
        """Return what the utterance asks for; out of scope is AMAZON.FallbackIntent.

        `urgent=False` says that it is known to be no danger sign, whatever it sounds like.
        """
        text = normalise(utterance)
        if not text:
            return UNKNOWN
        known = self._known_wording(text)
        if known is not None and (urgent or not _is_urgent(known)):
            return known
        return self._likeliest(text, urgent=urgent)

    def _known_wording(self, text: str) -> Resolution | None:
        """Return the intent whose sample this is, slots filled in."""
        if text in self._exact:
            return Resolution(self._exact[text])
        for carrier in self._carriers:
            if said := carrier.pattern.fullmatch(text):
                match = self._value(carrier.type, said[1])
                if match.id:
                    return Resolution(carrier.intent, {carrier.slot: match})
        return None

    def _value(self, slot_type: str, said: str) -> SlotMatch:
        """Find the value that a slot's words stand for, by spelling and sound."""
        values = self._values[slot_type]
        bare = said if said in values else re.sub(r"^(?:the|a|an|my|some|using|having|doing) ", "", said)
        if bare in values:
            return SlotMatch(said, *values[bare])
        if len(bare.split()) > LONGEST_VALUE:
            return SlotMatch(said)
        names = process.extract(bare, values.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=5)
        best = max(((likeness(bare, name), name) for name, _, _ in names), default=(0.0, ""))
        return SlotMatch(said, *values[best[1]]) if best[0] >= SAME_WORD else SlotMatch(said)

    def _likeliest(self, text: str, *, urgent: bool) -> Resolution:
        """Score what was heard, and other readings of it, and take the best."""
        readings = dict.fromkeys([text, *self._readings(text)])
        for known in filter(None, map(self._known_wording, readings)):
            if known.intent != FALLBACK and not _is_urgent(known):
                return Resolution(known.intent, known.slots, 1 - REPAIR_COST)
        scores = self._classifier.scores(list(readings))
        scores[1:] -= REPAIR_COST
        if urgent and (danger := self._danger(scores)):
            return danger
        scores[:, self._urgent] = -np.inf
        outside = self._classifier.labels.index(FALLBACK)
        refused = scores[:, outside].copy()
        scores[:, outside] = -np.inf
        if len(text.split()) > LONGEST_COMMAND:
            scores[:, self._commands] = -np.inf
        reading = int(scores.max(axis=1).argmax())
        first, second = scores[reading].argsort()[-1:-3:-1]
        score, margin = float(scores[reading, first]), float(scores[reading, first] - scores[reading, second])
        if score < max(SURE_ENOUGH, float(refused[reading]) - BENEFIT_OF_DOUBT):
            return Resolution(FALLBACK, confidence=_share(1 - score))
        labels = self._classifier.labels
        intent, slots = self._read_label(labels[first])
        tie = self._read_label(labels[second])[0] if margin < NEAR_TIE else ""
        return Resolution(intent, slots, _share(score), tie)

    def _danger(self, scores: Vector) -> Resolution | None:
        """Return the likeliest danger sign, when all of them together are likely enough.

        They are weighed together, because a story may hold a little of several; and no near tie is
        asked about, because a question would cost time.
        """
        if not self._urgent:
            return None
        together = scores[:, self._urgent].sum(axis=1)
        reading = int(together.argmax())
        if together[reading] < URGENT_ENOUGH:
            return None
        likeliest = self._urgent[int(scores[reading, self._urgent].argmax())]
        return Resolution(self._classifier.labels[likeliest], confidence=_share(float(together[reading])))

    def _readings(self, text: str) -> Iterator[str]:
        """Yield other things that may have been meant."""
        yield _ANSWER_FIRST.sub("", text)
        yield self._repair.repaired(re.sub(r"\b(?:are|our) a\b", "ra", text))
        yield self._repair.repaired(text)
        yield self._repair.respelled(text)
        words = text.split()
        if len(words) >= LONG_STORY:
            yield " ".join(words[-TAIL:])

    def _read_label(self, label: str) -> tuple[str, dict[str, SlotMatch]]:
        if "#" not in label:
            return label, {}
        intent, slot, value = label.split("#")
        name = next(name for values in self._values.values() for _, (known, name) in values.items() if known == value)
        return intent, {slot: SlotMatch(name, value, name)}


def _is_urgent(resolution: Resolution) -> bool:
    return resolution.intent.startswith((URGENT, SYMPTOM_INTENT))


_ANSWER_FIRST = re.compile(r"^(?:yes|yeah|no|nope|okay|sorry)(?: please| thanks| thank you)? (?=\w+ \w+)")
"""A yes or no before the real question, as in "no tell me about heat"."""


def _share(score: float) -> float:
    return max(0.0, min(1.0, score))


def _carriers(model: InteractionModel) -> Iterator[_Carrier]:
    for intent in model.intents:
        for sample in intent.samples:
            yield from _carrier(intent, sample)


def _carrier(intent: Intent, sample: str) -> Iterator[_Carrier]:
    for slot in intent.slots:
        if SLOT.findall(sample) == [slot.name]:
            before, after = (normalise(part) for part in SLOT.split(sample)[::2])
            pattern = " ".join(part for part in (re.escape(before), "(.+)", re.escape(after)) if part)
            yield _Carrier(intent.name, slot.name, slot.type, re.compile(pattern))
