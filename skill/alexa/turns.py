"""An Alexa request to a turn of the conversation."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ask_sdk_model import Intent, LaunchRequest, Request, Slot
from ask_sdk_model.interfaces.alexa.presentation.apl import UserEvent
from ask_sdk_model.slu.entityresolution import StatusCode

from interaction_model.names import (
    ABOUT,
    DEFINE,
    DESCRIBE,
    MINUTES,
    SYMPTOM,
    TERM,
    TOPIC,
    intent_name,
    term_id,
    urgent_intent_name,
)
from skill.conversation.turn import CHOICES, Turn, Want
from skill.library import Library

if TYPE_CHECKING:
    from skill.safety.screening import Screen

LONGEST_NUMBER = 4
"""Digits."""


class Turns:
    """The table of intents: one line for each command, one for each entry."""

    def __init__(self, library: Library) -> None:
        """Take the intents of a library."""
        self._entries = frozenset(library.entries)
        self._first = library.frame.first
        self._terms = {term_id(word): word for word in library.terms}
        self._turns: Mapping[str, Turn] = {
            **{command.intent: Turn(Want(command.want)) for command in library.commands},
            **{intent_name(name): Turn(Want.ANSWER, name) for name in library.entries},
            **{intent_name(name): Turn(Want.RELAX, name) for name in library.scripts},
            **{
                urgent_intent_name(danger.name, crisis=danger.crisis): Turn(Want.DANGER, danger.name)
                for danger in library.dangers
            },
        }
        self._dangers = frozenset(danger.name for danger in library.dangers)
        self._library = library

    @functools.cached_property
    def screen(self) -> Screen:
        """The danger signs of the same library, for words that stand in no list."""
        from skill.safety.screening import Screen  # noqa: PLC0415 (most requests name an intent, and need none)

        return Screen(self._library)

    def turn(self, request: Request) -> Turn:
        """Return what the listener wants; an intent that is not in the table is unclear."""
        if isinstance(request, LaunchRequest):
            wanted = Turn(Want.LAUNCH)
        else:
            wanted = self._touched(request) if isinstance(request, UserEvent) else self.of_intent(request.intent)
        return replace(wanted, at=said_at(request))

    def of_intent(self, intent: Intent) -> Turn:
        """Return what an intent asks for, out of the blue."""
        if danger := self._danger(intent):
            return Turn(Want.DANGER, danger)
        if intent.name == ABOUT:
            first, second, *_ = *(entry for entry in _slot_ids(intent, TOPIC) if entry in self._entries), "", ""
            if second:
                return Turn(Want.WHICH, first, other=second)
            return Turn(Want.ANSWER, first) if first else Turn(Want.UNCLEAR)
        if intent.name == DEFINE:
            return Turn(Want.DEFINE, self._terms.get(next(_slot_ids(intent, TERM), ""), ""))
        return replace(self._turns.get(intent.name, Turn(Want.UNCLEAR)), minutes=minutes_of(intent))

    def _touched(self, event: UserEvent) -> Turn:
        """Return the choice that was touched on a screen; anything else is unclear.

        Touching "Relax" begins at once, at the usual length: how many minutes cannot be touched.
        """
        choice = (event.arguments or [""])[0]
        if choice not in CHOICES:
            return Turn(Want.UNCLEAR)
        return Turn(Want(choice), self._first if choice == Want.RELAX else "")

    def _danger(self, intent: Intent) -> str:
        """Return the danger sign in an intent's slots, their free words screened; empty when there is none."""
        symptom = next((sign for sign in _slot_ids(intent, SYMPTOM) if sign in self._dangers), "")
        if symptom:
            return symptom
        for slot in filter(None, (intent.slots or {}).values()):
            finding = self.screen.screen(_said(intent, slot))
            if finding and not finding.look_alike:
                return finding.danger.name
        return ""


def said_at(request: Request) -> float:
    """Return when a request was made, in seconds since 1970; Alexa writes whole seconds."""
    return float(request.timestamp.timestamp()) if request.timestamp else 0.0


def minutes_of(intent: Intent) -> int:
    """Return the number of minutes that was said; 0 for none, and for what Alexa writes as "?"."""
    slot = (intent.slots or {}).get(MINUTES)
    said = slot.value if slot else None
    return int(said) if said and said.isdecimal() and len(said) <= LONGEST_NUMBER else 0


def _said(intent: Intent, slot: Slot) -> str:
    """Return what was said in a slot; a query gets back the "I" that its carrier phrase took."""
    return f"i {slot.value}" if intent.name == DESCRIBE and slot.value else slot.value or ""


def _slot_ids(intent: Intent, name: str) -> Iterator[str]:
    """Yield the ids that Alexa resolved a slot to, the likeliest first; several where it was in doubt."""
    slot = (intent.slots or {}).get(name)
    resolutions = slot.resolutions if slot else None
    for authority in filter(None, (resolutions.resolutions_per_authority or []) if resolutions else []):
        matched = authority.status and authority.status.code == StatusCode.ER_SUCCESS_MATCH
        for wrapper in filter(None, (authority.values or []) if matched else []):
            if wrapper.value and wrapper.value.id:
                yield str(wrapper.value.id)
