"""Alexa asks whether a nameless request is for us: the answer is honest, wordless and leaves no trace."""

from pathlib import Path
from typing import Any

import pytest

from interaction_model.model import model_path, read_model
from interaction_model.resolver import Resolution, SlotMatch
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID, Device, Session

MODEL = read_model(model_path("en-US"))


def _asked(endpoint: Endpoint, intent: str, locale: str = "en-US", **slots: SlotMatch) -> dict[str, Any]:
    envelope = Device(locale).intent(Session(), Resolution(intent, slots))
    envelope["request"]["type"] = "CanFulfillIntentRequest"
    response = endpoint.answer(envelope)["response"]
    assert response.keys() == {"canFulfillIntent"}
    return response["canFulfillIntent"]


@pytest.mark.parametrize(
    ("intent", "answer"),
    [
        ("IceOrHeatIntent", "YES"),
        ("BodyScanIntent", "YES"),
        ("DosesIntent", "NO"),
        ("AMAZON.StopIntent", "NO"),
        ("AMAZON.FallbackIntent", "NO"),
        ("UrgentHeartIntent", "NO"),
        ("HarmlessIntent", "NO"),
        ("NobodysIntent", "NO"),
        ("AboutIntent", "NO"),
    ],
)
def test_only_what_is_answered_is_promised(intent: str, answer: str, endpoint: Endpoint) -> None:
    assert _asked(endpoint, intent)["canFulfill"] == answer


def test_slots_are_told_one_by_one(endpoint: Endpoint) -> None:
    ice = SlotMatch("ice", "ice", "ice")
    dragons = SlotMatch("dragons", "", "")
    yes, no = {"canUnderstand": "YES", "canFulfill": "YES"}, {"canUnderstand": "NO", "canFulfill": "NO"}
    assert _asked(endpoint, "AboutIntent", topic=ice) == {"canFulfill": "YES", "slots": {"topic": yes}}
    assert _asked(endpoint, "AboutIntent", topic=dragons) == {"canFulfill": "NO", "slots": {"topic": no}}
    assert _asked(endpoint, "BodyScanIntent", minutes=SlotMatch("5", "", ""))["slots"] == {"minutes": yes}
    assert _asked(endpoint, "BodyScanIntent", minutes=SlotMatch("?", "", ""))["slots"] == {"minutes": no}


def test_other_locales_are_not_asked_and_get_a_no(endpoint: Endpoint) -> None:
    assert _asked(endpoint, "IceOrHeatIntent", "en-GB")["canFulfill"] == "NO"


def test_a_promise_is_kept(endpoint: Endpoint) -> None:
    """Whatever is promised is then answered with more than a question back."""
    promised = [intent.name for intent in MODEL.intents if _asked(endpoint, intent.name)["canFulfill"] == "YES"]
    assert len(promised) > 70
    for intent in promised:
        answer = endpoint.answer(Device("en-US").intent(Session(), Resolution(intent)))
        assert answer["response"]["card"]["title"] != "Gentle Back"


def test_nothing_is_remembered(words: WordsByLocale, tmp_path: Path) -> None:
    endpoint = Endpoint(words, SqliteMemory(tmp_path / "memory.sqlite3"), SKILL_ID)
    _asked(endpoint, "BodyScanIntent")
    assert not (tmp_path / "memory.sqlite3").exists()
