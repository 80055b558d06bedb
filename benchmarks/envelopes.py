"""Request envelopes with all that a real Echo sends, most of which no skill reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from skill.simulator.envelope import SKILL_ID

_SYSTEM = {
    "application": {"applicationId": SKILL_ID},
    "user": {"userId": "amzn1.ask.account." + "A" * 180},
    "person": {"personId": "amzn1.ask.person." + "A" * 80},
    "device": {"deviceId": "amzn1.ask.device." + "A" * 180, "supportedInterfaces": {"AudioPlayer": {}}},
    "unit": {"unitId": "amzn1.ask.unit." + "A" * 80, "persistentUnitId": "amzn1.alexa.unit.did." + "A" * 80},
    "apiEndpoint": "https://api.eu.amazonalexa.com",
    "apiAccessToken": "eyJ0" + "A" * 900,
}


def asks(intent: str, session_attributes: Mapping[str, Any] | None = None, number: int = 0) -> dict[str, Any]:
    """Return the IntentRequest of somebody who asks within a session; `number` tells two of them apart."""
    return {
        "version": "1.0",
        "session": {
            "new": False,
            "sessionId": "amzn1.echo-api.session.0",
            "application": {"applicationId": SKILL_ID},
            "attributes": dict(session_attributes or {}),
            "user": {"userId": _SYSTEM["user"]["userId"]},  # type: ignore[index]
        },
        "context": {
            "System": _SYSTEM,
            "AudioPlayer": {"offsetInMilliseconds": 0, "playerActivity": "IDLE"},
            "Extensions": {"available": {}},
        },
        "request": {
            "type": "IntentRequest",
            "requestId": f"amzn1.echo-api.request.{number}",
            "locale": "en-US",
            "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "intent": {"name": intent, "confirmationStatus": "NONE", "slots": {}},
            "dialogState": "STARTED",
        },
    }
