"""Content that is edited into nonsense while the skill runs costs nobody an answer."""

import shutil
from pathlib import Path

import pytest

from interaction_model.names import urgent_intent_name
from interaction_model.resolver import Resolution
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library.faults import ContentError
from skill.library.read import CONTENT, load, locales
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID, Device, Session


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "en"))


@pytest.fixture
def words(content: Path) -> WordsByLocale:
    return WordsByLocale(lambda locale: load(content, locale), locales(content))


def _asked(skill: Endpoint, locale: str) -> str:
    answer = skill.answer(Device(locale).intent(Session(), Resolution("IceOrHeatIntent")))
    return answer["response"]["outputSpeech"]["ssml"]


def test_what_is_spoilt_after_the_start_changes_no_answer(
    words: WordsByLocale, content: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    skill = Endpoint(words, SqliteMemory(tmp_path / "m"), SKILL_ID)
    words.of(None)
    before = _asked(skill, "en-US")
    (content / "answers" / "ice-or-heat.toml").write_text("no = toml = at all")
    assert _asked(skill, "en-US") == before
    assert "try ice" in _asked(skill, "en-GB")  # not read yet: the general words answer for it
    assert "ice-or-heat.toml" in caplog.text
    danger = skill.answer(Device("en-GB").intent(Session(), Resolution(urgent_intent_name("heart", crisis=False))))
    said = danger["response"]["outputSpeech"]["ssml"]
    assert "your local emergency number" in said
    assert "nine one one" not in said


def test_without_general_words_a_spoilt_locale_is_an_error_and_never_another_countrys_number(
    words: WordsByLocale, content: Path
) -> None:
    words.of("en-US")
    (content / "answers" / "ice-or-heat.toml").write_text("no = toml = at all")
    with pytest.raises(ContentError):
        words.of("en-GB")


def test_a_start_with_spoilt_words_lists_every_fault(words: WordsByLocale, content: Path) -> None:
    (content / "phrases.toml").write_text("[welcome-first]")
    with pytest.raises(ContentError, match=r"phrases\.toml"):
        words.prepare()
