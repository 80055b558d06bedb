"""What an AudioPlayer and its buttons report: directives alone may answer, and to most of it nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response
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

from skill.alexa.remembering import recall, remember
from skill.alexa.streams import Streams, is_ours, practice_at
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
        if isinstance(request, PlaybackFinishedRequest):
            place = replace(place, practice=None)
        elif isinstance(request, PlaybackFailedRequest):
            kind = request.error.object_type if request.error else "an unknown error"
            log.error("A recording could not be played: %s", kind)
            place = replace(place, spoken_only=True)
        else:
            place = _stopped(place, request, self._words.of(request.locale).library)
        remember(handler_input, before, place)
        return handler_input.response_builder.response


def _stopped(place: Place, request: PlaybackStoppedRequest, library: Library) -> Place:
    found = practice_at(request.token, request.offset_in_milliseconds or 0, library)
    kept = place.practice
    if found is None or kept is None or kept.playing or kept.script != found.script:
        return place  # it was stopped for good, or gone on with in spoken words
    return replace(place, practice=replace(found, hurt=kept.hurt))


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
        request, builder = handler_input.request_envelope.request, handler_input.response_builder
        library = self._words.of(request.locale).library
        place = recall(handler_input)
        practice = _at(handler_input, place.practice, library)
        if practice is None or self._streams is None:
            return builder.response
        if isinstance(request, PauseCommandIssuedRequest):
            builder.add_directive(StopDirective())
            return builder.response
        if isinstance(request, PreviousCommandIssuedRequest):
            practice = rest.step_before(practice, library)
        elif isinstance(request, NextCommandIssuedRequest):
            practice = replace(practice, step=practice.step + 1, offset=0.0)
        plan = practice.plan(library)
        over = practice.step >= len(plan.steps)
        remember(handler_input, place.to_memory(), replace(place, practice=None if over else practice))
        title = library.scripts[practice.script].title
        builder.add_directive(StopDirective() if over else self._streams.play(practice, plan, title))
        return builder.response


def _at(handler_input: HandlerInput, kept: Practice | None, library: Library) -> Practice | None:
    """Return the session, at the place that the device tells."""
    state = handler_input.request_envelope.context.audio_player
    if state is None or not is_ours(state.token):
        return kept
    return practice_at(state.token, state.offset_in_milliseconds or 0, library) or kept
