"""Questions from a sound file and from a microphone, on the real command line."""

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")
def test_a_question_in_a_sound_file_is_answered(gentle_back, tmp_path: Path) -> None:
    sound = tmp_path / "question.wav"
    subprocess.run(["flite", "-voice", "slt", "-t", "should I use ice or heat", "-o", sound], check=True)
    result = gentle_back("hear", "--mute", str(sound))
    assert result.returncode == 0, result.stderr
    assert b"You: should i use ice or heat" in result.stdout
    assert b"For the first two days, try ice." in result.stdout


def test_a_file_without_sound_is_told_with_its_mend(program, tmp_path: Path) -> None:
    (tmp_path / "question.wav").write_bytes(b"nothing")
    result = program("hear", "--mute", str(tmp_path / "question.wav"))
    assert result.returncode == 1
    assert b"Save it as 16-bit WAV" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_computer_without_a_microphone_says_what_is_missing_and_what_else_there_is(program) -> None:
    result = program("talk", "--mic", "--mute")
    assert result.returncode == 1
    assert b"gentle-back hear FILE.wav" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_file_of_wordings_is_evaluated_and_a_bad_line_is_named(gentle_back, tmp_path: Path) -> None:
    file = tmp_path / "wordings.tsv"
    file.write_text("should i use ice or heat\tice-or-heat\nwhat is sciatica\tF23\nplay some jazz\tFAR\n")
    result = gentle_back("evaluate", str(file))
    assert b"in scope: 1 of 2 right, 50.0%" in result.stdout
    assert b"far: 1 of 1 right" in result.stdout
    assert b"what is sciatica (F23)" in result.stdout
    assert b"what is sciatica" not in gentle_back("evaluate", "--only-numbers", str(file)).stdout
    file.write_text("ice or heat\tno-such-entry\n")
    result = gentle_back("evaluate", str(file))
    assert result.returncode == 1
    assert b"line 1 expects 'no-such-entry'" in result.stderr
