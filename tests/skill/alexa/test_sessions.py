"""Responses that carry a relaxation session, held against Alexa's limits."""

import itertools
import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from interaction_model.names import MINUTES, intent_name
from interaction_model.resolver import Resolution, SlotMatch
from skill.alexa.chapters import LISTENING, chapters
from skill.alexa.endpoint import Endpoint
from skill.alexa.limits import LONGEST_SPEECH
from skill.alexa.words import WordsByLocale
from skill.conversation.place import RATES
from skill.library.read import load
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID, Device, Session
from speech.document import Pause, Say, Spoken, spoken
from speech.duration import seconds_to_say_all
from speech.pronunciation import NO_HARD_WORDS
from speech.ssml import to_ssml_content
from speech.ssml_reader import from_ssml

LIBRARY = load()
DEVICE = Device("en-US")


def _ask(
    endpoint: Endpoint, intent: str, minutes: int = 0, attributes: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    slots = {MINUTES: SlotMatch(str(minutes), str(minutes))} if minutes else {}
    session = Session(new=False, attributes=attributes or {"been_here": True})
    return endpoint.answer(DEVICE.intent(session, Resolution(intent, slots)))


def _check_limits(answer: Mapping[str, Any]) -> None:
    response = answer["response"]
    ssml = response["outputSpeech"]["ssml"]
    assert len(ssml) < 7_500
    ET.fromstring(ssml)
    lengths = [int(length) for length in re.findall(r'<break time="(\d+)ms"/>', ssml)]
    assert lengths and max(lengths) <= 10_000
    assert ssml.count("<break") == len(lengths)
    assert response["shouldEndSession"] is False
    assert len(response["card"]["title"] + response["card"]["content"]) < 8_000
    assert len(json.dumps(answer)) < 120_000
    assert len(json.dumps(answer["sessionAttributes"])) < 1_000
    assert "?" not in ssml
    if "reprompt" in response:
        reprompt = response["reprompt"]["outputSpeech"]["ssml"]
        assert len(reprompt) < 7_500
        ET.fromstring(reprompt)


@pytest.mark.parametrize("name", sorted(LIBRARY.scripts))
def test_every_length_and_rate_of_a_session_is_a_response_that_alexa_takes(name: str, endpoint: Endpoint) -> None:
    script = LIBRARY.scripts[name]
    for minutes, rate, hearing, posture in itertools.product(script.lengths, RATES, (False, True), script.postures):
        attributes = {"been_here": True, "rate": rate, "hearing": hearing, "posture": posture}
        answer = _ask(endpoint, intent_name(name), minutes, attributes)
        _check_limits(answer)
        words = from_ssml(answer["response"]["outputSpeech"]["ssml"])
        assert seconds_to_say_all(words) == pytest.approx(minutes * 60, rel=0.03)
        assert ("reprompt" in answer["response"]) != script.sleep


@pytest.mark.parametrize("minutes", ["?", "", "0", "-3", "99999999", "five", "٣"])
def test_a_number_that_makes_no_sense_is_the_usual_length(minutes: str, endpoint: Endpoint) -> None:
    envelope = DEVICE.intent(Session(), Resolution("BodyScanIntent", {MINUTES: SlotMatch("5", "5")}))
    envelope["request"]["intent"]["slots"][MINUTES]["value"] = minutes
    answer = endpoint.answer(envelope)
    _check_limits(answer)


def test_what_is_heard_can_be_interrupted_at_the_right_place(endpoint: Endpoint) -> None:
    clock = DEVICE.clock
    begun = _ask(endpoint, "BodyScanIntent", 10)
    clock.put_forward(200)
    paused = _ask(endpoint, "AMAZON.PauseIntent", attributes=begun["sessionAttributes"])
    resumed = _ask(endpoint, "AMAZON.ResumeIntent", attributes=paused["sessionAttributes"])
    _check_limits(resumed)
    left = seconds_to_say_all(from_ssml(resumed["response"]["outputSpeech"]["ssml"]))
    assert 395 <= left <= 470


def _ended_after(endpoint: Endpoint, seconds: float, reason: str) -> None:
    """Begin a beach of five minutes, and let Alexa end the session after a while."""
    session = Session()
    begun = endpoint.answer(DEVICE.intent(session, Resolution("BeachIntent")))
    session.attributes, session.new = begun["sessionAttributes"], False
    DEVICE.clock.put_forward(seconds)
    assert endpoint.answer(DEVICE.session_ended(session, reason))["response"] == {}


def test_a_session_that_ends_under_the_listener_is_gone_on_with_at_the_next_launch(endpoint: Endpoint) -> None:
    _ended_after(endpoint, 100, "USER_INITIATED")
    DEVICE.clock.put_forward(90_000)
    welcome = endpoint.answer(DEVICE.launch(Session()))
    assert LIBRARY.scripts["beach"].go_on in welcome["response"]["outputSpeech"]["ssml"]
    going_on = _ask(endpoint, "AMAZON.YesIntent", attributes=welcome["sessionAttributes"])
    left = seconds_to_say_all(from_ssml(going_on["response"]["outputSpeech"]["ssml"]))
    assert 195 <= left <= 270


def test_a_session_that_was_heard_to_its_end_is_not_offered_again(endpoint: Endpoint) -> None:
    _ended_after(endpoint, 330, "EXCEEDED_MAX_REPROMPTS")
    welcome = endpoint.answer(DEVICE.launch(Session()))
    assert LIBRARY.scripts["beach"].go_on not in welcome["response"]["outputSpeech"]["ssml"]


def test_forget_me_erases_the_row(endpoint: Endpoint) -> None:
    endpoint.answer(DEVICE.launch(Session()))
    assert "Welcome back" in endpoint.answer(DEVICE.launch(Session()))["response"]["outputSpeech"]["ssml"]
    endpoint.answer(DEVICE.intent(Session(), Resolution("ForgetIntent")))
    again = endpoint.answer(DEVICE.launch(Session()))["response"]["outputSpeech"]["ssml"]
    assert "computer program" in again


def test_forget_me_is_not_said_to_be_done_when_it_was_not(words: WordsByLocale, tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    endpoint = Endpoint(words, SqliteMemory(path), SKILL_ID)
    endpoint.answer(DEVICE.launch(Session()))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = endpoint.answer(DEVICE.intent(Session(), Resolution("ForgetIntent")))
    assert "could not erase" in answer["response"]["outputSpeech"]["ssml"]
    assert "Welcome back" in endpoint.answer(DEVICE.launch(Session()))["response"]["outputSpeech"]["ssml"]


@pytest.mark.parametrize("row", ['{"visits": 3, "rate": "x"}', "no json", '{"been_here": "yes", "name": "Ann"}'])
def test_forget_me_erases_a_row_that_makes_no_sense_too(row: str, words: WordsByLocale, tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    endpoint = Endpoint(words, SqliteMemory(path), SKILL_ID)
    endpoint.answer(DEVICE.launch(Session()))
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE listener SET attributes = ?", (row,))
    endpoint.answer(DEVICE.intent(Session(), Resolution("ForgetIntent")))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM listener").fetchone() == (0,)


def _long(sentences: int, silence: float) -> Spoken:
    return spoken(
        part for number in range(sentences) for part in (Say(f"Rest for a while, {number}.", 0.8), Pause(silence))
    )


def test_a_session_too_long_for_one_response_goes_on_in_the_reprompt_and_loses_nothing() -> None:
    words = _long(200, 9.0)
    written = chapters(words, (), NO_HARD_WORDS)
    assert all(len(chapter) <= LONGEST_SPEECH for chapter in written)
    first, rest = (from_ssml(f"<speak>{chapter}</speak>") for chapter in written)
    said = [part for part in (*first, *rest) if isinstance(part, Say)]
    assert said == [part for part in words if isinstance(part, Say)]
    assert seconds_to_say_all(first) + LISTENING + seconds_to_say_all(rest) == pytest.approx(seconds_to_say_all(words))


def test_a_session_that_fits_is_one_chapter() -> None:
    words = _long(20, 9.0)
    asked = (Say("And now?"),)
    assert chapters(words, asked, NO_HARD_WORDS) == (to_ssml_content(words), to_ssml_content(asked))


@pytest.mark.parametrize("words", [_long(600, 9.0), _long(200, 2.0)])
def test_what_two_chapters_cannot_hold_is_an_error_and_never_cut_off(words: Spoken) -> None:
    with pytest.raises(ValueError, match="more than a response"):
        chapters(words, (), NO_HARD_WORDS)
