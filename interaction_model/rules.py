"""Alexa's own rules for an interaction model, each broken one as a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interaction_model.model import SLOT, InteractionModel

REQUIRED = (
    "AMAZON.CancelIntent",
    "AMAZON.FallbackIntent",
    "AMAZON.HelpIntent",
    "AMAZON.NavigateHomeIntent",
    "AMAZON.StopIntent",
)
MOST_INTENTS = 250
LONGEST_SAMPLE = 200
LONGEST_VALUE = 140
LARGEST_MODEL = 1_500_000
"""Bytes of JSON. These limits are remembered, not read on a page of Amazon's; all are far away."""

_INVOCATION = re.compile(r"[a-z]+(?: [a-z']+)+")
_NOT_IN_INVOCATION = frozenset(
    [
        "alexa",
        "amazon",
        "echo",
        "computer",
        "skill",
        "app",
        "run",
        "start",
        "play",
        "resume",
        "use",
        "launch",
        "ask",
        "open",
        "tell",
        "load",
        "begin",
        "enable",
        "the",
        "a",
        "an",
        "for",
        "to",
        "of",
        "from",
        "in",
        "using",
        "with",
        "about",
        "that",
        "by",
        "if",
        "and",
        "whether",
    ]
)
_SAMPLE = re.compile(r"(?:[a-z'_-]|(?<![a-z])[a-z]\.|\{\w+\}| )+")
_NAME = re.compile(r"(?:AMAZON\.)?[A-Za-z_]+")


def broken_rules(model: InteractionModel) -> list[str]:
    """Return what Alexa would refuse, or a reviewer would; empty when nothing."""
    return [*_invocation(model), *_intents(model), *_samples(model), *_slots(model), *_size(model)]


def _invocation(model: InteractionModel) -> Iterator[str]:
    name = model.invocation_name
    if not _INVOCATION.fullmatch(name):
        yield f'invocation name "{name}": use two or more words of small letters'
    for word in name.split():
        if word in _NOT_IN_INVOCATION:
            yield f'invocation name "{name}": Alexa keeps the word "{word}" for itself'


def _intents(model: InteractionModel) -> Iterator[str]:
    names = [intent.name for intent in model.intents]
    for name in REQUIRED:
        if name not in names:
            yield f"{name} is missing: every skill needs it"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name} is there twice: join the two"
    if len(names) > MOST_INTENTS:
        yield f"there are {len(names)} intents: Alexa takes {MOST_INTENTS}"
    for intent in model.intents:
        if not _NAME.fullmatch(intent.name):
            yield f'intent "{intent.name}": use letters and underscores'
        if not intent.samples and not intent.name.startswith("AMAZON."):
            yield f"{intent.name} has no samples: nobody can reach it"


def _samples(model: InteractionModel) -> Iterator[str]:
    owners: dict[str, str] = {}
    for intent in model.intents:
        slots = {slot.name for slot in intent.slots}
        for sample in intent.samples:
            owner = owners.setdefault(sample, intent.name)
            if owner != intent.name:
                yield f'"{sample}" is a sample of {owner} and of {intent.name}: keep it in one'
            if not _SAMPLE.fullmatch(sample) or len(sample) > LONGEST_SAMPLE:
                yield f'"{sample}" of {intent.name}: use small letters, spaces, apostrophes and hyphens'
            for used in SLOT.findall(sample):
                if used not in slots:
                    yield f'"{sample}" of {intent.name} uses the slot {used}, which the intent lacks'


def _slots(model: InteractionModel) -> Iterator[str]:
    types = {slot_type.name for slot_type in model.types}
    kinds: dict[str, str] = {}
    for intent in model.intents:
        for slot in intent.slots:
            if slot.type not in types and not slot.type.startswith("AMAZON."):
                yield f"slot {slot.name} of {intent.name} has the type {slot.type}, which is not there"
            if kinds.setdefault(slot.name, slot.type) != slot.type:
                yield f"slot {slot.name} has two types: a slot name has one type in the whole model"
    for slot_type in model.types:
        owners: dict[str, str] = {}
        for value in slot_type.values:
            for name in (value.name, *value.synonyms):
                if owners.setdefault(name, value.id) != value.id:
                    yield f'"{name}" of {slot_type.name} stands for {owners[name]} and for {value.id}'
                if len(name) > LONGEST_VALUE:
                    yield f'"{name}" of {slot_type.name} is longer than {LONGEST_VALUE} characters'


def _size(model: InteractionModel) -> Iterator[str]:
    size = len(model.to_json().encode())
    if size > LARGEST_MODEL:
        yield f"the model is {size} bytes: Alexa takes {LARGEST_MODEL}"
