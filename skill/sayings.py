"""What the library says that people ask, as an interaction model."""

from __future__ import annotations

from collections.abc import Iterator

from interaction_model.build import Sayings, build
from interaction_model.model import InteractionModel, SlotValue
from interaction_model.names import HARMLESS, intent_name, term_id, urgent_intent_name
from skill.library import Library
from skill.library.scripts import Script

SPELT_OUT = 2
"""With how many names of a session its carriers are written out; more would only repeat them."""


def interaction_model(library: Library) -> InteractionModel:
    """Build the interaction model of a library: an intent for each entry and each command."""
    intents = {intent_name(entry.name): entry.asks for entry in library.entries.values()}
    intents |= {intent_name(script.name): tuple(_session_asks(script, library)) for script in library.scripts.values()}
    intents |= {command.intent: command.asks for command in library.commands}
    intents |= {urgent_intent_name(danger.name, crisis=danger.crisis): danger.asks for danger in library.dangers}
    intents[HARMLESS] = library.look_alikes
    return build(
        Sayings(
            intents=intents,
            about=library.about,
            topics=[SlotValue(e.name, e.names[0], e.names[1:]) for e in library.entries.values()],
            define=library.define,
            terms=[SlotValue(term_id(term.word), term.word, term.names) for term in library.terms.values()],
            symptom=library.symptom,
            symptoms=[SlotValue(d.name, d.symptoms[0], d.symptoms[1:]) for d in library.dangers],
            describe=library.describe,
            out_of_scope=library.out_of_scope,
        )
    )


def _session_asks(script: Script, library: Library) -> Iterator[str]:
    """Yield how people ask for a session: its own asks, its names, and both with a number of minutes."""
    carried = (carrier.replace("{session}", name) for name in script.names[:SPELT_OUT] for carrier in library.session)
    yield from dict.fromkeys((*script.asks, *script.names, *carried))
