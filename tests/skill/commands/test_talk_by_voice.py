"""`talk --mic`: the conversation by voice, with what the ears made out given by a script."""

from collections.abc import Iterator
from types import SimpleNamespace

import click
import pytest

from interaction_model.resolver import Resolver
from skill.__main__ import commands
from skill.commands import talk


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, resolver: Resolver) -> Iterator[list[str]]:
    turns: list[str] = []
    patience: list[object] = []

    def one_turn(_: object, __: object, patient: object) -> str:
        patience.append(patient)
        return turns.pop(0)

    monkeypatch.setattr("speech.hearing.microphone.Microphone", SimpleNamespace)
    monkeypatch.setattr(talk, "listening", lambda *_: None)
    monkeypatch.setattr(talk, "one_turn", one_turn)
    yield turns
    assert turns == []


def test_a_conversation_is_held_and_who_says_nothing_is_asked_again(
    said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said += ["should i use ice or heat", "", "stop"]
    commands.main(["talk", "--mic", "--mute"], standalone_mode=False)
    out = capsys.readouterr().out
    assert "Skill: For the first two days, try ice." in out
    after = out[out.index("try ice") :]
    assert after.count("Skill: ") == 2  # the reprompt, and goodbye


def test_who_is_silent_twice_is_left_in_peace(said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said += ["", ""]
    commands.main(["talk", "--mic", "--mute"], standalone_mode=False)
    assert capsys.readouterr().out.count("Skill: ") == 2  # the welcome and its reprompt, and then nothing more


def test_push_to_talk_is_for_the_microphone() -> None:
    with pytest.raises(click.UsageError, match="--mic"):
        commands.main(["talk", "--push-to-talk"], standalone_mode=False)
