"""The whole skill as one function: a request's JSON in, the response's JSON out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model import RequestEnvelope

from skill.alexa.handlers import ApologyHandler, SessionEndedHandler, TurnHandler, WordlessHandler
from skill.alexa.player_events import ButtonHandler, PlayerEventHandler
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale


def build_skill(
    words: WordsByLocale, memory: AbstractPersistenceAdapter, skill_id: str, streams: Streams | None
) -> CustomSkill:
    """Build the ask-sdk skill, once: the SDK checks that each request is for `skill_id`."""
    builder = CustomSkillBuilder(persistence_adapter=memory)
    builder.skill_id = skill_id
    builder.add_request_handler(TurnHandler(words, streams))
    builder.add_request_handler(SessionEndedHandler(words))
    builder.add_request_handler(PlayerEventHandler(words))
    builder.add_request_handler(ButtonHandler(words, streams))
    builder.add_request_handler(WordlessHandler())
    builder.add_exception_handler(ApologyHandler(words))
    return builder.create()


class Endpoint:
    """Answers request envelopes with one skill that is built once."""

    def __init__(
        self,
        words: WordsByLocale,
        memory: AbstractPersistenceAdapter,
        skill_id: str,
        streams: Streams | None = None,
    ) -> None:
        """Build the skill; without `streams` every session is spoken."""
        self._skill = build_skill(words, memory, skill_id, streams)

    def answer(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return the response envelope.

        Raises:
            AskSdkException: when the request is for another skill.
            SerializationException: when it is not a request envelope.
        """
        request = self._skill.serializer.deserialize(json.dumps(envelope), RequestEnvelope)
        if not (request.request and request.context and request.context.system and request.context.system.application):
            raise SerializationException("this is no request envelope: its request, context or application is missing")
        response = self._skill.invoke(request_envelope=request, context=None)
        answer: dict[str, Any] = self._skill.serializer.serialize(response)
        return answer
