"""The whole skill as one function: a request's JSON in, the response's JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder

from skill.alexa.events import EventHandler
from skill.alexa.handlers import ApologyHandler, TurnHandler
from skill.alexa.reader import EnvelopeReader
from skill.alexa.words import WordsByLocale

if TYPE_CHECKING:
    from skill.alexa.streams import Streams


def build_skill(
    words: WordsByLocale, memory: AbstractPersistenceAdapter, skill_id: str, streams: Streams | None
) -> CustomSkill:
    """Build the ask-sdk skill, once: the SDK checks that each request is for `skill_id`, unless that is empty."""
    builder = CustomSkillBuilder(persistence_adapter=memory)
    builder.skill_id = skill_id or None
    builder.add_request_handler(TurnHandler(words, streams))
    builder.add_request_handler(EventHandler(words, streams))
    builder.add_exception_handler(ApologyHandler(words))
    skill = builder.create()
    skill.serializer = EnvelopeReader()
    return skill


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
        self.skill = build_skill(words, memory, skill_id, streams)

    def answer(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return the response envelope.

        Raises:
            AskSdkException: when the request is for another skill.
            SerializationException: when it is not a request envelope.
        """
        request = self.skill.serializer.read(envelope)
        response = self.skill.invoke(request_envelope=request, context=None)
        answer: dict[str, Any] = self.skill.serializer.serialize(response)
        return answer
