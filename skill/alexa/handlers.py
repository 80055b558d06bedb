"""The ask-sdk handlers: one for every turn of the conversation, one for requests that get no words."""

from __future__ import annotations

import logging
import traceback

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import IntentRequest, LaunchRequest, Response

from skill.alexa.responses import respond
from skill.alexa.words import WordsByLocale
from skill.conversation.place import Place

log = logging.getLogger(__name__)

BEEN_HERE = "been_here"
"""The one thing that is remembered of a listener."""


class TurnHandler(AbstractRequestHandler):
    """Answers whatever a listener says."""

    def __init__(self, words: WordsByLocale) -> None:
        """Answer with the words of the listener's locale."""
        self._words = words

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take launches and intents."""
        return isinstance(handler_input.request_envelope.request, LaunchRequest | IntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Turn the request into a reply, and keep the place for the next one."""
        attributes = handler_input.attributes_manager
        place = Place.from_attributes(attributes.session_attributes)
        first_visit = bool(handler_input.request_envelope.session.new) and _first_visit(handler_input)
        request = handler_input.request_envelope.request
        words = self._words.of(request.locale)
        reply = words.conversation.reply(place, words.turns.turn(request, first_visit=first_visit))
        attributes.session_attributes = reply.place.to_attributes()
        return respond(handler_input.response_builder, reply, words.hard_words)


class WordlessHandler(AbstractRequestHandler):
    """Answers the end of a session, and every event outside one, with nothing: words are not allowed there."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take all that other handlers left."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return an empty response."""
        return handler_input.response_builder.response


class ApologyHandler(AbstractExceptionHandler):
    """Apologises when something broke, and keeps the place so that the listener can go on."""

    def __init__(self, words: WordsByLocale) -> None:
        """Apologise with the words of the listener's locale."""
        self._words = words

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Take every exception."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Log where it broke, never what was said, and apologise where words are allowed."""
        envelope = handler_input.request_envelope
        places = traceback.format_tb(exception.__traceback__)
        log.error("%s in request %s\n%s", type(exception).__name__, envelope.request.request_id, "".join(places))
        if not isinstance(envelope.request, LaunchRequest | IntentRequest):
            return handler_input.response_builder.response
        attributes = handler_input.attributes_manager
        words = self._words.of(envelope.request.locale)
        reply = words.conversation.apologise(Place.from_attributes(attributes.session_attributes or {}))
        attributes.session_attributes = reply.place.to_attributes()
        return respond(handler_input.response_builder, reply, words.hard_words)


def _first_visit(handler_input: HandlerInput) -> bool:
    """Tell whether this listener is new, and remember that they have been here.

    A memory that fails costs a listener a longer welcome, never an answer.
    """
    attributes = handler_input.attributes_manager
    try:
        remembered = attributes.persistent_attributes
        if remembered.get(BEEN_HERE):
            return False
        attributes.persistent_attributes = {**remembered, BEEN_HERE: True}
        attributes.save_persistent_attributes()
    except PersistenceException as error:
        log.warning("Memory failed: %s", error)
    return True
