"""What a device with a screen shows, and what touching it does."""

import json
from dataclasses import replace
from typing import Any

import pytest

from interaction_model.names import ABOUT, TOPIC, urgent_intent_name
from interaction_model.resolver import Resolution, SlotMatch
from skill.alexa.endpoint import Endpoint
from skill.alexa.screens import DOCUMENT
from skill.alexa.turns import CHOICES
from skill.conversation.turn import OF_TWO
from skill.library import Library
from skill.library.read import load, locales
from skill.simulator.envelope import Device, Session
from speech.document import Say
from speech.ssml_reader import from_ssml

SCREEN = Device("en-US", interfaces={"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}})
SPEAKER = Device("en-US")
HEART = urgent_intent_name("heart", crisis=False)


def _directive(response: dict[str, Any]) -> dict[str, Any]:
    (directive,) = response["directives"]
    assert directive["type"] == "Alexa.Presentation.APL.RenderDocument"
    return directive


def _touch(session: Session, *arguments: object, device: Device = SCREEN) -> dict[str, Any]:
    envelope = device.launch(session)
    envelope["request"] |= {"type": "Alexa.Presentation.APL.UserEvent", "arguments": list(arguments)}
    return envelope


def test_a_screen_shows_every_word_that_is_said_and_a_speaker_gets_none(endpoint: Endpoint) -> None:
    for intent in ("IceIntent", HEART, "AMAZON.HelpIntent", "BodyScanIntent"):
        response = endpoint.answer(SCREEN.intent(Session(), Resolution(intent)))["response"]
        shown = _directive(response)["datasources"]["screen"]
        said = [part.text for part in from_ssml(response["outputSpeech"]["ssml"]) if isinstance(part, Say)]
        for sentence in said:
            assert sentence in " ".join(shown["words"])
        assert len(shown["choices"]) <= 3
        assert "directives" not in endpoint.answer(SPEAKER.intent(Session(), Resolution(intent)))["response"]


def test_the_number_to_call_is_shown_in_digits(endpoint: Endpoint) -> None:
    response = endpoint.answer(SCREEN.intent(Session(), Resolution(HEART)))["response"]
    assert "Emergency: 911" in _directive(response)["datasources"]["screen"]["notes"]


def test_choices_fit_what_is_asked(endpoint: Endpoint) -> None:
    def choices(intent: str) -> list[str]:
        newcomer = replace(SCREEN, user_id=intent)
        response = endpoint.answer(newcomer.intent(Session(), Resolution(intent)))["response"]
        return [choice["want"] for choice in _directive(response)["datasources"]["screen"]["choices"]]

    assert choices("IceIntent") == ["yes", "no", "repeat"]
    assert choices(HEART) == ["yes", "no", "repeat"]
    assert choices("BodyScanIntent") == ["pause", "next", "stop"]
    assert choices("AMAZON.HelpIntent") == ["help", "relax", "stop"]
    assert choices("AMAZON.StopIntent") == []


def test_a_touch_is_as_good_as_a_word(endpoint: Endpoint) -> None:
    said = endpoint.answer(SCREEN.intent(Session(), Resolution("IceIntent")))
    session = Session(new=False, attributes=said["sessionAttributes"])
    by_word = endpoint.answer(SCREEN.intent(session, Resolution("AMAZON.YesIntent")))
    by_touch = endpoint.answer(_touch(session, "yes"))
    assert by_touch["response"] == by_word["response"]
    assert by_touch["sessionAttributes"] == by_word["sessionAttributes"]


def test_by_touch_alone_somebody_gets_from_the_welcome_into_a_session_and_out_again(endpoint: Endpoint) -> None:
    session, choices = Session(), ["relax"]
    answer = endpoint.answer(SCREEN.launch(session))
    for wanted in ("relax", "pause", "yes", "next", "stop"):
        shown = _directive(answer["response"])["datasources"]["screen"]
        choices = [choice["want"] for choice in shown["choices"]]
        assert wanted in choices
        session = Session(new=False, attributes=answer["sessionAttributes"])
        answer = endpoint.answer(_touch(session, wanted))
        assert ("practice" in answer["sessionAttributes"]) or wanted == "stop"
    assert answer["response"]["shouldEndSession"] is True


def test_what_may_be_empty_is_not_drawn_then() -> None:
    """A list of no items draws its item once, as a blank button; only a condition prevents it."""
    lists = []

    def look(part: object) -> None:
        if isinstance(part, dict):
            if "data" in part:
                lists.append((part["data"], part.get("when")))
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(DOCUMENT["mainTemplate"])
    assert len(lists) == 3
    for data, when in lists:
        assert when == data.replace("}", ".length > 0}")


@pytest.mark.parametrize("arguments", [(), ("fly",), (5,), ({"a": 1},), ("danger",), ("yes", "no"), (None,)])
def test_any_touch_gets_an_answer(arguments: tuple[object, ...], endpoint: Endpoint) -> None:
    response = endpoint.answer(_touch(Session(), *arguments))["response"]
    assert response["outputSpeech"]["ssml"]
    outside = _touch(Session(), *arguments)
    del outside["session"]
    assert endpoint.answer(outside)["response"]["outputSpeech"]["ssml"]


def test_in_simple_mode_two_things_at_most_can_be_touched(endpoint: Endpoint) -> None:
    session = Session()
    answer = endpoint.answer(SCREEN.intent(session, Resolution("SimpleOnIntent")))
    session.new, session.attributes = False, answer["sessionAttributes"]
    for intent, wants in (
        ("IceIntent", ["yes", "no"]), ("AMAZON.HelpIntent", ["help", "stop"]), ("BodyScanIntent", ["pause", "stop"])
    ):  # fmt: skip
        shown = _directive(endpoint.answer(SCREEN.intent(session, Resolution(intent)))["response"])
        assert [choice["want"] for choice in shown["datasources"]["screen"]["choices"]] == wants


def test_two_things_that_may_be_meant_are_shown_by_their_names(endpoint: Endpoint) -> None:
    topic = SlotMatch("cold or warm", "ice", "ice", ("heat", "heat"))
    session = Session()
    asked = endpoint.answer(SCREEN.intent(session, Resolution(ABOUT, {TOPIC: topic})))
    choices = _directive(asked["response"])["datasources"]["screen"]["choices"]
    assert [choice["label"] for choice in choices] == ["Ice", "Heat", "Repeat"]
    session.new, session.attributes = False, asked["sessionAttributes"]
    answer = endpoint.answer(_touch(session, choices[1]["want"]))["response"]
    assert load().entries["heat"].says.partition(".")[0] in answer["outputSpeech"]["ssml"]


@pytest.mark.parametrize("locale", sorted(locales()))
def test_every_choice_has_a_label_that_can_also_be_said(locale: str) -> None:
    library = load(locale=locale)
    assert library.labels.keys() == CHOICES - {*OF_TWO}  # these are called what they are
    for want, label in library.labels.items():
        assert label.lower() == want  # each is a word that people say for it


def test_the_document_is_large_and_high_in_contrast_and_names_its_buttons() -> None:
    text = json.dumps(DOCUMENT)
    colours = {part.split('"')[0] for part in text.split('"#')[1:]}
    assert colours == {"FFFFFF", "101820"}  # 17.9 to 1
    assert '"accessibilityLabel": "${label}"' in text
    assert '"role": "button"' in text
    sizes = [size for resource in DOCUMENT["resources"] for size in resource["dimensions"].values()]
    targets = [
        resource["dimensions"]["target"] for resource in DOCUMENT["resources"] if "target" in resource["dimensions"]
    ]
    assert all(int(size.removesuffix("dp")) >= 24 for size in sizes)
    assert all(int(target.removesuffix("dp")) >= 48 for target in targets)


def test_signs_that_a_screen_would_read_as_markup_are_shown_as_they_are(endpoint: Endpoint, library: Library) -> None:
    from skill.alexa.screens import _shown  # noqa: PLC0415 (the one place that escapes)

    assert _shown("ice & heat <b>") == "ice &amp; heat &lt;b&gt;"


def test_a_definition_is_shown_too(endpoint: Endpoint) -> None:
    match = SlotMatch("sciatica", "sciatica", "sciatica")
    response = endpoint.answer(SCREEN.intent(Session(), Resolution("DefineIntent", {"term": match})))["response"]
    assert "sciatica" in _directive(response)["datasources"]["screen"]["title"]
