"""The least that a skill on the ask-sdk can be: one handler that says one sentence. It is what ours is held against."""

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import Response


class Hello(AbstractRequestHandler):
    """Answers everything alike."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take every request."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say hello."""
        return handler_input.response_builder.speak("Hello.").response


builder = SkillBuilder()
builder.add_request_handler(Hello())
handler = builder.lambda_handler()
