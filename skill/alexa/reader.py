"""Reads request envelopes for the ask-sdk: cut down first, and of any kind, known to its models or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import (
    Application,
    Context,
    Device,
    Intent,
    IntentRequest,
    LaunchRequest,
    Request,
    RequestEnvelope,
    Session,
    SupportedInterfaces,
    User,
)
from ask_sdk_model.interfaces.alexa.presentation.apl import AlexaPresentationAplInterface
from ask_sdk_model.interfaces.audioplayer import AudioPlayerInterface, AudioPlayerState, PlayerActivity
from ask_sdk_model.interfaces.system import SystemState

from skill.alexa.envelopes import AUDIO_PLAYER, KNOWN, SCREEN, EnvelopeError, trim


class UnknownRequest(Request):
    """A request of a kind that this skill does not act on."""

    deserialized_types: ClassVar[Mapping[str, str]] = Request.deserialized_types
    attribute_map: ClassVar[Mapping[str, str]] = Request.attribute_map


class EnvelopeReader(DefaultSerializer):
    """The SDK's serializer, which would otherwise refuse a whole request for one new word in its context."""

    def deserialize(self, payload: str | bytes, obj_type: object) -> RequestEnvelope:
        """Read an envelope from its JSON.

        Raises:
            SerializationException: when it is no request envelope; what it holds is not repeated.
        """
        try:
            envelope = json.loads(payload)
        except (ValueError, RecursionError):
            raise SerializationException("the request is not JSON") from None
        return self.read(envelope)

    def read(self, envelope: object) -> RequestEnvelope:
        """Read an envelope from the values of its JSON.

        Raises:
            SerializationException: when it is no request envelope; what it holds is not repeated.
        """
        try:
            trimmed = trim(envelope)
        except EnvelopeError as error:
            raise SerializationException(str(error)) from None
        return RequestEnvelope(
            version="1.0",
            session=_session(trimmed["session"]) if "session" in trimmed else None,
            context=_context(trimmed["context"]),
            request=self._request(trimmed["request"]),
        )

    def _request(self, trimmed: Mapping[str, Any]) -> Request:
        """Build the request: what is said most by hand, as the SDK's own reading takes longer than all the rest."""
        kind, written = trimmed["type"], trimmed.get("timestamp")
        common = {
            "request_id": trimmed.get("requestId"),
            "timestamp": datetime.fromisoformat(written) if written else None,
            "locale": trimmed.get("locale"),
        }
        if kind == "LaunchRequest":
            return LaunchRequest(**common)
        if kind == "IntentRequest":
            intent = trimmed["intent"]
            read = self._model(intent, Intent) if intent["slots"] else Intent(name=intent["name"], slots={})
            return IntentRequest(**common, intent=read)
        if kind not in KNOWN:
            return UnknownRequest(kind, **common)
        request = self._model({key: value for key, value in trimmed.items() if key != "timestamp"}, Request)
        request.timestamp = common["timestamp"]
        return request

    def _model(self, values: Mapping[str, Any], model: type) -> Any:  # noqa: ANN401 (a model of the SDK, which has no types)
        return super().deserialize(json.dumps(values), model)


def _session(trimmed: Mapping[str, Any]) -> Session:
    return Session(new=trimmed["new"], session_id=trimmed.get("sessionId"), attributes=trimmed["attributes"])


def _context(trimmed: Mapping[str, Any]) -> Context:
    system, player = trimmed["System"], trimmed.get(AUDIO_PLAYER)
    interfaces = system["device"]["supportedInterfaces"]
    supported = SupportedInterfaces(
        audio_player=AudioPlayerInterface() if AUDIO_PLAYER in interfaces else None,
        alexa_presentation_apl=AlexaPresentationAplInterface() if SCREEN in interfaces else None,
    )
    return Context(
        system=SystemState(
            application=Application(application_id=system["application"]["applicationId"]),
            user=User(user_id=system["user"].get("userId")),
            device=Device(supported_interfaces=supported),
        ),
        audio_player=_player(player) if player else None,
    )


def _player(trimmed: Mapping[str, Any]) -> AudioPlayerState:
    activity = trimmed.get("playerActivity")
    return AudioPlayerState(
        offset_in_milliseconds=trimmed.get("offsetInMilliseconds"),
        token=trimmed.get("token"),
        player_activity=PlayerActivity(activity) if activity else None,
    )
