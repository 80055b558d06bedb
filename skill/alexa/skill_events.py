"""What Alexa reports about the skill itself: that a listener has switched it off."""

from __future__ import annotations

import logging

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response
from ask_sdk_model.events.skillevents import SkillDisabledRequest

from skill.alexa.remembering import forget

log = logging.getLogger(__name__)


class DisabledHandler(AbstractRequestHandler):
    """Erases what is remembered of a listener who has switched the skill off."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take the one event."""
        return isinstance(handler_input.request_envelope.request, SkillDisabledRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return an empty response; a memory that fails is logged."""
        if not forget(handler_input) and not forget(handler_input):
            log.error("Memory failed: a listener who left is not erased")
        return handler_input.response_builder.response
