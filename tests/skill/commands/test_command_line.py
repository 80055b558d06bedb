"""The real command line, as processes."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from skill.library import Library
from skill.library.read import CONTENT
from skill.simulator.utterances import LONGEST, utterance

FIELDS = {
    "said", "intent", "slots", "confidence", "speech", "reprompt", "ssml", "session_open", "card", "directives",
    "request", "response", "elapsed_ms",
}  # fmt: skip


def _turns(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_question_gets_one_answer_in_plain_lines(gentle_back, library: Library) -> None:
    done = gentle_back("ask", "--mute", "ice or heat?")
    assert done.returncode == 0
    assert done.stdout.decode().startswith(f"Skill: {library.entries['ice-or-heat'].says}")
    assert done.stdout.count(b"\n") == 1
    assert b"\x1b" not in done.stdout + done.stderr


def test_each_line_is_a_question_in_a_session_of_its_own(gentle_back) -> None:
    done = gentle_back("ask", "--json", said=b"does ice help\nyes\ntell me about dragons\n")
    turns = _turns(done)
    assert done.returncode == 0
    assert all(set(turn) == FIELDS for turn in turns)
    assert [turn["said"] for turn in turns] == ["does ice help", "yes", "tell me about dragons"]
    sessions = {turn["request"]["session"]["sessionId"] for turn in turns}
    users = {turn["request"]["session"]["user"]["userId"] for turn in turns}
    assert (len(sessions), len(users)) == (3, 1)
    assert "<" not in turns[0]["speech"]
    assert turns[0]["ssml"].startswith("<speak>")


def test_talk_holds_one_session_and_knows_the_signs(gentle_back) -> None:
    said = b"<launch>\nwhat helps at home\nyes\n<silence>\n<new_session>\ndoes ice help\nstop\n"
    turns = _turns(gentle_back("talk", "--json", said=said))
    assert [turn["intent"] for turn in turns] == [
        "LaunchRequest", "HomeTreatmentsIntent", "AMAZON.YesIntent", "SessionEndedRequest", "LaunchRequest",
        "IceIntent", "AMAZON.StopIntent",
    ]  # fmt: skip
    assert [turn["session_open"] for turn in turns] == [True, True, True, False, True, True, False]
    assert turns[3]["speech"] == turns[2]["reprompt"]
    assert turns[4]["speech"] != turns[0]["speech"]
    assert turns[0]["request"]["session"]["sessionId"] == turns[2]["request"]["session"]["sessionId"]


def test_a_file_holds_what_would_be_heard(gentle_back, tmp_path: Path) -> None:
    lengths = {}
    for rate in ("100", "200"):
        path = tmp_path / f"{rate}.wav"
        assert gentle_back("ask", "--mute", "--rate", rate, "--wav", str(path), "ice", "or", "heat").returncode == 0
        with wave.open(str(path)) as file:
            lengths[rate] = file.getnframes() / file.getframerate()
    assert lengths["100"] > 1.6 * lengths["200"]
    assert lengths["200"] > 10


def test_a_computer_that_cannot_be_heard_says_so_once_and_offers_a_file(gentle_back) -> None:
    done = gentle_back("talk", said=b"ice\nheat\n", env={"PATH": os.devnull})
    assert done.returncode == 0
    assert done.stderr.decode().count("cannot be heard") == 1
    assert "--wav" in done.stderr.decode()
    assert done.stdout.decode().count("Skill: ") == 2


BAD = {
    "nothing": ("", "Nothing was said"),
    "a book": ("ice " * LONGEST, "characters long"),
    "control characters": ("does\x00 ice \x1b[31m help", "no text"),
    "a lone surrogate": ("ice \ud800", "no text"),
    "another script": ("冰还是热？", "ask in English"),
    "signs": ("?!... 😀", "ask in English"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_utterance_gets_one_sentence_that_says_what_to_do(bad: str) -> None:
    text, told = BAD[bad]
    fault = utterance(text).fault
    assert told in fault
    assert fault.count(". ") == 0


def test_bad_lines_are_told_and_the_others_answered(gentle_back) -> None:
    said = b"does ice help\n\n\xff\xfe\x00 ice\n" + b"ice " * LONGEST + b"\ndoes heat help\n"
    done = gentle_back("ask", "--json", said=said)
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert [line[:6] for line in told] == ["Line 2", "Line 3", "Line 4"]
    assert {"does ice help", "does heat help"} <= {turn["said"] for turn in _turns(done)}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["say", "icy"], "Some that there are: ice"),
        (["ask", "--locale", "tlh-TLH", "ice"], "en-GB"),
        (["ask", "--voice", "nobody", "ice"], "There is no voice 'nobody'"),
        (["ask", "--rate", "1000", "ice"], "450"),
        (["ask", "--wav", "/nowhere/at/all.wav", "--mute", "ice"], "Check the folder"),
        (["check", "--content", "/nowhere"], "is not there"),
        (["new", "Bad Name"], "small letters"),
        (["new", "ice"], "already"),
        (["new", "thing", "--content", "/nowhere"], "cannot be written"),
        (["ask", ""], "Nothing was said"),
        (["dance"], "No such command"),
    ],
)
def test_a_bad_command_line_gets_a_sentence_and_a_status(arguments: list[str], told: str, gentle_back) -> None:
    done = gentle_back(*arguments)
    assert done.returncode != 0
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_full_disk_while_writing_a_file_leaves_nothing_behind(gentle_back, tmp_path: Path) -> None:
    done = gentle_back(
        "ask", "--mute", "--wav", str(tmp_path / "a.wav"), "ice or heat",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "free space" in done.stderr.decode()
    assert not list(tmp_path.glob("*a.wav*"))


def test_a_memory_folder_that_cannot_be_used_costs_no_answer(gentle_back, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = gentle_back("ask", "--mute", "ice or heat", env={"GENTLE_BACK_DATA": str(tmp_path / "file")})
    assert done.returncode == 0
    assert b"Skill: " in done.stdout


def test_a_reader_that_goes_away_gets_no_traceback(gentle_back) -> None:
    program = f"yes 'does ice help' | head -2000 | {sys.executable} -m skill ask --json | head -1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert json.loads(done.stdout)["intent"] == "IceIntent"


OFFLINE = """
import socket, sys
def refuse(*arguments, **options):
    raise AssertionError("something wants to leave this computer")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from skill.__main__ import main
sys.exit(main())
"""


def test_nothing_that_is_said_leaves_this_computer(tmp_path: Path, resolver: object) -> None:
    environment = {**os.environ, "GENTLE_BACK_DATA": str(tmp_path)}
    wav = str(tmp_path / "answer.wav")
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, "ask", "ice or heat?", "--mute", "--wav", wav],
        capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert b"try ice" in done.stdout


def test_an_entry_can_be_heard_by_its_name(gentle_back, library: Library) -> None:
    done = gentle_back("say", "ice", "--mute")
    assert library.entries["ice"].more in done.stdout.decode()


def test_slow_is_slower(gentle_back, tmp_path: Path) -> None:
    for name, options in (("usual", ()), ("slow", ("--slow",))):
        assert gentle_back("say", "ice", "--no-speech", "--wav", str(tmp_path / name), *options).returncode == 0
    with wave.open(str(tmp_path / "usual")) as usual, wave.open(str(tmp_path / "slow")) as slow:
        assert slow.getnframes() > 1.2 * usual.getnframes()


def test_the_doctor_tells_what_works(gentle_back) -> None:
    done = gentle_back("doctor")
    assert done.returncode == 0
    for part in ("Words", "Understanding", "Memory", "Voice"):
        assert f"{part}: works" in done.stdout.decode()


def test_a_new_entry_is_one_file_that_says_what_is_still_to_do(gentle_back, tmp_path: Path) -> None:
    """The whole way of a newcomer: begin an entry, be told what is missing, fill it in, see it in the model."""
    content = Path(shutil.copytree(CONTENT, tmp_path / "en"))
    before = {path for path in content.rglob("*") if path.is_file()}
    assert gentle_back("new", "deep-breath", "--content", str(content)).returncode == 0
    (made,) = {path for path in content.rglob("*") if path.is_file()} - before
    assert made.name == "deep-breath.toml"
    unfinished = gentle_back("check", "--words-only", "--content", str(content))
    assert unfinished.returncode == 1
    assert "deep-breath.toml: title" in unfinished.stderr.decode()

    filled = (content / "answers" / "meditation.toml").read_text(encoding="utf-8")
    filled = re.sub(r"^names = .*$", 'names = ["one deep breath"]', filled, flags=re.MULTILINE)
    numbers = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
    ]
    asks = "".join(f'  "do {number} deep breaths do me good",\n' for number in numbers)
    made.write_text(filled[: filled.index("asks = [")] + f"asks = [\n{asks}]\n", encoding="utf-8")
    done = gentle_back("check", "--words-only", "--content", str(content))
    assert done.returncode == 0, done.stdout.decode()
    assert "All good" in done.stdout.decode()
