"""Recorded sessions on a pretend AudioPlayer that keeps Amazon's rules to the letter."""

from pathlib import Path
from typing import Any

import pytest

from interaction_model.names import MINUTES
from interaction_model.resolver import Resolution, SlotMatch
from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.library.read import load
from skill.memory.sqlite import SqliteMemory
from skill.relaxation.practice import Practice
from skill.simulator.envelope import SKILL_ID, Device, Session

LIBRARY = load()
BASE = "https://recordings.example.com/gentle-back"
PLAN = Practice("beach", 5, "sitting").plan(LIBRARY)
TRANSPORT = (
    "Cancel", "LoopOff", "LoopOn", "Next", "Previous", "Repeat", "ShuffleOff", "ShuffleOn", "StartOver",
)  # fmt: skip
"""The intents that may come without the invocation name while our audio plays."""


class AudioSpeaker:
    """A device with an AudioPlayer: it obeys directives, reports events, and accepts no illegal answer."""

    def __init__(self, endpoint: Endpoint, *, audio_player: bool = True) -> None:
        self.device = Device("en-US", interfaces={"AudioPlayer": {}} if audio_player else {})
        self._endpoint = endpoint
        self.stream: dict[str, Any] | None = None
        self.activity = "IDLE"
        self.offset = 0
        self.session: Session | None = None

    def say(self, intent: str, minutes: int = 0) -> dict[str, Any]:
        slots = {MINUTES: SlotMatch(str(minutes), str(minutes))} if minutes else {}
        session = self.session or Session()
        return self._send(self.device.intent(session, Resolution(intent, slots)), session)

    def launch(self) -> dict[str, Any]:
        session = Session()
        return self._send(self.device.launch(session), session)

    def _send(self, envelope: dict[str, Any], session: Session) -> dict[str, Any]:
        answer = self._endpoint.answer(self._with_player(envelope))
        response: dict[str, Any] = answer["response"]
        plays = [d for d in response.get("directives", []) if d["type"] == "AudioPlayer.Play"]
        if plays:
            assert response["shouldEndSession"] is True, "a stream pauses while a session is open"
        if response.get("shouldEndSession") is False:
            session.attributes, session.new = answer.get("sessionAttributes") or {}, False
            self.session = session
        else:
            self.session = None
        self._obey(response)
        return response

    def _with_player(self, envelope: dict[str, Any]) -> dict[str, Any]:
        state = {"playerActivity": self.activity, "offsetInMilliseconds": self.offset}
        if self.stream:
            state["token"] = self.stream["token"]
        envelope["context"]["AudioPlayer"] = state
        return envelope

    def _obey(self, response: dict[str, Any]) -> None:
        directives = response.get("directives") or []
        assert len(directives) <= 1
        for directive in directives:
            match directive["type"]:
                case "AudioPlayer.Play":
                    assert directive["playBehavior"] == "REPLACE_ALL"
                    stream = directive["audioItem"]["stream"]
                    assert "expectedPreviousToken" not in stream
                    assert len(stream["token"]) <= 1024
                    replaced = (self.stream, self.offset) if self.activity == "PLAYING" else None
                    self.stream, self.offset, self.activity = stream, stream["offsetInMilliseconds"], "PLAYING"
                    if replaced:  # a device tells of the stream that was replaced, and it may tell late
                        self.event("AudioPlayer.PlaybackStopped", of=replaced)
                    self.event("AudioPlayer.PlaybackStarted")
                case "AudioPlayer.Stop" | "AudioPlayer.ClearQueue":
                    if directive["type"] == "AudioPlayer.ClearQueue":
                        assert directive["clearBehavior"] == "CLEAR_ALL"
                    if self.activity == "PLAYING":
                        self.activity = "STOPPED"
                        self.event("AudioPlayer.PlaybackStopped")

    def event(self, kind: str, of: tuple[dict[str, Any], int] | None = None, **more: object) -> None:
        """Report an event; the only answer that every device accepts is an empty one."""
        told = {"token": of[0]["token"], "offsetInMilliseconds": of[1]} if of else {}
        assert self._outside(kind, **more, **told) == {}

    def _outside(self, kind: str, **more: object) -> dict[str, Any]:
        envelope = self._with_player(self.device.launch(Session()))
        del envelope["session"]
        request: dict[str, object] = {"type": kind, "token": self.stream["token"] if self.stream else ""}
        if kind.startswith("AudioPlayer."):
            request["offsetInMilliseconds"] = self.offset
        request |= more
        envelope["request"] = {**envelope["request"], **request}
        answer: dict[str, Any] = self._endpoint.answer(envelope)["response"]
        assert "shouldEndSession" not in answer
        return answer

    def button(self, name: str) -> dict[str, Any]:
        answer = self._outside(f"PlaybackController.{name}CommandIssued")
        assert set(answer) <= {"directives"}, "a button gets directives and no words"
        self._obey(answer)
        return answer

    def listen(self, seconds: float) -> None:
        if self.activity == "PLAYING":
            self.offset += round(seconds * 1000)
        self.device.clock.put_forward(seconds)

    def finish(self) -> None:
        self.event("AudioPlayer.PlaybackNearlyFinished")
        self.activity = "FINISHED"
        self.event("AudioPlayer.PlaybackFinished")


@pytest.fixture
def endpoint(words: WordsByLocale, tmp_path: Path) -> Endpoint:
    return Endpoint(words, SqliteMemory(tmp_path / "memory.sqlite3"), SKILL_ID, Streams(BASE))


@pytest.fixture
def speaker(endpoint: Endpoint) -> AudioSpeaker:
    speaker = AudioSpeaker(endpoint)
    speaker.launch()
    speaker.session = None
    return speaker


def _step_starts() -> list[int]:
    return [round(step.start * 1000) for step in PLAN.steps]


def test_a_session_is_a_stream_with_its_name_captions_and_token(speaker: AudioSpeaker) -> None:
    response = speaker.say("BeachIntent")
    assert "outputSpeech" not in response
    assert response["card"]["title"] == LIBRARY.scripts["beach"].title
    assert speaker.stream
    assert speaker.stream["url"] == f"{BASE}/beach-5-minutes-sitting.mp3"
    captions = speaker.stream["captionData"]
    assert captions["type"] == "WEBVTT"
    assert captions["content"].startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert "Picture a quiet beach" in captions["content"]


def test_pause_stops_without_a_word_and_resume_goes_on_at_the_exact_offset(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(73.456)
    paused = speaker.say("AMAZON.PauseIntent")
    assert [d["type"] for d in paused["directives"]] == ["AudioPlayer.Stop"]
    assert "outputSpeech" not in paused
    assert speaker.activity == "STOPPED"
    speaker.say("AMAZON.ResumeIntent")
    assert (speaker.activity, speaker.offset) == ("PLAYING", 73_456)


def test_resume_knows_the_exact_offset_another_day(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(100)
    speaker.say("AMAZON.StopIntent")
    assert speaker.activity == "STOPPED"
    speaker.stream, speaker.activity, speaker.offset = None, "IDLE", 0  # the device was unplugged since
    welcome = speaker.launch()
    assert LIBRARY.scripts["beach"].go_on in welcome["outputSpeech"]["ssml"]
    speaker.say("AMAZON.YesIntent")
    assert (speaker.activity, speaker.offset) == ("PLAYING", 100_000)


def test_next_and_previous_go_by_step(speaker: AudioSpeaker) -> None:
    starts = _step_starts()
    speaker.say("BeachIntent")
    speaker.listen(starts[3] / 1000 + 1)
    speaker.say("AMAZON.NextIntent")
    assert speaker.offset == starts[4]
    speaker.say("AMAZON.PreviousIntent")
    assert speaker.offset == starts[3]
    speaker.say("AMAZON.RepeatIntent")
    assert speaker.offset == starts[3]
    speaker.say("AMAZON.StartOverIntent")
    assert speaker.offset == 0


def test_next_in_the_last_step_ends_it(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(PLAN.seconds - 1)
    response = speaker.say("AMAZON.NextIntent")
    assert speaker.activity == "STOPPED"
    assert LIBRARY.phrases["session-over"].says.split(".")[0] in response["outputSpeech"]["ssml"]


@pytest.mark.parametrize("name", TRANSPORT)
@pytest.mark.parametrize("activity", ["PLAYING", "STOPPED", "FINISHED"])
def test_all_nine_transport_intents_are_answered_in_every_state(
    name: str, activity: str, speaker: AudioSpeaker
) -> None:
    speaker.say("BeachIntent")
    speaker.listen(60)
    if activity == "STOPPED":
        speaker.say("AMAZON.PauseIntent")
    elif activity == "FINISHED":
        speaker.finish()
    response = speaker.say(f"AMAZON.{name}Intent")
    assert response.get("outputSpeech") or response.get("directives")
    if response.get("shouldEndSession") is False:
        assert "?" in response["outputSpeech"]["ssml"]


def test_how_long_is_left_is_told_and_the_stream_goes_on_where_it_was(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(170)
    response = speaker.say("HowLongIntent")
    assert "minutes are left" in response["outputSpeech"]["ssml"]
    assert (speaker.activity, speaker.offset) == ("PLAYING", 170_000)


def test_slower_goes_on_in_spoken_words_and_ends_the_stream(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(120)
    response = speaker.say("SlowerIntent")
    assert speaker.activity == "STOPPED"
    assert "slower" in response["outputSpeech"]["ssml"]
    assert response["shouldEndSession"] is False
    assert "Picture a quiet beach" not in response["outputSpeech"]["ssml"]


def test_a_danger_sign_ends_the_stream(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(30)
    response = speaker.say("UrgentHeartIntent")
    assert "nine one one" in response["outputSpeech"]["ssml"]
    assert speaker.activity == "STOPPED"
    assert LIBRARY.scripts["beach"].go_on not in speaker.launch()["outputSpeech"]["ssml"]


def test_a_session_that_was_heard_to_its_end_is_not_offered_again(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(300)
    speaker.finish()
    assert LIBRARY.scripts["beach"].go_on not in speaker.launch()["outputSpeech"]["ssml"]


def test_the_buttons_play_pause_and_go_by_step(speaker: AudioSpeaker) -> None:
    starts = _step_starts()
    speaker.say("BeachIntent")
    speaker.listen(starts[2] / 1000 + 2)
    speaker.button("Pause")
    assert speaker.activity == "STOPPED"
    speaker.button("Play")
    assert (speaker.activity, speaker.offset) == ("PLAYING", starts[2] + 2000)
    speaker.button("Next")
    assert speaker.offset == starts[3]
    speaker.button("Previous")
    assert speaker.offset == starts[2]


def test_a_button_with_nothing_to_play_gets_an_empty_answer(speaker: AudioSpeaker) -> None:
    for name in ("Play", "Pause", "Next", "Previous"):
        assert speaker.button(name) == {}


def test_a_recording_that_cannot_be_played_is_spoken_from_then_on(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": "x"}
    speaker.event("AudioPlayer.PlaybackFailed", error=error, currentPlaybackState={"playerActivity": "STOPPED"})
    speaker.stream, speaker.activity = None, "IDLE"
    response = speaker.say("BeachIntent")
    assert speaker.activity == "IDLE"
    assert "Picture a quiet beach" in response["outputSpeech"]["ssml"]


@pytest.mark.parametrize("minutes", [3, 7])
def test_a_length_that_nobody_recorded_is_spoken(minutes: int, speaker: AudioSpeaker) -> None:
    response = speaker.say("BeachIntent", minutes)
    assert "directives" not in response
    assert response["shouldEndSession"] is False


def test_a_device_without_an_audio_player_hears_spoken_words(endpoint: Endpoint) -> None:
    response = AudioSpeaker(endpoint, audio_player=False).say("BeachIntent")
    assert "directives" not in response
    assert "Picture a quiet beach" in response["outputSpeech"]["ssml"]


def test_without_a_base_url_every_session_is_spoken(words: WordsByLocale, tmp_path: Path) -> None:
    endpoint = Endpoint(words, SqliteMemory(tmp_path / "m"), SKILL_ID)
    assert "directives" not in AudioSpeaker(endpoint).say("BeachIntent")


def test_a_stream_of_somebody_else_is_left_alone(speaker: AudioSpeaker) -> None:
    speaker.stream, speaker.activity, speaker.offset = {"token": "other-skill"}, "PLAYING", 5000
    speaker.event("AudioPlayer.PlaybackStopped")
    assert speaker.button("Next") == {}
    assert "minutes would you like" in speaker.say("RelaxIntent")["outputSpeech"]["ssml"]


def _heard(response: dict[str, Any]) -> str:
    return str(response["outputSpeech"]["ssml"])


@pytest.mark.parametrize("ended", ["finished", "stopped"])
def test_a_spoken_session_after_a_recorded_one_is_steered_as_itself(ended: str, speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(60)
    if ended == "finished":
        speaker.finish()
    else:
        speaker.say("AMAZON.StopIntent")
    speaker.say("BeachIntent", 7)
    speaker.listen(100)
    assert "Paused" in _heard(speaker.say("AMAZON.PauseIntent"))
    resumed = speaker.say("AMAZON.ResumeIntent")
    assert "directives" not in resumed
    assert "This takes" not in _heard(resumed)
    speaker.listen(5)
    assert "Then leave that one out" in _heard(speaker.say("HurtsIntent"))


def test_whoever_asked_for_slower_words_hears_them_after_a_pause_too(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(120)
    speaker.say("SlowerIntent")
    speaker.listen(60)
    speaker.say("AMAZON.PauseIntent")
    resumed = speaker.say("AMAZON.ResumeIntent")
    assert "directives" not in resumed
    assert 'rate="65%"' in _heard(resumed)


def test_the_buttons_play_nothing_that_was_not_recorded(speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent", 7)
    speaker.listen(60)
    speaker.say("AMAZON.StopIntent")
    for name in ("Play", "Next", "Previous"):
        assert speaker.button(name) == {}


@pytest.mark.parametrize("intent", ["ForgetIntent", "UrgentHeartIntent"])
def test_the_buttons_bring_nothing_back_that_was_left_for_good(intent: str, speaker: AudioSpeaker) -> None:
    speaker.say("BeachIntent")
    speaker.listen(60)
    speaker.say(intent)
    assert speaker.activity == "STOPPED"
    assert speaker.button("Play") == {}


def test_a_late_event_of_a_stream_that_was_replaced_moves_nothing(speaker: AudioSpeaker) -> None:
    starts = _step_starts()
    speaker.say("BeachIntent")
    speaker.listen(starts[3] / 1000 + 5)
    speaker.device.clock.put_forward(1)
    old = dict(speaker.stream or {}), speaker.offset
    speaker.say("AMAZON.NextIntent")
    speaker.event("AudioPlayer.PlaybackStopped", of=old)
    speaker.listen(2)
    speaker.say("AMAZON.StopIntent")
    speaker.stream, speaker.activity, speaker.offset = None, "IDLE", 0
    speaker.launch()
    speaker.say("AMAZON.YesIntent")
    assert speaker.offset == starts[4] + 2000


def test_whoever_was_hurt_is_not_made_to_move_by_a_button(speaker: AudioSpeaker) -> None:
    speaker.say("SeatedMovementIntent")
    speaker.listen(70)
    speaker.say("HurtsIntent")
    speaker.listen(3)
    plan = Practice("seated-movement", 5, "sitting").plan(LIBRARY)
    speaker.say("AMAZON.PreviousIntent")
    assert not plan.steps[plan.step_at(speaker.offset / 1000 + 0.01)].moves


def test_where_a_recording_was_stopped_does_not_count_once_it_was_spoken_on(
    speaker: AudioSpeaker, endpoint: Endpoint
) -> None:
    speaker.say("BeachIntent")
    speaker.listen(60)
    speaker.say("AMAZON.StopIntent")
    other = AudioSpeaker(endpoint, audio_player=False)
    other.device = Device("en-US", clock=speaker.device.clock)
    other.launch()
    other.say("AMAZON.YesIntent")
    other.listen(150)
    other.say("AMAZON.StopIntent")
    speaker.launch()
    speaker.say("AMAZON.YesIntent")
    assert speaker.offset > 150_000
