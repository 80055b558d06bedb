"""An Alexa request to a turn of the conversation."""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_model import Intent, LaunchRequest, Request, Slot
from ask_sdk_model.slu.entityresolution import StatusCode

from interaction_model.build import ABOUT, DEFINE, DESCRIBE, SYMPTOM, TERM, TOPIC
from interaction_model.model import intent_name, urgent_intent_name
from skill.conversation.turn import Turn, Want
from skill.library import Danger, Library
from skill.safety.screening import Screen
from skill.sayings import term_id


class Turns:
    """The table of intents: one line for each command, one for each entry."""

    def __init__(self, library: Library) -> None:
        """Take the intents of a library."""
        self._entries = frozenset(library.entries)
        self._terms = {term_id(word): word for word in library.terms}
        self._turns: Mapping[str, Turn] = {
            **{command.intent: Turn(Want(command.want)) for command in library.commands},
            **{intent_name(name): Turn(Want.ANSWER, name) for name in library.entries},
            **{
                urgent_intent_name(danger.name, crisis=danger.crisis): Turn(Want.DANGER, danger.name)
                for danger in library.dangers
            },
        }
        self._dangers = frozenset(danger.name for danger in library.dangers)
        self._screen = Screen(library)

    def turn(self, request: Request, *, first_visit: bool = False) -> Turn:
        """Return what the listener wants; an intent that is not in the table is unclear."""
        if isinstance(request, LaunchRequest):
            return Turn(Want.LAUNCH, first_visit=first_visit)
        intent: Intent = request.intent
        if danger := self._danger(intent):
            return Turn(Want.DANGER, danger)
        if intent.name == ABOUT:
            entry = _slot_id(intent, TOPIC)
            return Turn(Want.ANSWER, entry) if entry in self._entries else Turn(Want.UNCLEAR)
        if intent.name == DEFINE:
            return Turn(Want.DEFINE, self._terms.get(_slot_id(intent, TERM), ""))
        return self._turns.get(intent.name, Turn(Want.UNCLEAR))

    def _danger(self, intent: Intent) -> str:
        """Return the danger sign in an intent's slots, their free words screened; empty when there is none."""
        symptom = _slot_id(intent, SYMPTOM)
        if symptom in self._dangers:
            return symptom
        for slot in filter(None, (intent.slots or {}).values()):
            finding = self._screen.screen(_said(intent, slot))
            if finding and not finding.look_alike:
                return finding.danger.name
        return ""


def _intent_of(danger: Danger) -> str:
    return urgent_intent_name(danger.name, crisis=danger.crisis)


def _said(intent: Intent, slot: Slot) -> str:
    """Return what was said in a slot; a query gets back the "I" that its carrier phrase took."""
    return f"i {slot.value}" if intent.name == DESCRIBE and slot.value else slot.value or ""


def _slot_id(intent: Intent, name: str) -> str:
    """Return the id that Alexa resolved a slot to; empty when it resolved none."""
    slot = (intent.slots or {}).get(name)
    resolutions = slot.resolutions if slot else None
    for authority in filter(None, (resolutions.resolutions_per_authority or []) if resolutions else []):
        matched = authority.status and authority.status.code == StatusCode.ER_SUCCESS_MATCH
        for wrapper in filter(None, (authority.values or []) if matched else []):
            if wrapper.value and wrapper.value.id:
                return str(wrapper.value.id)
    return ""
