"""Builds an interaction model from plain lists of what people say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interaction_model.model import Intent, InteractionModel, Slot, SlotType, SlotValue
from interaction_model.names import (
    ABOUT,
    DEFINE,
    DESCRIBE,
    FALLBACK,
    MINUTES,
    NUMBER_TYPE,
    QUERY,
    QUERY_TYPE,
    SYMPTOM,
    SYMPTOM_INTENT,
    SYMPTOM_TYPE,
    TERM,
    TERM_TYPE,
    TOPIC,
    TOPIC_TYPE,
)

INVOCATION_NAME = "gentle back"


@dataclass(frozen=True, slots=True)
class Sayings:
    """What people say, before it is an interaction model."""

    intents: Mapping[str, tuple[str, ...]]
    """Samples by intent name; a name may be one of Alexa's own, and a sample may hold `{minutes}`."""
    about: tuple[str, ...]
    """Samples with a `{topic}` slot."""
    topics: Iterable[SlotValue]
    define: tuple[str, ...]
    """Samples with a `{term}` slot."""
    terms: Iterable[SlotValue]
    symptom: tuple[str, ...]
    """Samples with a `{symptom}` slot."""
    symptoms: Iterable[SlotValue]
    describe: tuple[str, ...]
    """Samples that end in a `{query}` slot."""
    out_of_scope: tuple[str, ...]


def build(sayings: Sayings) -> InteractionModel:
    """Put them together, with the intents that Alexa asks of every skill."""
    intents = [Intent(name, samples, _minutes(samples)) for name, samples in sayings.intents.items()]
    intents.append(Intent(ABOUT, sayings.about, (Slot(TOPIC, TOPIC_TYPE),)))
    intents.append(Intent(DEFINE, sayings.define, (Slot(TERM, TERM_TYPE),)))
    intents.append(Intent(SYMPTOM_INTENT, sayings.symptom, (Slot(SYMPTOM, SYMPTOM_TYPE),)))
    intents.append(Intent(DESCRIBE, sayings.describe, (Slot(QUERY, QUERY_TYPE),)))
    intents.append(Intent(FALLBACK, sayings.out_of_scope))
    types = (
        SlotType(TOPIC_TYPE, tuple(sayings.topics)),
        SlotType(TERM_TYPE, tuple(sayings.terms)),
        SlotType(SYMPTOM_TYPE, tuple(sayings.symptoms)),
    )
    return InteractionModel(INVOCATION_NAME, tuple(intents), types)


def _minutes(samples: tuple[str, ...]) -> tuple[Slot, ...]:
    return (Slot(MINUTES, NUMBER_TYPE),) if any(f"{{{MINUTES}}}" in sample for sample in samples) else ()
