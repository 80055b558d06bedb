"""Reads request envelopes for the ask-sdk: cut down first, and of any kind, known to its models or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import Request, RequestEnvelope

from skill.alexa.envelopes import KNOWN, EnvelopeError, trim


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
        request = trimmed.pop("request")
        kind = request["type"]
        if kind in KNOWN:
            return self._models({**trimmed, "request": request})
        read = self._models(trimmed)
        read.request = UnknownRequest(kind, request.get("requestId"), None, request.get("locale"))
        return read

    def _models(self, trimmed: Mapping[str, Any]) -> RequestEnvelope:
        return super().deserialize(json.dumps(trimmed), RequestEnvelope)
