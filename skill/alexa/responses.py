"""A reply of the conversation to an Alexa response."""

from __future__ import annotations

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model import Response
from ask_sdk_model.interfaces.audioplayer import ClearBehavior, ClearQueueDirective, PlayDirective, StopDirective
from ask_sdk_model.ui import SimpleCard

from skill.alexa.chapters import chapters
from skill.alexa.limits import LONGEST_CARD
from skill.conversation.reply import Reply
from speech.captions import plain_text
from speech.document import Spoken
from speech.pronunciation import Pronunciations
from speech.ssml import to_ssml_content


def respond(
    builder: ResponseFactory, reply: Reply, hard_words: Pronunciations, *, end_stream: bool = False
) -> Response:
    """Fill the response: speech, a card with the same words, and what is heard when nobody answers.

    `end_stream` ends the recording that was being heard, which would go on by itself after the words.
    """
    first, following = chapters(reply.words, reply.reprompt, hard_words)
    builder.speak(first)
    builder.set_card(_card(reply))
    if following:
        builder.ask(following)
    builder.set_should_end_session(not reply.listening)
    if end_stream:
        # A developer reports that devices ignore a stop directive beside speech; clearing the queue ends it too.
        builder.add_directive(ClearQueueDirective(clear_behavior=ClearBehavior.CLEAR_ALL))
    return builder.response


def respond_with_stream(
    builder: ResponseFactory, reply: Reply, play: PlayDirective, preface: Spoken, hard_words: Pronunciations
) -> Response:
    """Fill the response: a recording that plays outside the session, after what is said first."""
    if preface:
        builder.speak(to_ssml_content(preface, hard_words))
    builder.set_card(_card(reply))
    builder.add_directive(play)
    builder.set_should_end_session(True)
    return builder.response


def respond_with_stop(builder: ResponseFactory) -> Response:
    """Stop the recording, and say nothing: a developer reports that words beside the directive undo it."""
    builder.add_directive(StopDirective())
    builder.set_should_end_session(True)
    return builder.response


def _card(reply: Reply) -> SimpleCard:
    content = "\n".join([plain_text(reply.words), *reply.notes])
    return SimpleCard(title=reply.title, content=content[: LONGEST_CARD - len(reply.title)])
