"""An Alexa request to a turn of the conversation."""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_model import Intent, LaunchRequest, Request
from ask_sdk_model.slu.entityresolution import StatusCode

from interaction_model.build import ABOUT, DEFINE, TERM, TOPIC
from interaction_model.model import intent_name
from skill.conversation.turn import Turn, Want
from skill.library import Library
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
        }

    def turn(self, request: Request, *, first_visit: bool = False) -> Turn:
        """Return what the listener wants; an intent that is not in the table is unclear."""
        if isinstance(request, LaunchRequest):
            return Turn(Want.LAUNCH, first_visit=first_visit)
        intent: Intent = request.intent
        if intent.name == ABOUT:
            entry = _slot_id(intent, TOPIC)
            return Turn(Want.ANSWER, entry) if entry in self._entries else Turn(Want.UNCLEAR)
        if intent.name == DEFINE:
            return Turn(Want.DEFINE, self._terms.get(_slot_id(intent, TERM), ""))
        return self._turns.get(intent.name, Turn(Want.UNCLEAR))


def _slot_id(intent: Intent, name: str) -> str:
    """Return the id that Alexa resolved a slot to; empty when it resolved none."""
    slot = (intent.slots or {}).get(name)
    resolutions = slot.resolutions if slot else None
    for authority in (resolutions.resolutions_per_authority or []) if resolutions else []:
        matched = authority.status and authority.status.code == StatusCode.ER_SUCCESS_MATCH
        for wrapper in (authority.values or []) if matched else []:
            if wrapper.value and wrapper.value.id:
                return str(wrapper.value.id)
    return ""
