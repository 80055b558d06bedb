"""The ask-sdk handlers of what is said, and of what went wrong; `events.py` has those of all else."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import IntentRequest, LaunchRequest, Response
from ask_sdk_model.interfaces.alexa.presentation.apl import UserEvent

from skill.alexa.playback import as_spoken, as_stream, interrupted
from skill.alexa.remembering import NOTICE, forget, recall, remember
from skill.alexa.responses import respond, respond_with_stop, respond_with_stream
from skill.alexa.screens import has_screen, screen
from skill.alexa.turns import said_at
from skill.alexa.words import Words, WordsByLocale
from skill.conversation.place import Place
from skill.conversation.reply import Reply
from skill.conversation.turn import Turn, Want

if TYPE_CHECKING:
    from skill.alexa.streams import Streams

log = logging.getLogger(__name__)

SAID = LaunchRequest | IntentRequest | UserEvent
"""What a listener said, or touched instead."""

ENDS_A_STREAM = frozenset({Want.PAUSE, Want.STOP, Want.CANCEL})
"""What is answered by ending the recording, without a word."""


class TurnHandler(AbstractRequestHandler):
    """Answers whatever a listener says."""

    def __init__(self, words: WordsByLocale, streams: Streams | None) -> None:
        """Answer with the words of the listener's locale; `streams` are recordings, where they are hosted."""
        self._words = words
        self._streams = streams

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take launches, intents, and touched choices."""
        return isinstance(handler_input.request_envelope.request, SAID)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Turn the request into a reply, and keep the place for the next one."""
        envelope = handler_input.request_envelope
        words = self._words.of(envelope.request.locale)
        turn = words.turns.turn(envelope.request)
        place = _place(handler_input)
        before = place.to_memory()
        kept = place.practice if place.practice and place.practice.known(words.library) else None
        practice, heard = interrupted(envelope.context, kept, turn.at, words.library)
        place = replace(place, practice=practice)
        reply = words.conversation.reply(place, turn)
        if turn.want is Want.FORGET:
            if forget(handler_input):
                before = reply.place.to_memory()  # nothing is left to write
            else:
                reply = words.conversation.unforgotten(place)
        notice = handler_input.attributes_manager.request_attributes.get(NOTICE)
        if notice and not reply.place.alarm:  # nothing goes before a danger sign
            reply = words.conversation.begin_with(notice, reply)
        return self._respond(handler_input, words, reply, turn, before, stream_heard=heard)

    def _respond(
        self,
        handler_input: HandlerInput,
        words: Words,
        reply: Reply,
        turn: Turn,
        before: dict[str, object],
        *,
        stream_heard: bool,
    ) -> Response:
        builder, context = handler_input.response_builder, handler_input.request_envelope.context
        practice, session = reply.place.practice, reply.session
        place = reply.place
        streams = self._streams if not place.spoken_only else None
        if session and practice and streams and streams.can_play(practice, words.library, context):
            practice = as_stream(practice, turn.at)
            place = replace(place, practice=practice)
            play = streams.play(practice, session.plan, reply.title)
            response = respond_with_stream(builder, reply, play, session.preface, words.hard_words)
            return _kept(handler_input, before, place, response)
        if stream_heard and turn.want in ENDS_A_STREAM:
            return _kept(handler_input, before, place, respond_with_stop(builder))
        if practice and practice.playing:
            place = replace(place, practice=as_spoken(practice))
        if has_screen(context):
            builder.add_directive(screen(reply, words.library))
        response = respond(builder, reply, words.hard_words, end_stream=stream_heard)
        return _kept(handler_input, before, place, response)


def _place(handler_input: HandlerInput) -> Place:
    """Return where the conversation is: from the session, or from memory where a session begins."""
    session = handler_input.request_envelope.session
    if session is None or session.new or not session.attributes:
        return recall(handler_input)
    return Place.from_attributes(session.attributes)


def _kept(handler_input: HandlerInput, before: dict[str, object], place: Place, response: Response) -> Response:
    if handler_input.request_envelope.session:
        handler_input.attributes_manager.session_attributes = place.to_attributes()
    remember(handler_input, before, place)
    return response


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
        builder = handler_input.response_builder
        builder.response.directives = None
        if not isinstance(envelope.request, SAID):
            return builder.response
        words = self._words.of(envelope.request.locale)
        place = Place.from_attributes((envelope.session.attributes if envelope.session else None) or {})
        reply = words.conversation.apologise(place, said_at(envelope.request))
        if envelope.session:
            handler_input.attributes_manager.session_attributes = reply.place.to_attributes()
        return respond(builder, reply, words.hard_words)
