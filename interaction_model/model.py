"""The interaction model as values, and as the JSON of an Alexa skill package."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SKILL_PACKAGE = Path(__file__).resolve().parent / "skill-package"


def model_path(locale: str) -> Path:
    """Return where the generated model of a locale lies."""
    return SKILL_PACKAGE / "interactionModels" / "custom" / f"{locale}.json"


class ModelError(Exception):
    """An interaction model cannot be read; the message names the file and the mend."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A variable part of an intent's samples."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Intent:
    """A thing that can be asked for, and samples of how."""

    name: str
    samples: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotValue:
    """One value of a slot type: its id, its name and other words for it."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotType:
    """A named list of values."""

    name: str
    values: tuple[SlotValue, ...]


@dataclass(frozen=True, slots=True)
class InteractionModel:
    """Everything that Alexa is told about what people may say, for one locale."""

    invocation_name: str
    intents: tuple[Intent, ...]
    types: tuple[SlotType, ...]

    def to_json(self) -> str:
        """Write it as Alexa's interaction model schema, the same bytes each time."""
        model = {
            "interactionModel": {
                "languageModel": {
                    "invocationName": self.invocation_name,
                    "modelConfiguration": {"fallbackIntentSensitivity": {"level": "LOW"}},
                    "intents": [_write_intent(intent) for intent in self.intents],
                    "types": [_write_type(slot_type) for slot_type in self.types],
                }
            }
        }
        return json.dumps(model, indent=2, ensure_ascii=False) + "\n"


def _write_intent(intent: Intent) -> dict[str, Any]:
    written: dict[str, Any] = {"name": intent.name}
    if intent.slots:
        written["slots"] = [{"name": slot.name, "type": slot.type} for slot in intent.slots]
    return {**written, "samples": list(intent.samples)}


def _write_type(slot_type: SlotType) -> dict[str, Any]:
    return {
        "name": slot_type.name,
        "values": [
            {"id": value.id, "name": {"value": value.name, "synonyms": list(value.synonyms)}}
            for value in slot_type.values
        ],
    }


def read_model(path: Path) -> InteractionModel:
    """Read a model file.

    Raises:
        ModelError: when it is missing, or not an interaction model.
    """
    try:
        language = json.loads(path.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
        return InteractionModel(
            invocation_name=language["invocationName"],
            intents=tuple(_read_intent(intent) for intent in language["intents"]),
            types=tuple(_read_type(slot_type) for slot_type in language["types"]),
        )
    except OSError as error:
        raise ModelError(f"{path.name} cannot be read ({error.strerror}). Run 'gentle-back model'.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path.name} is not an interaction model ({error}). Run 'gentle-back model'.") from error


def _read_intent(intent: Mapping[str, Any]) -> Intent:
    slots = tuple(Slot(slot["name"], slot["type"]) for slot in intent.get("slots", ()))
    return Intent(intent["name"], tuple(intent["samples"]), slots)


def _read_type(slot_type: Mapping[str, Any]) -> SlotType:
    values = tuple(
        SlotValue(value["id"], value["name"]["value"], tuple(value["name"].get("synonyms", ())))
        for value in slot_type["values"]
    )
    return SlotType(slot_type["name"], values)


SLOT = re.compile(r"\{(\w+)\}")
"""A slot in a sample utterance."""
