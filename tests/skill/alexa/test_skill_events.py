"""A listener who switches the skill off is forgotten."""

import sqlite3
from pathlib import Path
from typing import Any

from interaction_model.resolver import Resolution
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID, Device, Session


def _disabled(device: Device) -> dict[str, Any]:
    envelope = device.launch(Session())
    envelope["request"] = {
        "type": "AlexaSkillEvent.SkillDisabled",
        "requestId": "r",
        "timestamp": envelope["request"]["timestamp"],
        "eventCreationTime": "2026-11-22T00:00:00Z",
        "eventPublishingTime": "2026-11-22T00:00:00Z",
    }
    del envelope["session"]
    return envelope


def test_switching_the_skill_off_erases_that_listeners_row_and_no_other(words: WordsByLocale, tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    endpoint = Endpoint(words, SqliteMemory(path), SKILL_ID)
    leaving, staying = Device("en-US", user_id="leaving"), Device("en-US", user_id="staying")
    for device in (leaving, staying):
        endpoint.answer(device.intent(Session(), Resolution("SlowerIntent")))
    assert endpoint.answer(_disabled(leaving))["response"] == {}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT id FROM listener").fetchall() == [("staying",)]
    connection.close()


def test_an_erasure_that_fails_is_logged_and_answered(words: WordsByLocale, tmp_path: Path, caplog) -> None:
    (tmp_path / "memory.sqlite3").mkdir()
    endpoint = Endpoint(words, SqliteMemory(tmp_path / "memory.sqlite3"), SKILL_ID)
    assert endpoint.answer(_disabled(Device("en-US")))["response"] == {}
    assert "Memory failed" in caplog.text


def test_a_session_that_ends_by_itself_is_no_error_and_one_that_alexa_broke_off_is(endpoint, caplog) -> None:
    device = Device("en-US")
    endpoint.answer(device.session_ended(Session(), "EXCEEDED_MAX_REPROMPTS"))
    endpoint.answer(device.session_ended(Session(), "USER_INITIATED"))
    assert caplog.text == ""
    for error, told in (({"type": "INVALID_RESPONSE"}, "INVALID_RESPONSE"), ({"type": "BRAND_NEW"}, "unknown")):
        broken = device.session_ended(Session(), "ERROR")
        broken["request"]["error"] = error
        endpoint.answer(broken)
        assert f"Alexa refused our answer: {told}" in caplog.text.replace("SessionEndedErrorType.", "").replace(
            "an ", ""
        )
