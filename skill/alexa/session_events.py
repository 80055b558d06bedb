"""The ask-sdk handlers of a session's end, and of all events that get no words."""

from __future__ import annotations

import logging

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response, SessionEndedRequest
from ask_sdk_model.interfaces.system import ExceptionEncounteredRequest

from skill.alexa.remembering import remember
from skill.alexa.turns import said_at
from skill.alexa.words import WordsByLocale
from skill.conversation.place import Place

log = logging.getLogger(__name__)


class SessionEndedHandler(AbstractRequestHandler):
    """Notes what is offered next time, when the Alexa session ends: a relaxation session, or the last answer."""

    def __init__(self, words: WordsByLocale) -> None:
        """Take the words, to know what was heard."""
        self._words = words

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take the end of a session."""
        return isinstance(handler_input.request_envelope.request, SessionEndedRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return an empty response: no other is allowed."""
        request = handler_input.request_envelope.request
        if request.error:
            log.error("Alexa refused our answer: %s", request.error.object_type or "an unknown error")
        session = handler_input.request_envelope.session
        place = Place.from_attributes((session.attributes if session else None) or {})
        left = self._words.of(request.locale).conversation.left(place, said_at(request))
        remember(handler_input, place.to_memory(), left)
        return handler_input.response_builder.response


class WordlessHandler(AbstractRequestHandler):
    """Answers every other event with nothing: words are not allowed there."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take all that other handlers left."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return an empty response; what Alexa refused of us is logged."""
        request = handler_input.request_envelope.request
        if isinstance(request, ExceptionEncounteredRequest):
            cause = request.cause.request_id if request.cause else "an unknown request"
            kind = (request.error and request.error.object_type) or "an unknown error"
            log.error("Alexa refused our answer: %s, to request %s", kind, cause)
        return handler_input.response_builder.response
