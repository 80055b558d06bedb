"""The names of intents, slots and slot values, by which a model and what answers it know each other."""

from __future__ import annotations

FALLBACK = "AMAZON.FallbackIntent"

ABOUT, TOPIC, TOPIC_TYPE = "AboutIntent", "topic", "TOPIC"
DEFINE, TERM, TERM_TYPE = "DefineIntent", "term", "TERM"
SYMPTOM_INTENT, SYMPTOM, SYMPTOM_TYPE = "SymptomIntent", "symptom", "SYMPTOM"
DESCRIBE, QUERY, QUERY_TYPE = "DescribeIntent", "query", "AMAZON.SearchQuery"
MINUTES, NUMBER_TYPE = "minutes", "AMAZON.NUMBER"

URGENT = "Urgent"
"""Intents of danger signs begin with this: they are understood together, and before all others."""

CRISIS = URGENT + "Crisis"
"""Urgent intents of thoughts of suicide and self-harm begin with this: for them less evidence is enough."""

HARMLESS = "HarmlessIntent"
"""What sounds like a danger sign and is none; it takes such words away from the urgent intents."""


def intent_name(entry: str) -> str:
    """Return the intent of an entry: `ice-how-long` is asked for by `IceHowLongIntent`."""
    return "".join(part.capitalize() for part in entry.split("-")) + "Intent"


def urgent_intent_name(danger: str, *, crisis: bool) -> str:
    """Return the intent of a danger sign: `chest-pain` is `UrgentChestPainIntent`."""
    return (CRISIS if crisis else URGENT) + intent_name(danger)


def term_id(word: str) -> str:
    """Return the slot value id of a glossary word."""
    return word.replace(" ", "-")
