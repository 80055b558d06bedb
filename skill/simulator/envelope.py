"""Request envelopes as Alexa sends them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from interaction_model.names import (
    MINUTES,
    QUERY,
    QUERY_TYPE,
    SYMPTOM,
    SYMPTOM_TYPE,
    TERM,
    TERM_TYPE,
    TOPIC,
    TOPIC_TYPE,
)
from interaction_model.resolver import Resolution, SlotMatch
from skill.alexa.screens import TOKEN
from skill.simulator.clock import Clock

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-gentleback00"
USER_ID = "amzn1.ask.account.LOCAL-LISTENER"

SCREEN = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}
"""`supportedInterfaces` of a device that shows documents."""

_SLOT_TYPES = {TOPIC: TOPIC_TYPE, TERM: TERM_TYPE, SYMPTOM: SYMPTOM_TYPE, QUERY: QUERY_TYPE}


def _id(kind: str) -> str:
    return f"amzn1.echo-api.{kind}.{uuid.uuid4()}"


@dataclass(slots=True)
class Session:
    """One session of the pretend Echo: its id, and what the skill asked to have kept."""

    id: str = field(default_factory=lambda: _id("session"))
    new: bool = True
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Device:
    """Who is speaking to which speaker."""

    locale: str
    user_id: str = USER_ID
    interfaces: Mapping[str, Any] = field(default_factory=dict)
    """`supportedInterfaces` of the device; empty for a speaker without a screen."""
    clock: Clock = field(default_factory=Clock)

    def launch(self, session: Session) -> dict[str, Any]:
        """Return a LaunchRequest."""
        return self._envelope(session, {"type": "LaunchRequest", "shouldLinkResultBeReturned": False})

    def intent(self, session: Session, resolution: Resolution) -> dict[str, Any]:
        """Return an IntentRequest, slots resolved as Alexa's entity resolution writes them."""
        intent: dict[str, Any] = {"name": resolution.intent, "confirmationStatus": "NONE"}
        if resolution.slots:
            intent["slots"] = {name: _slot(name, match) for name, match in resolution.slots.items()}
        return self._envelope(session, {"type": "IntentRequest", "intent": intent, "dialogState": "COMPLETED"})

    def touch(self, session: Session, choice: str) -> dict[str, Any]:
        """Return the UserEvent of a choice that was pressed on the screen."""
        source = {"type": "TouchWrapper", "handler": "Press", "id": ""}
        event = {"type": "Alexa.Presentation.APL.UserEvent", "token": TOKEN, "arguments": [choice]}
        return self._envelope(session, {**event, "source": source, "components": {}})

    def session_ended(self, session: Session, reason: str, at: float | None = None) -> dict[str, Any]:
        """Return a SessionEndedRequest, such as after `EXCEEDED_MAX_REPROMPTS`; `at` is when, if not now."""
        return self._envelope(session, {"type": "SessionEndedRequest", "reason": reason}, at)

    def _envelope(self, session: Session, request: Mapping[str, Any], at: float | None = None) -> dict[str, Any]:
        when = datetime.fromtimestamp(self.clock.now() if at is None else at, UTC)
        application = {"applicationId": SKILL_ID}
        user = {"userId": self.user_id}
        return {
            "version": "1.0",
            "session": {
                "new": session.new,
                "sessionId": session.id,
                "application": application,
                "attributes": dict(session.attributes),
                "user": user,
            },
            "context": {
                "System": {
                    "application": application,
                    "user": user,
                    "device": {
                        "deviceId": "amzn1.ask.device.PRETEND-ECHO",
                        "supportedInterfaces": dict(self.interfaces),
                    },
                    "apiEndpoint": "https://api.amazonalexa.com",
                    "apiAccessToken": "pretend",
                }
            },
            "request": {
                **request,
                "requestId": _id("request"),
                "timestamp": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "locale": self.locale,
            },
        }


def _slot(name: str, match: SlotMatch) -> dict[str, Any]:
    if name == MINUTES:  # Alexa resolves only custom types
        return {"name": name, "value": match.value, "confirmationStatus": "NONE", "source": "USER"}
    authority: dict[str, Any] = {
        "authority": f"amzn1.er-authority.echo-sdk.{SKILL_ID}.{_SLOT_TYPES[name]}",
        "status": {"code": "ER_SUCCESS_MATCH" if match.id else "ER_SUCCESS_NO_MATCH"},
    }
    if match.id:
        values = [(match.id, match.name), *([match.also] if match.also else [])]
        authority["values"] = [{"value": {"name": name_, "id": id_}} for id_, name_ in values]
    return {
        "name": name,
        "value": match.value,
        "confirmationStatus": "NONE",
        "source": "USER",
        "resolutions": {"resolutionsPerAuthority": [authority]},
    }
