"""A reply of the conversation to an Alexa response."""

from __future__ import annotations

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model import Response
from ask_sdk_model.ui import SimpleCard

from skill.conversation.reply import Reply
from speech.captions import plain_text
from speech.pronunciation import Pronunciations
from speech.ssml import to_ssml_content


def respond(builder: ResponseFactory, reply: Reply, hard_words: Pronunciations) -> Response:
    """Fill the response: speech and a card with the same words, a reprompt exactly when we listen."""
    builder.speak(to_ssml_content(reply.words, hard_words))
    builder.set_card(SimpleCard(title=reply.title, content="\n".join([plain_text(reply.words), *reply.notes])))
    if reply.listening:
        builder.ask(to_ssml_content(reply.reprompt, hard_words))
    else:
        builder.set_should_end_session(True)
    return builder.response
