"""What an AudioPlayer and its buttons report: directives alone may answer, and to most of it nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Request, Response
from ask_sdk_model.interfaces.audioplayer import (
    PlaybackFailedRequest,
    PlaybackFinishedRequest,
    PlaybackStoppedRequest,
    StopDirective,
)
from ask_sdk_model.interfaces.playbackcontroller import (
    NextCommandIssuedRequest,
    PauseCommandIssuedRequest,
    PlayCommandIssuedRequest,
    PreviousCommandIssuedRequest,
)

from skill.alexa.playback import as_stream, at_offset, interrupted, is_ours, is_stream_of
from skill.alexa.remembering import recall, remember
from skill.alexa.streams import Streams
from skill.alexa.turns import said_at
from skill.alexa.words import WordsByLocale
from skill.conversation.place import Place
from skill.library import Library
from skill.relaxation import rest
from skill.relaxation.practice import Practice

log = logging.getLogger(__name__)


class PlayerEventHandler(AbstractRequestHandler):
    """Notes how far a recording was heard, and whether it could be played at all."""

    def __init__(self, words: WordsByLocale) -> None:
        """Take the words, to know the plan of each session."""
        self._words = words

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take the events that change what is remembered."""
        request = handler_input.request_envelope.request
        return isinstance(request, PlaybackStoppedRequest | PlaybackFinishedRequest | PlaybackFailedRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return an empty response: the only one that every device accepts here."""
        request = handler_input.request_envelope.request
        if not is_ours(request.token):
            return handler_input.response_builder.response
        place = recall(handler_input)
        before = place.to_memory()
        if isinstance(request, PlaybackFailedRequest):
            kind = (request.error and request.error.object_type) or "an unknown error"
            log.error("A recording could not be played: %s", kind)
            place = replace(place, spoken_only=True)
        elif is_stream_of(request.token, place.practice):  # else it tells of a stream that was replaced, or left
            place = _heard_so_far(place, request, self._words.of(request.locale).library)
        remember(handler_input, before, place)
        return handler_input.response_builder.response


def _heard_so_far(place: Place, request: PlaybackStoppedRequest | PlaybackFinishedRequest, library: Library) -> Place:
    practice = place.practice
    if isinstance(request, PlaybackFinishedRequest) or practice is None or not practice.known(library):
        return replace(place, practice=None)
    return replace(place, practice=at_offset(practice, request.offset_in_milliseconds, library))


class ButtonHandler(AbstractRequestHandler):
    """Answers the buttons of a device or a remote control."""

    def __init__(self, words: WordsByLocale, streams: Streams | None) -> None:
        """Take the words and the recordings."""
        self._words = words
        self._streams = streams

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take the four buttons."""
        request = handler_input.request_envelope.request
        buttons = (
            PlayCommandIssuedRequest,
            PauseCommandIssuedRequest,
            NextCommandIssuedRequest,
            PreviousCommandIssuedRequest,
        )
        return isinstance(request, buttons)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Play, stop, or go a step on or back."""
        envelope, builder = handler_input.request_envelope, handler_input.response_builder
        request, now = envelope.request, said_at(envelope.request)
        library = self._words.of(request.locale).library
        place = recall(handler_input)
        kept = place.practice if place.practice and place.practice.known(library) else None
        practice, _ = interrupted(envelope.context, kept, now, library)
        if practice is None or self._streams is None or not self._streams.can_play(practice, library, envelope.context):
            return builder.response
        if isinstance(request, PauseCommandIssuedRequest):
            builder.add_directive(StopDirective())
            return builder.response
        wanted = _wanted(request, practice, library)
        if wanted is not None:
            wanted = as_stream(wanted, now)
            title = library.scripts[wanted.script].title
            builder.add_directive(self._streams.play(wanted, wanted.plan(library), title))
        else:
            builder.add_directive(StopDirective())
        remember(handler_input, place.to_memory(), replace(place, practice=wanted))
        return builder.response


def _wanted(request: Request, practice: Practice, library: Library) -> Practice | None:
    """Return the session where the button leads; None after its end."""
    if isinstance(request, PreviousCommandIssuedRequest):
        return rest.step_before(practice, library)
    if isinstance(request, NextCommandIssuedRequest):
        return rest.step_after(practice, library)
    return practice
