"""Whatever nobody said: each kind of event has its handler, loaded when the first event comes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response

from skill.alexa.words import WordsByLocale

if TYPE_CHECKING:
    from skill.alexa.streams import Streams


class EventHandler(AbstractRequestHandler):
    """Hands an event to the handler of its kind; most of them never come, and a start need not wait for them."""

    def __init__(self, words: WordsByLocale, streams: Streams | None) -> None:
        """Take what the handlers need."""
        self._words = words
        self._streams = streams

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take all that other handlers left."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return what the event's handler answers."""
        return next(handler for handler in self._handlers if handler.can_handle(handler_input)).handle(handler_input)

    @functools.cached_property
    def _handlers(self) -> Sequence[AbstractRequestHandler]:
        from skill.alexa.can_fulfill import CanFulfillHandler  # noqa: PLC0415
        from skill.alexa.player_events import ButtonHandler, PlayerEventHandler  # noqa: PLC0415
        from skill.alexa.session_events import SessionEndedHandler, WordlessHandler  # noqa: PLC0415
        from skill.alexa.skill_events import DisabledHandler  # noqa: PLC0415

        return (
            SessionEndedHandler(self._words),
            PlayerEventHandler(self._words),
            ButtonHandler(self._words, self._streams),
            CanFulfillHandler(self._words),
            DisabledHandler(),
            WordlessHandler(),
        )
