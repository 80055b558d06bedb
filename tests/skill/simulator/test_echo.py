"""The pretend Echo with the real skill behind it."""

import time

import pytest

from interaction_model.names import FALLBACK
from skill.library import Library
from skill.simulator.echo import PretendEcho


def test_a_question_is_answered_and_the_microphone_opens(echo: PretendEcho, library: Library) -> None:
    heard = echo.hear("ice or heat?")
    assert heard.intent == "IceOrHeatIntent"
    assert heard.speech.startswith(library.entries["ice-or-heat"].says)
    assert heard.session_open
    assert echo.listening
    assert heard.reprompt


def test_a_session_goes_on_with_what_the_skill_had_kept(echo: PretendEcho, library: Library) -> None:
    first, second = echo.hear("tell me about ice"), echo.hear("yes")
    assert second.speech.startswith(library.entries["ice"].more)
    assert first.request and second.request
    assert first.request["session"]["sessionId"] == second.request["session"]["sessionId"]
    assert (first.request["session"]["new"], second.request["session"]["new"]) == (True, False)


@pytest.mark.parametrize(
    "said",
    [
        "ask gentle back how long to ice",
        "Alexa, ask Gentle Back how long to ice",
        "alexa ask gentle back, how long to ice",
        "hey alexa, ask gentle back how long to ice?",
    ],
)
def test_a_one_shot_invocation_is_taken_off_before_it_is_understood(echo: PretendEcho, said: str) -> None:
    assert echo.hear(said).intent == "IceHowLongIntent"


@pytest.mark.parametrize("said", ["open gentle back", "Alexa, open Gentle Back.", "start gentle back"])
def test_opening_the_skill_launches_it(echo: PretendEcho, said: str) -> None:
    heard = echo.hear(said)
    assert heard.intent == "LaunchRequest"
    assert heard.request
    assert heard.request["request"]["type"] == "LaunchRequest"


def test_silence_is_the_reprompt_and_then_the_end(echo: PretendEcho) -> None:
    answer = echo.hear("does ice help")
    silence = echo.silence()
    assert silence.speech == answer.reprompt
    assert not silence.session_open
    assert not echo.listening
    assert silence.request
    assert silence.request["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert echo.silence().speech == ""


def test_stop_closes_the_microphone_and_the_next_words_open_a_new_session(echo: PretendEcho) -> None:
    first = echo.hear("does ice help")
    assert not echo.hear("stop").session_open
    again = echo.hear("does heat help")
    assert first.request and again.request
    assert again.request["session"]["sessionId"] != first.request["session"]["sessionId"]
    assert again.request["session"]["attributes"] == {}


def test_the_same_listener_coming_back_is_greeted_as_one(echo: PretendEcho) -> None:
    assert echo.launch().speech != echo.launch().speech


def test_a_slot_arrives_as_alexa_resolves_it(echo: PretendEcho) -> None:
    heard = echo.hear("what does facet mean")
    assert heard.slots == {"term": {"value": "facet", "id": "facet-joint"}}
    assert heard.request
    slot = heard.request["request"]["intent"]["slots"]["term"]
    authority = slot["resolutions"]["resolutionsPerAuthority"][0]
    assert authority["status"]["code"] == "ER_SUCCESS_MATCH"
    assert authority["values"][0]["value"]["id"] == "facet-joint"


def test_what_is_out_of_scope_arrives_as_fallback_with_no_word_of_it(echo: PretendEcho) -> None:
    heard = echo.hear("who won the football last night")
    assert heard.intent == FALLBACK
    assert "football" not in str(heard.request)


def test_whoever_types_for_an_hour_is_heard_where_they_began(echo: PretendEcho, monkeypatch) -> None:
    """At the keyboard nothing is timed: the pretend Echo's clock stands still."""
    first = echo.hear("tell me about ice")
    now = time.time()
    with echo.clock.held():
        monkeypatch.setattr(time, "time", lambda: now + 3600)
    second = echo.hear("yes")
    assert first.request and second.request
    assert second.request["session"]["sessionId"] == first.request["session"]["sessionId"]
    assert echo.clock.now() < now + 60


def test_the_wake_word_is_the_speakers_and_not_the_skills(echo: PretendEcho) -> None:
    echo.hear("body scan for five minutes")
    assert echo.hear("Alexa, pause").intent == "AMAZON.PauseIntent"
    assert echo.hear("alexa stop").intent == "AMAZON.StopIntent"
    work = echo.hear("computer work hurts my back")
    assert work.intent == echo.hear("Alexa, computer work hurts my back").intent


def test_what_may_be_one_of_two_arrives_as_alexa_resolves_a_topic_in_doubt(
    echo: PretendEcho, in_doubt: tuple[str, str, str]
) -> None:
    said, first, second = in_doubt
    heard = echo.hear(said)
    assert heard.request
    topic = heard.request["request"]["intent"]["slots"]["topic"]
    values = topic["resolutions"]["resolutionsPerAuthority"][0]["values"]
    assert [value["value"]["id"] for value in values] == [first, second]
    assert heard.speech.startswith("Do you mean ")
    assert echo.hear("the second one").speech != heard.speech


def test_no_abbreviation_is_heard(echo: PretendEcho) -> None:
    heard = echo.hear("what is rheumatoid arthritis")
    assert " RA " not in f" {heard.speech} "
    assert "rheumatoid arthritis" in heard.speech.lower()
    assert "RA" in str(heard.card)
