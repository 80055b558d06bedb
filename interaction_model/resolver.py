"""An offline stand-in for Alexa's language understanding: reads only the interaction model's JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from interaction_model.build import MINUTES, NUMBER_TYPE, SYMPTOM_INTENT, SYMPTOM_TYPE
from interaction_model.classifier import NO_LABEL, Classifier
from interaction_model.model import (
    CRISIS,
    FALLBACK,
    HARMLESS,
    SLOT,
    URGENT,
    Intent,
    InteractionModel,
    intent_name,
    urgent_intent_name,
)
from interaction_model.normalise import normalise
from interaction_model.numbers import minutes, number
from interaction_model.repair import Repair
from interaction_model.sounds import likeness

ANSWERS, DANGERS = "answers", "dangers"
"""The questions that are asked of each utterance."""

SURE_ENOUGH = 0.2
"""Below this score it is not understood. On the tuned wordings it refuses 1 in 25 that are in scope."""

URGENT_ENOUGH, URGENT_DOUBTFUL, NEVER_URGENT = 0.55, 0.85, 2.0
"""From this sum of their scores on, it is a danger sign: as a rule, where something speaks against it,
and where it is known to be none."""

CLEAR_QUESTION, CLEARLY_WORSE = 0.5, 0.35
"""Words that ask this clearly for an answer must be a danger sign by so much more. Ordinary tuned questions
that raised an alarm scored 0.5 to 0.9 as questions; danger signs that only this resolver finds, at most 0.45."""

DANGER_TIE = 0.2
"""Two danger signs no further apart than this may both be meant: the more urgent is answered."""

CRISIS_LESS = 0.1
"""How much less is enough for a crisis: "I'm tired of it all" is seldom said for nothing."""

NEAR_TIE = 0.05
"""Two scores no further apart than this are said to be a near tie."""

REPAIR_COST = 0.04
"""How much better a repaired wording must score than what was heard."""

BENEFIT_OF_DOUBT = 0.1
"""How much likelier it must be that nothing here answers than that the best does, to refuse words that name RA."""

SAME_WORD = 0.84
"""How alike a slot value must sound to a known name to stand for it."""

LONGEST_VALUE = 6
"""Words of a slot value that are compared; a longer one is a sentence, not a name."""

FEW_WORDS = 3.72
"""Words a sample, on the average: intents below it are commands."""

ASKED_NOT_DONE = 0.4
"""How much less likely a wording that asks what, why or whether makes something that is done for a while."""

SHORT_COMMAND, LONG_FOR_A_COMMAND = 4, 0.03
"""Words, and how much less likely each further one makes a command."""

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
    also: tuple[str, str] | None = None
    """The id and name of another value that may be meant as well."""


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


_ANY_NUMBER = "five"
"""Stands for all numbers when a sample with one is learnt."""

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

    def __init__(self, model: InteractionModel, learnt: Path | None = None) -> None:
        """Learn the model's samples; `learnt` is a file that keeps the result for the next start."""
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
        self._timed = {intent.name for intent in model.intents for slot in intent.slots if slot.type == NUMBER_TYPE}
        carriers = (carrier for carrier in _carriers(model) if carrier.type in {*self._values, NUMBER_TYPE})
        self._carriers = sorted(carriers, key=lambda carrier: -len(carrier.pattern.pattern))
        samples = list(self._samples(model))
        # Two questions: samples of danger signs are stories, which would draw ordinary wordings to them.
        questions = {
            ANSWERS: [NO_LABEL if _about_danger(label) else label for _, label in samples],
            DANGERS: [label if label.startswith(URGENT) else HARMLESS for _, label in samples],
        }
        self._classifier = Classifier([text for text, _ in samples], questions, learnt)
        self._sessions = [n for n, label in enumerate(self._labels) if label in self._timed]
        short = _commands(samples)
        self._commands = [n for n, label in enumerate(self._labels) if label in short]
        hard = {name for kind, values in self._values.items() if kind != SYMPTOM_TYPE for name in values}
        hard |= {word for name in hard for word in name.split()}
        # "Sigh" is a plain word of a breathing session, and half of "sigh attica": it may be repaired.
        told = (text for text, label in samples if label not in self._timed)
        self._repair = Repair(hard, Counter(word for text in told for word in text.split()))

    @property
    def _labels(self) -> list[str]:
        return self._classifier.labels[ANSWERS]

    def _samples(self, model: InteractionModel) -> Iterator[tuple[str, str]]:
        """Yield what the classifier learns: each sample, and each slot value as it would be said."""
        yield from ((text, name) for text, name in self._exact.items() if text)
        named = {intent.name for intent in model.intents}
        for intent in model.intents:
            for sample in intent.samples if intent.name in self._timed else ():
                if SLOT.search(sample):
                    yield normalise(SLOT.sub(_ANY_NUMBER, sample)), intent.name
            for slot in intent.slots:
                for name, (value, _) in self._values.get(slot.type, {}).items():
                    own = next((own for own in _own_intents(value) if own in named), "")
                    if own:  # "ice" asks for the entry `ice`, whose intent has more samples
                        yield name, own
                    else:
                        for sample in intent.samples[:_TAUGHT_CARRIERS]:
                            yield normalise(SLOT.sub(name, sample)), f"{intent.name}#{slot.name}#{value}"

    def resolve(self, utterance: str, *, urgent_from: float = URGENT_ENOUGH) -> Resolution:
        """Return what the utterance asks for; out of scope is AMAZON.FallbackIntent.

        `urgent_from` is how sure a danger sign must be, where something is known that speaks against it.
        """
        text = normalise(utterance)
        if not text:
            return UNKNOWN
        known = self._known_wording(text)
        if known is not None and known.intent != HARMLESS and (urgent_from <= 1 or not _is_urgent(known)):
            return known
        harmless = known is not None and known.intent == HARMLESS
        return self._with_minutes(text, self._likeliest(text, NEVER_URGENT if harmless else urgent_from))

    def _with_minutes(self, text: str, found: Resolution) -> Resolution:
        """Add the number of minutes that was said, where the intent has a slot for it."""
        said = minutes(text) if found.intent in self._timed and not found.slots else 0
        return replace(found, slots={MINUTES: SlotMatch(str(said), str(said))}) if said else found

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
        if slot_type == NUMBER_TYPE:
            found = number(said)
            return SlotMatch(str(found), str(found)) if found else SlotMatch(said)
        values = self._values[slot_type]
        bare = said if said in values else re.sub(r"^(?:the|a|an|my|some|using|having|doing) ", "", said)
        if bare in values:
            return SlotMatch(said, *values[bare])
        if len(bare.split()) > LONGEST_VALUE:
            return SlotMatch(said)
        names = process.extract(bare, values.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=5)
        best = max(((likeness(bare, name), name) for name, _, _ in names), default=(0.0, ""))
        return SlotMatch(said, *values[best[1]]) if best[0] >= SAME_WORD else SlotMatch(said)

    def _likeliest(self, text: str, urgent_from: float) -> Resolution:
        """Score what was heard, and other readings of it, and take the best."""
        readings = dict.fromkeys([text, *self._readings(text)])
        for known in filter(None, map(self._known_wording, readings)):
            if known.intent not in {FALLBACK, HARMLESS} and not _is_urgent(known):
                return Resolution(known.intent, known.slots, 1 - REPAIR_COST)
        scores = self._classifier.scores(ANSWERS, list(readings))
        answer = float(np.delete(scores, self._commands, axis=1).max())
        if answer >= CLEAR_QUESTION:
            urgent_from = max(urgent_from, answer + CLEARLY_WORSE)
        if danger := self._danger(list(readings), urgent_from):
            return danger
        scores[1:] -= REPAIR_COST
        outside = self._labels.index(FALLBACK)
        refused = scores[:, outside].copy()
        scores[:, outside] = -np.inf
        if _ASKS_TO_KNOW.match(text):
            scores[:, self._sessions] -= ASKED_NOT_DONE
        length = len(text.split())
        scores[:, self._commands] -= LONG_FOR_A_COMMAND * max(0, length - SHORT_COMMAND)
        if length > LONGEST_COMMAND:
            scores[:, self._commands] = -np.inf
        reading = int(scores.max(axis=1).argmax())
        first, second = scores[reading].argsort()[-1:-3:-1]
        score, margin = float(scores[reading, first]), float(scores[reading, first] - scores[reading, second])
        ours = bool(re.search(r"\bra\b", list(readings)[reading]))
        if score < max(SURE_ENOUGH, float(refused[reading]) - (BENEFIT_OF_DOUBT if ours else 0)):
            return Resolution(FALLBACK, confidence=_share(1 - score))
        intent, slots = self._read_label(self._labels[first])
        tie = self._read_label(self._labels[second])[0] if margin < NEAR_TIE else ""
        return Resolution(intent, slots, _share(score), tie)

    def _danger(self, readings: list[str], urgent_from: float) -> Resolution | None:
        """Return the likeliest danger sign, when all of them together are likely enough.

        They are weighed together, because a story may hold a little of several; and no near tie is
        asked about, because a question would cost time.
        """
        labels = self._classifier.labels[DANGERS]
        signs = [n for n, label in enumerate(labels) if label.startswith(URGENT)]
        if not signs:
            return None
        scores = self._classifier.scores(DANGERS, readings)[:, signs]
        together = scores.sum(axis=1)
        together[1:] -= REPAIR_COST
        reading = int(together.argmax())
        first, second = scores[reading].argsort()[-1:-3:-1]
        likeliest = labels[signs[first]]
        if together[reading] < (urgent_from - CRISIS_LESS if likeliest.startswith(CRISIS) else urgent_from):
            return None
        close = scores[reading, first] - scores[reading, second] < DANGER_TIE
        tie = labels[signs[second]] if close else ""
        return Resolution(likeliest, confidence=_share(float(together[reading])), near_tie=tie)

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


def _commands(samples: Sequence[tuple[str, str]]) -> set[str]:
    """Return the labels of what people say in a few words, such as "stop" and "a bit slower"."""
    lengths: dict[str, list[int]] = {}
    for text, label in samples:
        lengths.setdefault(label, []).append(len(text.split()))
    short = {label for label, counts in lengths.items() if sum(counts) / len(counts) < FEW_WORDS and "#" not in label}
    return short | {label for label in lengths if label.startswith("AMAZON.")}


def _about_danger(label: str) -> bool:
    return label.startswith((URGENT, HARMLESS))


def _own_intents(value: str) -> tuple[str, ...]:
    """Return the names that the intent of a slot value of this id may have."""
    urgent = (urgent_intent_name(value, crisis=crisis) for crisis in (False, True))
    return intent_name(value), *urgent


def _is_urgent(resolution: Resolution) -> bool:
    return resolution.intent.startswith((URGENT, SYMPTOM_INTENT))


_ASKS_TO_KNOW = re.compile(r"(?:what|why|does|do|is|are|how|where|which|who|when)\b")

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
