"""What Alexa reports about the skill itself: that a listener has switched it off."""

from __future__ import annotations

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response
from ask_sdk_model.events.skillevents import SkillDisabledRequest

from skill.alexa.remembering import forget


class DisabledHandler(AbstractRequestHandler):
    """Erases what is remembered of a listener who has switched the skill off."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take the one event."""
        return isinstance(handler_input.request_envelope.request, SkillDisabledRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return an empty response; a memory that fails is logged."""
        forget(handler_input)
        return handler_input.response_builder.response
