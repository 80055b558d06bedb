"""What may be said to the skill, for a recogniser, and the likeliest of its readings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from interaction_model.build import NUMBER_TYPE
from interaction_model.model import SLOT, InteractionModel
from interaction_model.normalise import spoken_words

CARRIERS = 3
"""Samples that each value of a slot is put into: enough to be expected there, few enough not to drown the rest."""

_NUMBERS = ("two", "three", "five", "seven", "ten", "twelve", "fifteen", "twenty", "thirty")


def spoken(model: InteractionModel) -> Iterator[str]:
    """Yield sentences as they are said, of all samples of a model, each slot filled in."""
    values = {kind.name: [name for v in kind.values for name in (v.name, *v.synonyms)] for kind in model.types}
    values[NUMBER_TYPE] = list(_NUMBERS)
    for intent in model.intents:
        types = {slot.name: slot.type for slot in intent.slots}
        plain = [sample for sample in intent.samples if not SLOT.search(sample)]
        open_ones = [sample for sample in intent.samples if SLOT.search(sample)]
        yield from filter(None, map(spoken_words, plain))
        for slot, kind in types.items():
            carriers = itertools.cycle([sample for sample in open_ones if SLOT.findall(sample) == [slot]] or [""])
            for value in values.get(kind, ()):
                for sample in itertools.islice(carriers, CARRIERS):
                    yield spoken_words(re.sub(SLOT, value, sample)) or spoken_words(value)
