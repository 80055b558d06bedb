"""What a resolver learns of a model: each sample, and each slot value as it would be said, with a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interaction_model.learning import NO_LABEL
from interaction_model.model import SLOT, InteractionModel
from interaction_model.names import HARMLESS, NUMBER_TYPE, URGENT, intent_name, urgent_intent_name
from interaction_model.normalise import normalise

ANSWERS, DANGERS = "answers", "dangers"
"""The questions that are asked of each utterance."""

FEW_WORDS = 3.72
"""Words a sample, on the average: intents below it are commands."""

_ANY_NUMBER = "five"
"""Stands for all numbers when a sample with one is learnt."""

_TAUGHT_CARRIERS = 2
"""How many samples of a slot intent are learnt with each value: more only repeat the value."""


@dataclass(frozen=True, slots=True)
class Samples:
    """A model's wordings in their plain form."""

    exact: Mapping[str, str]
    """The intent of each wording that has no slot."""
    taught: tuple[tuple[str, str], ...]
    """Texts and labels; a label is an intent, or `intent#slot#value`."""
    commands: tuple[str, ...]
    """The labels of what people say in a few words, such as "stop" and "a bit slower"."""
    words: Mapping[str, int]
    """How often each plain word is said; words of sessions, such as "sigh", may stand for a hard one instead."""

    @property
    def questions(self) -> dict[str, list[str]]:
        """Each text's label, by question: samples of danger signs are stories, which would draw others to them."""
        labels = [label for _, label in self.taught]
        return {
            ANSWERS: [NO_LABEL if label.startswith((URGENT, HARMLESS)) else label for label in labels],
            DANGERS: [label if label.startswith(URGENT) else HARMLESS for label in labels],
        }


def timed_intents(model: InteractionModel) -> frozenset[str]:
    """Return the intents that take a number of minutes."""
    return frozenset(intent.name for intent in model.intents for slot in intent.slots if slot.type == NUMBER_TYPE)


def samples_of(model: InteractionModel) -> Samples:
    """Bring a model's samples to their plain form."""
    exact = {
        normalise(sample): intent.name
        for intent in model.intents
        for sample in intent.samples
        if not SLOT.search(sample)
    }
    taught = tuple([(text, name) for text, name in exact.items() if text] + list(_with_slots(model)))
    timed = timed_intents(model)
    words = Counter(word for text, label in taught if label not in timed for word in text.split())
    return Samples(exact, taught, _commands(taught), words)


def _with_slots(model: InteractionModel) -> Iterator[tuple[str, str]]:
    timed, named = timed_intents(model), {intent.name for intent in model.intents}
    types = {kind.name: kind.values for kind in model.types}
    for intent in model.intents:
        for sample in intent.samples if intent.name in timed else ():
            if SLOT.search(sample):
                yield normalise(SLOT.sub(_ANY_NUMBER, sample)), intent.name
        for slot in intent.slots:
            for value in types.get(slot.type, ()):
                own = next((own for own in _own_intents(value.id) if own in named), "")
                for name in dict.fromkeys(map(normalise, (value.name, *value.synonyms))):
                    if own:  # "ice" asks for the entry `ice`, whose intent has more samples
                        yield name, own
                    else:
                        for sample in intent.samples[:_TAUGHT_CARRIERS]:
                            yield normalise(SLOT.sub(name, sample)), f"{intent.name}#{slot.name}#{value.id}"


def _own_intents(value: str) -> tuple[str, ...]:
    """Return the names that the intent of a slot value of this id may have."""
    urgent = (urgent_intent_name(value, crisis=crisis) for crisis in (False, True))
    return intent_name(value), *urgent


def _commands(taught: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    lengths: dict[str, list[int]] = {}
    for text, label in taught:
        lengths.setdefault(label, []).append(len(text.split()))
    return tuple(
        label
        for label, counts in sorted(lengths.items())
        if label.startswith("AMAZON.") or ("#" not in label and sum(counts) / len(counts) < FEW_WORDS)
    )
