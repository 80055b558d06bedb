"""An offline stand-in for Alexa's language understanding: reads only the interaction model's JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from interaction_model.classifier import Classifier
from interaction_model.features import Vector
from interaction_model.learnt import keep_learnt, learn_samples, read_learnt
from interaction_model.model import SLOT, Intent, InteractionModel
from interaction_model.names import (
    CRISIS,
    FALLBACK,
    HARMLESS,
    MINUTES,
    NUMBER_TYPE,
    SYMPTOM_INTENT,
    SYMPTOM_TYPE,
    URGENT,
)
from interaction_model.normalise import normalise
from interaction_model.numbers import minutes, number
from interaction_model.repair import Repair
from interaction_model.samples import ANSWERS, DANGERS, samples_of, timed_intents
from interaction_model.sounds import likeness
from interaction_model.sureness import Signals, sureness

SURE_ENOUGH = 0.4
"""Below this likelihood it is not understood: see sureness.py."""

LEAST = 0.15
"""Below this score the signals say nothing: no word was made out."""

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

SAME_WORD = 0.84
"""How alike a slot value must sound to a known name to stand for it."""

LONGEST_VALUE = 6
"""Words of a slot value that are compared; a longer one is a sentence, not a name."""

ASKED_NOT_DONE = 0.4
"""How much less likely a wording that asks what, why or whether makes something that is done for a while."""

SHORT_COMMAND, LONG_FOR_A_COMMAND = 4, 0.03
"""Words, and how much less likely each further one makes a command."""

LONGEST_COMMAND = 9
"""Words. "Yes", "stop" and the like are short; in a longer utterance they are part of a story."""

LONG_STORY, TAIL = 16, 10
"""Words. From a longer utterance the last ones are read on their own too: the question comes last."""

URGENT_STORY = 0.44
"""How sure a danger sign must be in a long story, which holds much else besides it."""


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


@dataclass(frozen=True, slots=True)
class _Carrier:
    """A sample with one slot."""

    intent: str
    slot: str
    type: str
    before: str
    after: str

    def said(self, text: str) -> str:
        """Return what stands where the slot is; empty when the sample does not fit."""
        if not (text.startswith(self.before) and text.endswith(self.after)):
            return ""
        return text[len(self.before) : len(text) - len(self.after)]


class Resolver:
    """Finds the intent and slots of an utterance."""

    def __init__(self, model: InteractionModel, learnt: Path | None = None) -> None:
        """Learn the model's samples; `learnt` is a folder that keeps the result for the next start."""
        self._values = {
            slot_type.name: {
                normalise(name): (value.id, value.name)
                for value in slot_type.values
                for name in (value.name, *value.synonyms)
            }
            for slot_type in model.types
        }
        self._timed = timed_intents(model)
        carriers = (carrier for carrier in _carriers(model) if carrier.type in {*self._values, NUMBER_TYPE})
        self._carriers: dict[str, list[_Carrier]] = {}
        for carrier in sorted(carriers, key=lambda carrier: -len(carrier.before + carrier.after)):
            self._carriers.setdefault(carrier.before.partition(" ")[0], []).append(carrier)
        known = read_learnt(learnt)
        if known is None:
            known = learn_samples(samples_of(model))
            keep_learnt(known, learnt)
        self._exact = known.exact
        self._classifier = Classifier(known.features, known.labels, known.weights)
        self._sessions = [n for n, label in enumerate(self._labels) if label in self._timed]
        self._commands = [n for n, label in enumerate(self._labels) if label in set(known.commands)]
        hard = {name for kind, values in self._values.items() if kind != SYMPTOM_TYPE for name in values}
        hard |= {word for name in hard for word in name.split()}
        self._words = known.words
        self._repair = Repair(hard, known.words)

    @property
    def _labels(self) -> list[str]:
        return self._classifier.labels[ANSWERS]

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
        for carrier in (*self._carriers.get(text.partition(" ")[0], ()), *self._carriers.get("", ())):
            if said := carrier.said(text):
                match = self._value(carrier.type, said)
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
        found = self._classifier.scores(list(readings))
        scores = found[ANSWERS]
        answer = float(np.delete(scores, self._commands, axis=1).max())
        if len(text.split()) >= LONG_STORY and urgent_from == URGENT_ENOUGH:
            urgent_from = URGENT_STORY
        if answer >= CLEAR_QUESTION:
            urgent_from = max(urgent_from, answer + CLEARLY_WORSE)
        if danger := self._danger(found[DANGERS], urgent_from):
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
        return self._weighed(list(readings)[reading], scores[reading], float(refused[reading]))

    def _weighed(self, text: str, scores: Vector, refused: float) -> Resolution:
        """Return the likeliest of the labels, or that nothing here answers the text."""
        best = scores.argsort()[-1:-6:-1]
        words = text.split()
        sure = sureness(
            Signals(
                best=float(scores[best[0]]),
                second=float(scores[best[1]]),
                five=float(scores[best].sum()),
                refused=refused,
                known=sum(word in self._words for word in words) / len(words),
                length=len(words),
                command=bool(best[0] in self._commands),
            )
        )
        if sure < SURE_ENOUGH or scores[best[0]] < LEAST:
            return Resolution(FALLBACK, confidence=_share(1 - sure))
        intent, slots = self._read_label(self._labels[best[0]])
        close = scores[best[0]] - scores[best[1]] < NEAR_TIE
        return Resolution(intent, slots, sure, self._read_label(self._labels[best[1]])[0] if close else "")

    def _danger(self, scores: Vector, urgent_from: float) -> Resolution | None:
        """Return the likeliest danger sign, when all of them together are likely enough.

        They are weighed together, because a story may hold a little of several; and no near tie is
        asked about, because a question would cost time.
        """
        labels = self._classifier.labels[DANGERS]
        signs = [n for n, label in enumerate(labels) if label.startswith(URGENT)]
        if not signs:
            return None
        scores = scores[:, signs]
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
        yield self._repair.repaired(_SOUNDS_LIKE_RA.sub("ra", text))
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


_ASKS_TO_KNOW = re.compile(r"(?:what|why|does|do|is|are|how|where|which|who|when)\b")

_ANSWER_FIRST = re.compile(r"^(?:yes|yeah|no|nope|okay|sorry)(?: please| thanks| thank you)? (?=\w+ \w+)")
"""A yes or no before the real question, as in "no tell me about heat"."""


_SOUNDS_LIKE_RA = re.compile(r"\b(?:(?:are|our|r) (?:a|ay|hay|hey|eh)|array|our ray)\b")


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
            yield _Carrier(intent.name, slot.name, slot.type, before and f"{before} ", after and f" {after}")
