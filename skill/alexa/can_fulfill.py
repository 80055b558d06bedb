"""Whether a request that named no skill is one for us: Alexa asks before it sends it to anybody."""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Intent, Response
from ask_sdk_model.canfulfill import (
    CanFulfillIntent,
    CanFulfillIntentRequest,
    CanFulfillIntentValues,
    CanFulfillSlot,
    CanFulfillSlotValues,
    CanUnderstandSlotValues,
)

from interaction_model.names import MINUTES
from skill.alexa.turns import minutes_of
from skill.alexa.words import Words, WordsByLocale
from skill.conversation.turn import Turn, Want

LOCALE = "en-US"
"""Where Alexa asks; anywhere else the honest answer is no."""

YES, NO = CanFulfillIntentValues.YES, CanFulfillIntentValues.NO


class CanFulfillHandler(AbstractRequestHandler):
    """Says yes to what an entry or a session answers, and no to all else: commands, dangers, what is not covered."""

    def __init__(self, words: WordsByLocale) -> None:
        """Take the words, to know what there is."""
        self._words = words

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take Alexa's question."""
        return isinstance(handler_input.request_envelope.request, CanFulfillIntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer without a word, and without remembering anything."""
        request = handler_input.request_envelope.request
        words = self._words.of(request.locale)
        turn = words.turns.of_intent(request.intent)
        fulfilled = request.locale == LOCALE and _fulfils(turn, words)
        response = handler_input.response_builder.response
        response.can_fulfill_intent = CanFulfillIntent(
            can_fulfill=YES if fulfilled else NO, slots=_slots(request.intent, turn, fulfilled=fulfilled)
        )
        return response


def _fulfils(turn: Turn, words: Words) -> bool:
    """Tell whether a turn alone, out of the blue, gets what was asked for."""
    match turn.want:
        case Want.ANSWER:
            return words.library.entries[turn.about].covered
        case Want.DEFINE:
            return bool(turn.about)
        case Want.RELAX:
            return bool(turn.about)
        case _:
            return False


def _slots(intent: Intent, turn: Turn, *, fulfilled: bool) -> Mapping[str, CanFulfillSlot]:
    """Say of each slot that has a value whether it was understood, and whether something comes of it."""
    slots = {}
    for name, slot in (intent.slots or {}).items():
        if slot is None or not slot.value:
            continue
        understood = minutes_of(intent) > 0 if name == MINUTES else bool(turn.about)
        slots[name] = CanFulfillSlot(
            can_understand=CanUnderstandSlotValues.YES if understood else CanUnderstandSlotValues.NO,
            can_fulfill=CanFulfillSlotValues.YES if understood and fulfilled else CanFulfillSlotValues.NO,
        )
    return slots
