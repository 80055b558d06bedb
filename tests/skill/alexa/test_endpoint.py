"""The real ask-sdk skill, asked with real envelopes; its answers held against Alexa's response rules."""

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ask_sdk_core.exceptions import AskSdkException, SerializationException

from interaction_model.model import model_path, read_model
from interaction_model.names import FALLBACK, intent_name, urgent_intent_name
from interaction_model.resolver import Resolution, SlotMatch
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.conversation.conversation import Conversation
from skill.library import Library
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID, Device, Session

DEVICE = Device("en-US")
SAID = "my knees weep"
MODEL = read_model(model_path("en-US"))


def _ask(endpoint: Endpoint, intent: str, session: Session | None = None, **slots: str) -> dict[str, Any]:
    matches = {name: SlotMatch(value, value, value) for name, value in slots.items()}
    return endpoint.answer(DEVICE.intent(session or Session(), Resolution(intent, matches)))


def _check_rules(answer: Mapping[str, Any]) -> None:
    """Hold a spoken answer against the rules that Alexa refuses answers by."""
    response = answer["response"]
    assert len(json.dumps(answer)) < 120_000
    ssml = response["outputSpeech"]["ssml"]
    assert len(ssml) < 7_500
    ET.fromstring(ssml)
    assert response["card"]["type"] == "Simple"
    assert len(response["card"]["title"] + response["card"]["content"]) < 8_000
    if response["shouldEndSession"]:
        assert "reprompt" not in response
        assert "?" not in ssml
    elif "?" in ssml:
        ET.fromstring(response["reprompt"]["outputSpeech"]["ssml"])
        assert response["reprompt"]["outputSpeech"]["ssml"] != ssml
    else:  # a relaxation session: nothing is asked, and whoever speaks is heard
        assert ssml.count("<break") > 10
    assert len(json.dumps(answer["sessionAttributes"])) < 1_000


@pytest.mark.parametrize("intent", [intent.name for intent in MODEL.intents])
def test_every_intent_of_the_model_gets_a_legal_answer(intent: str, endpoint: Endpoint) -> None:
    _check_rules(_ask(endpoint, intent))


def test_every_topic_and_term_gets_a_legal_answer(endpoint: Endpoint) -> None:
    for values, intent, slot in ((MODEL.types[0], "AboutIntent", "topic"), (MODEL.types[1], "DefineIntent", "term")):
        for value in values.values:
            _check_rules(_ask(endpoint, intent, **{slot: value.id}))


def test_an_entry_answers_the_same_by_its_intent_and_by_its_topic(endpoint: Endpoint) -> None:
    assert _ask(endpoint, "IceIntent")["response"] == _ask(endpoint, "AboutIntent", topic="ice")["response"]


@pytest.mark.parametrize(
    "slots",
    [
        None,
        {},
        {"topic": {"name": "topic", "confirmationStatus": "NONE"}},
        {"topic": {"name": "topic", "value": "dragons", "confirmationStatus": "NONE", "resolutions": {}}},
        {
            "topic": {
                "name": "topic",
                "value": "dragons",
                "confirmationStatus": "NONE",
                "resolutions": {
                    "resolutionsPerAuthority": [{"authority": "a", "status": {"code": "ER_SUCCESS_NO_MATCH"}}]
                },
            }
        },
    ],
)
def test_a_topic_that_alexa_did_not_resolve_is_asked_about_again(slots: object, endpoint: Endpoint) -> None:
    envelope = DEVICE.intent(Session(), Resolution("AboutIntent"))
    envelope["request"]["intent"]["slots"] = slots
    answer = endpoint.answer(envelope)
    _check_rules(answer)
    assert not answer["response"]["shouldEndSession"]


def test_speech_is_marked_up_with_silences_and_speed_alone(endpoint: Endpoint, library: Library) -> None:
    """No sound, tone or emphasis carries a meaning: without its markup every answer says the same."""
    intents = [intent_name(name) for name in (*library.entries, *library.scripts)]
    intents += [urgent_intent_name(danger.name, crisis=danger.crisis) for danger in library.dangers]
    for intent in intents:
        response = endpoint.answer(Device("en-US").intent(Session(), Resolution(intent)))["response"]
        ssml = response["outputSpeech"]["ssml"]
        assert set(re.findall(r"<(\w[\w:-]*)", ssml)) <= {"speak", "s", "break", "prosody", "sub", "phoneme"}, intent
        assert set(re.findall(r"<prosody (\w+)=", ssml)) <= {"rate"}, intent


def test_the_card_has_the_words_that_are_heard(endpoint: Endpoint) -> None:
    answer = _ask(endpoint, "IceIntent")["response"]
    heard = "".join(ET.fromstring(answer["outputSpeech"]["ssml"]).itertext())
    assert answer["card"]["content"].replace(" ", "") == heard.replace(" ", "")


def test_a_launch_greets_a_newcomer_once(endpoint: Endpoint) -> None:
    first, second = (endpoint.answer(DEVICE.launch(Session())) for _ in range(2))
    _check_rules(first)
    _check_rules(second)
    assert first["response"]["outputSpeech"] != second["response"]["outputSpeech"]


def test_the_end_of_a_session_gets_no_words(endpoint: Endpoint) -> None:
    assert endpoint.answer(DEVICE.session_ended(Session(), "USER_INITIATED"))["response"] == {}


def test_events_outside_a_session_get_no_words(endpoint: Endpoint) -> None:
    for kind in ("AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackStopped", "System.ExceptionEncountered"):
        envelope = DEVICE.launch(Session())
        del envelope["session"]
        envelope["request"] |= {"type": kind, "token": "t", "offsetInMilliseconds": 0}
        assert endpoint.answer(envelope)["response"] == {}, kind


def test_a_request_for_another_skill_is_refused(words: WordsByLocale, tmp_path: Path) -> None:
    other = Endpoint(words, SqliteMemory(tmp_path / "m"), "amzn1.ask.skill.another")
    with pytest.raises(AskSdkException, match="Skill ID"):
        other.answer(DEVICE.launch(Session()))


def test_new_properties_in_a_request_change_nothing(endpoint: Endpoint) -> None:
    envelope = DEVICE.intent(Session(), Resolution("IceIntent"))
    envelope["context"]["Tomorrow"] = {"new": [1, 2]}
    envelope["request"]["mood"] = "sore"
    _check_rules(endpoint.answer(envelope))


@pytest.mark.parametrize(
    "attributes", [{"said": "x"}, {"said": [1, None]}, {"misses": -5}, {"trail": ["says:gone"]}, {"offer": 7}]
)
def test_session_attributes_that_make_no_sense_break_nothing(attributes: dict[str, Any], endpoint: Endpoint) -> None:
    for intent in ("AMAZON.RepeatIntent", "AMAZON.YesIntent", "AMAZON.HelpIntent", FALLBACK, "MoreIntent"):
        _check_rules(_ask(endpoint, intent, Session(new=False, attributes=attributes)))


def test_a_defect_is_apologised_for_and_the_log_holds_no_word_of_the_listener(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SAID)

    monkeypatch.setattr(Conversation, "reply", broken)
    before = {"said": ["says:ice", "phrase:offer-more"], "offer": "more:ice", "trail": ["says:ice"]}
    with caplog.at_level(logging.DEBUG):
        answer = _ask(endpoint, "AboutIntent", Session(new=False, attributes=before), topic=SAID)
    _check_rules(answer)
    assert not answer["response"]["shouldEndSession"]
    assert answer["sessionAttributes"]["trail"] == ["says:ice"]
    assert "RuntimeError" in caplog.text
    assert SAID not in caplog.text


def test_a_memory_that_fails_costs_no_answer(
    words: WordsByLocale, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "m").mkdir()
    answer = Endpoint(words, SqliteMemory(tmp_path / "m"), SKILL_ID).answer(DEVICE.launch(Session()))
    _check_rules(answer)
    assert "Memory failed" in caplog.text


@pytest.mark.parametrize("missing", ["request", "context"])
def test_what_is_no_request_envelope_is_refused(missing: str, endpoint: Endpoint) -> None:
    envelope = DEVICE.launch(Session())
    del envelope[missing]
    with pytest.raises(SerializationException, match="no request envelope"):
        endpoint.answer(envelope)


def test_a_malformed_slot_hides_no_danger_sign(endpoint: Endpoint) -> None:
    envelope = DEVICE.intent(Session(), Resolution("DescribeIntent"))
    query = {"name": "query", "value": "have chest pain", "confirmationStatus": "NONE"}
    envelope["request"]["intent"]["slots"] = {"topic": None, "query": query}
    assert "nine one one" in endpoint.answer(envelope)["response"]["outputSpeech"]["ssml"]
