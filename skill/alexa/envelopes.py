"""A request envelope cut down to what this skill reads: quicker to build, and safe from values that nobody knew of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from ask_sdk_model import SessionEndedErrorType, SessionEndedReason
from ask_sdk_model.interfaces.audioplayer import ErrorType as PlaybackError
from ask_sdk_model.interfaces.audioplayer import PlayerActivity
from ask_sdk_model.interfaces.system import ErrorType as SystemError_
from ask_sdk_model.slu.entityresolution import StatusCode

AUDIO_PLAYER = "AudioPlayer"
SCREEN = "Alexa.Presentation.APL"
USER_EVENT = f"{SCREEN}.UserEvent"

INTENTS = frozenset({"IntentRequest", "CanFulfillIntentRequest"})
PLAYER_EVENTS = frozenset(
    f"AudioPlayer.Playback{event}" for event in ("Started", "Finished", "Stopped", "NearlyFinished", "Failed")
)
BUTTONS = frozenset(f"PlaybackController.{name}CommandIssued" for name in ("Play", "Pause", "Next", "Previous"))
REFUSAL_REPORT = "System.ExceptionEncountered"
ENDED = "SessionEndedRequest"
DISABLED = "AlexaSkillEvent.SkillDisabled"
KNOWN = INTENTS | PLAYER_EVENTS | BUTTONS | {"LaunchRequest", ENDED, REFUSAL_REPORT, DISABLED, USER_EVENT}
"""Kinds of requests that this skill acts on; of the others it reads nothing but the name."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)

LARGEST_NUMBER = 2**53
"""Above this a JSON number is no longer exact, and none of Alexa's is near."""


class EnvelopeError(Exception):
    """It is no request envelope; the message says what is missing, and nothing of what was said."""


def trim(envelope: object) -> dict[str, Any]:
    """Return the parts of an envelope that are read, each of the type that the SDK's models expect.

    Raises:
        EnvelopeError: when there is no request, or it names no application.
    """
    whole = _mapping(envelope)
    request, system = _mapping(whole.get("request")), _mapping(_mapping(whole.get("context")).get("System"))
    application = _texts(system.get("application"), "applicationId")
    if not _text(request.get("type")) or not application:
        raise EnvelopeError("this is no request envelope: its request, context or application is missing")
    context: dict[str, Any] = {
        "System": {
            "application": application,
            "user": _texts(system.get("user"), "userId"),
            "device": {"supportedInterfaces": _interfaces(_mapping(system.get("device")))},
        }
    }
    if player := _player(whole["context"].get(AUDIO_PLAYER)):
        context[AUDIO_PLAYER] = player
    trimmed: dict[str, Any] = {"version": "1.0", "context": context, "request": _request(request)}
    if isinstance(whole.get("session"), Mapping):
        trimmed["session"] = _session(whole["session"])
    return trimmed


def _request(request: Mapping[str, Any]) -> dict[str, Any]:
    kind = request["type"]
    kept = _texts(request, "type", "requestId", "timestamp", "locale")
    if not _is_time(kept.get("timestamp", "")):
        kept.pop("timestamp", None)
    if kind in INTENTS:
        kept["intent"] = _intent(_mapping(request.get("intent")))
    elif kind in PLAYER_EVENTS:
        kept |= _texts(request, "token") | _counts(request, "offsetInMilliseconds")
        kept |= _error(request, PlaybackError)
    elif kind == REFUSAL_REPORT:
        kept |= _error(request, SystemError_) | {"cause": _texts(request.get("cause"), "requestId")}
    elif kind == ENDED:
        kept |= _known(request, "reason", SessionEndedReason) | _error(request, SessionEndedErrorType)
    elif kind == USER_EVENT:
        kept["arguments"] = [part for part in _items(request.get("arguments")) if isinstance(part, str)]
    return kept


def _session(session: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "new": session.get("new") is True,
        "attributes": dict(_mapping(session.get("attributes"))),
        **_texts(session, "sessionId"),
    }


def _interfaces(device: Mapping[str, Any]) -> dict[str, Any]:
    supported = _mapping(device.get("supportedInterfaces"))
    return {name: {} for name in (AUDIO_PLAYER, SCREEN) if isinstance(supported.get(name), Mapping)}


def _player(state: object) -> dict[str, Any]:
    player = _mapping(state)
    kept = _texts(player, "token") | _counts(player, "offsetInMilliseconds")
    return kept | _known(player, "playerActivity", PlayerActivity)


def _intent(intent: Mapping[str, Any]) -> dict[str, Any]:
    slots = {name: _slot(_mapping(slot)) for name, slot in _mapping(intent.get("slots")).items()}
    return {"name": _text(intent.get("name")), "slots": slots}


def _slot(slot: Mapping[str, Any]) -> dict[str, Any]:
    resolutions = _mapping(slot.get("resolutions")).get("resolutionsPerAuthority")
    authorities = [_authority(_mapping(authority)) for authority in _items(resolutions)]
    return {**_texts(slot, "name", "value"), "resolutions": {"resolutionsPerAuthority": authorities}}


def _authority(authority: Mapping[str, Any]) -> dict[str, Any]:
    wrappers = (_mapping(_mapping(wrapper).get("value")) for wrapper in _items(authority.get("values")))
    return {
        "status": _known(_mapping(authority.get("status")), "code", StatusCode),
        "values": [{"value": _texts(value, "name", "id")} for value in wrappers],
    }


def _error(request: Mapping[str, Any], kinds: type[Enum]) -> dict[str, Any]:
    if not isinstance(request.get("error"), Mapping):
        return {}
    return {"error": _known(request["error"], "type", kinds)}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _only(fits: Callable[[object], bool]) -> Callable[..., dict[str, Any]]:
    """Return what picks the values of some keys that fit."""

    def pick(table: object, *keys: str) -> dict[str, Any]:
        found = _mapping(table)
        return {key: found[key] for key in keys if key in found and fits(found[key])}

    return pick


_texts = _only(lambda value: isinstance(value, str))
_counts = _only(lambda value: type(value) is int and abs(value) < LARGEST_NUMBER)


def _known(table: Mapping[str, Any], key: str, kinds: type[Enum]) -> dict[str, Any]:
    """Return a value that the SDK's enumeration has; newer ones are left out."""
    values = {kind.value for kind in kinds}
    return {key: table[key]} if isinstance(table.get(key), str) and table[key] in values else {}


def _is_time(written: str) -> bool:
    """Tell whether it is a time as Alexa writes it; other forms of ISO 8601 the SDK may not read."""
    if not _TIME.fullmatch(written):
        return False
    try:
        return datetime.fromisoformat(written).tzinfo is not None
    except ValueError:
        return False
