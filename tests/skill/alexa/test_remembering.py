"""What a listener hears when their memory fails, on the real skill and real SQLite files."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from interaction_model.names import urgent_intent_name
from interaction_model.resolver import Resolution
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library import Library
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID, Device, Session

DEVICE = Device("en-US")
LOST = "I could not read what I kept about you. "
AWAY = "I cannot reach what I keep about you just now. "


def _said(answer: dict) -> str:
    return answer["response"]["card"]["content"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite3"


@pytest.fixture
def skill(words: WordsByLocale, path: Path) -> Endpoint:
    return Endpoint(words, SqliteMemory(path), SKILL_ID)


@pytest.fixture
def locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("skill.memory.sqlite.WAIT_FOR_LOCK", 0.1)
    lock = sqlite3.connect(path)
    lock.execute("PRAGMA journal_mode = DELETE")
    lock.execute("BEGIN EXCLUSIVE")
    yield
    lock.close()


def test_a_listener_whose_memory_was_damaged_is_told_once_and_remembered_anew(skill: Endpoint, path: Path) -> None:
    path.write_bytes(b"this is no database" * 100)
    first = _said(skill.answer(DEVICE.launch(Session())))
    assert first.startswith(LOST)
    assert "not a doctor" in first
    again = _said(skill.answer(DEVICE.launch(Session())))
    assert "I could not read" not in again
    assert "Welcome back" in again or "not a doctor" not in again


def test_a_listener_whose_memory_is_locked_is_told_and_answered_all_the_same(skill: Endpoint, locked: None) -> None:
    answer = _said(skill.answer(DEVICE.intent(Session(), Resolution("IceOrHeatIntent"))))
    assert answer.startswith(AWAY)
    assert "try ice" in answer


def test_a_later_turn_of_the_session_is_not_told_again(skill: Endpoint, locked: None) -> None:
    first = skill.answer(DEVICE.launch(Session()))
    session = Session(new=False, attributes=first["sessionAttributes"])
    assert "just now" not in _said(skill.answer(DEVICE.intent(session, Resolution("IceOrHeatIntent"))))


def test_nothing_goes_before_a_danger_sign(skill: Endpoint, library: Library, locked: None) -> None:
    heart = next(danger for danger in library.dangers if danger.name == "heart")
    intent = Resolution(urgent_intent_name(heart.name, crisis=heart.crisis))
    said = _said(skill.answer(DEVICE.intent(Session(), intent)))
    assert "just now" not in said
    assert said.startswith("Please call nine one one now")
