"""Relaxation at this computer: the real commands, keys on a real terminal, and kill -9."""

import json
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.library import Library

OPENING = "This takes about two minutes."


def _turns(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_session_can_be_read_to_its_end_with_nobody_there(gentle_back, library: Library) -> None:
    done = gentle_back("relax", "beach", "--minutes", "2", "--mute")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == f"Skill: {OPENING}"
    assert lines[-1] == f"Skill: {library.frame.closing[-1].text}"
    assert b"\x1b" not in done.stdout


def test_what_is_heard_can_be_written_to_a_file_as_long_as_asked(gentle_back, tmp_path: Path) -> None:
    done = gentle_back("relax", "--minutes", "2", "--mute", "--lying", "--wav", str(tmp_path / "a.wav"))
    assert done.returncode == 0
    assert "Lie in any way that feels easy." in done.stdout.decode()
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(120, rel=0.03)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["relax", "moon"], "There is no session 'moon'"),
        (["relax", "beech"], "beach"),
        (["relax", "beach", "--minutes", "60"], "2 to 10 minutes"),
        (["relax", "beach", "--minutes", "0"], "2 to 10 minutes"),
        (["render", "moon", "--to", "x"], "There is no session 'moon'"),
        (["render", "--minutes", "90", "--to", "x"], "no session takes so many minutes"),
        (["render", "beach"], "--to"),
        (["render", "beach", "--voice", "nobody", "--to", "x"], "There is no voice 'nobody'"),
        (["render", "beach", "--to", "/dev/null/x"], "Check the folder"),
    ],
)
def test_a_bad_command_line_says_what_to_do(arguments: list[str], told: str, gentle_back, tmp_path: Path) -> None:
    done = gentle_back(*arguments, cwd=tmp_path, env={"PYTHONPATH": str(Path.cwd())})
    assert done.returncode != 0
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_render_tells_in_plain_lines_what_it_made(gentle_back, tmp_path: Path) -> None:
    command = ("render", "box-breathing", "--minutes", "2", "--no-wav", "--to", str(tmp_path))
    first, second = (gentle_back(*command).stdout.decode() for _ in range(2))
    assert first.splitlines() == [
        "Made box-breathing-2-minutes-sitting, 2 minutes.",
        "Made box-breathing-2-minutes-lying, 2 minutes.",
        f"2 made, 0 kept, in {tmp_path}.",
    ]
    assert "0 made, 2 kept" in second


def test_a_whole_dialogue_over_two_days(gentle_back, library: Library) -> None:
    """Launch, a question, relaxing, steering, stopping, and going on tomorrow."""
    said = [
        "<launch>", "ice or heat?", "help me relax", "five minutes", "<wait 80>", "slower", "<wait 20>", "pause",
        "<wait 600>",
    ]  # fmt: skip
    later = ["<launch>", "yes", "<wait 30>", "how long is left", "<wait 5>", "stop", "<new_session>", "yes"]
    done = gentle_back("talk", "--json", said="\n".join([*said, *later]).encode())
    turns = _turns(done)
    speech = [str(turn["speech"]) for turn in turns]
    asked = [str(turn["said"]) for turn in turns]
    heard = dict(zip(asked, speech, strict=True))
    assert heard["help me relax"].endswith("How many minutes would you like?")
    assert heard["five minutes"].startswith("This takes about five minutes.")
    assert heard["slower"].startswith("I speak a bit slower now.")
    assert heard["pause"].startswith("Paused.")
    assert heard["stop"].startswith("Stopped.")
    assert asked.count("") == 2, "nobody answered the pause: the reprompt, then the end"
    assert heard["<new_session>"] == f"Welcome back. {library.scripts['calm-breathing'].go_on}"
    assert heard["how long is left"].startswith("About ")
    assert heard["five minutes"].endswith(heard["yes"]) or "Here is the next breath." in heard["yes"]


class Terminal:
    """A person at a terminal, in front of the real command."""

    def __init__(self, data: Path, *arguments: str, env: dict[str, str] | None = None) -> None:
        self.pid, self._keys = pty.fork()
        if self.pid == 0:
            os.environ.update({"GENTLE_BACK_DATA": str(data), **(env or {})})
            os.execv(sys.executable, [sys.executable, "-m", "skill", *arguments])
        self.shown = ""

    def type(self, keys: str) -> None:
        os.write(self._keys, keys.encode())

    def wait_for(self, text: str, seconds: float = 60, times: int = 1) -> float:
        """Wait until a text is shown so many times; return the seconds it took."""
        began = time.monotonic()
        while self.shown.count(text) < times:
            left = began + seconds - time.monotonic()
            assert left > 0, f"{text!r} was not shown; but this was:\n{self.shown}"
            if not self._read(min(left, 0.2)):
                assert self.shown.count(text) >= times, f"it ended after:\n{self.shown}"
        return time.monotonic() - began

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._keys], [], [], seconds)
        if not ready:
            return True
        try:
            read = os.read(self._keys, 65536)
        except OSError:
            return False
        self.shown += read.decode("utf-8", "replace")
        return bool(read)

    def end(self) -> int:
        """Wait for the program to end by itself; return its status."""
        began = time.monotonic()
        while time.monotonic() < began + 30 and self._read(0.2):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        os.close(self._keys)


@pytest.fixture
def terminals(tmp_path: Path, resolver: object) -> Iterator[object]:
    opened: list[Terminal] = []

    def open_one(*arguments: str, **options: dict[str, str]) -> Terminal:
        opened.append(Terminal(tmp_path / "data", *arguments, **options))
        return opened[-1]

    yield open_one
    for terminal in opened:
        terminal.close()


def test_keys_and_typed_words_steer_a_session_while_it_goes_on(terminals) -> None:
    terminal = terminals("relax", "beach", "--minutes", "2", "--mute")
    terminal.wait_for(OPENING)
    terminal.wait_for("Be somewhere safe")
    terminal.type(" ")
    terminal.wait_for("Paused.")
    terminal.type("resume\n")
    terminal.wait_for("Leave out what hurts.")
    terminal.type("\x1b[C")
    terminal.wait_for("Sit so that your back feels held.")
    terminal.type("how long is left\n")
    terminal.wait_for("About two minutes are left.")
    terminal.type("\x1b")
    terminal.wait_for("Stopped. Take your time.")
    assert terminal.end() == 0
    assert terminal.shown.count(OPENING) == 2  # the first step was gone on with from its start


def test_no_control_sequence_is_shown_while_somebody_follows_the_words(terminals) -> None:
    terminal = terminals("relax", "beach", "--minutes", "2", "--mute", env={"NO_COLOR": "1"})
    terminal.wait_for("Leave out what hurts.")
    terminal.type("\x1b")
    terminal.wait_for("Stopped.")
    terminal.end()
    assert "\x1b[" not in terminal.shown


FIFTY_TURNS = [
    "ice or heat?", "yes", "more", "repeat", "repeat", "go back", "help", "help", "slower", "faster", "undo",
    "what does sciatica mean?", "yes", "that's not what i asked", "go back", "simple mode on", "does heat help?",
    "simple mode off", "hearing mode on", "hearing mode off", "what is rheumatoid arthritis?", "tell me more",
    "where is this from", "is this medical advice", "what don't you know", "is this private", "qqq", "wwww", "zzzz",
    "yes", "no", "my chest is tight and i am sweating", "does swimming help?", "thank you", "who won the football",
    "what about yoga?", "say that again", "simpler please", "louder", "quieter", "normal speed", "other kinds",
    "other kinds", "what is a facet joint?", "and massage?", "yes", "no", "what can i do at home?", "more", "stop",
]  # fmt: skip


@pytest.mark.parametrize("no_colour", ["1", "true"])
def test_fifty_turns_under_a_terminal_recorder_hold_no_control_sequence(
    no_colour: str, tmp_path: Path, resolver: object
) -> None:
    """`script` records all that a terminal is given; lines end as terminals end them, and nothing is redrawn."""
    recorder = shutil.which("script")
    if recorder is None:
        pytest.skip("there is no terminal recorder here: 'script' of util-linux")
    assert len(FIFTY_TURNS) == 50
    recorded = tmp_path / "recorded.txt"
    command = f"{shlex.quote(sys.executable)} -m skill talk --no-speech"
    environment = {**os.environ, "NO_COLOR": no_colour, "TERM": "xterm-256color", "GENTLE_BACK_DATA": str(tmp_path)}
    typed = "".join(f"{turn}\n" for turn in FIFTY_TURNS)
    subprocess.run(
        [recorder, "--quiet", "--echo", "never", "--command", command, str(recorded)],
        input=typed.encode(), capture_output=True, env=environment, check=True, timeout=120,
    )  # fmt: skip
    shown = recorded.read_text(encoding="utf-8")
    lines = shown.replace("\r\n", "\n").split("\n")[1:]  # the recorder's own first line
    body = "\n".join(lines).partition("\nScript done")[0]
    assert [sign for sign in body if sign < " " and sign != "\n"] == []
    assert body.count("You: ") == 50
    assert body.count("Skill: ") >= 50
    assert "(Emergency: 911)" in body
    said = [line for line in body.splitlines() if line]
    assert all(line.startswith(("Skill: ", "You: ", "Type what", "(", "Nothing", "There are no")) for line in said), (
        said
    )


def test_talk_leads_a_session_and_enter_stops_and_goes_on(terminals) -> None:
    terminal = terminals("talk", "--mute")
    terminal.wait_for("What would you like to know?")
    terminal.type("two minutes of beach\n")
    terminal.wait_for("Be somewhere safe")
    terminal.type("\n")
    terminal.wait_for("You: ", times=2)
    terminal.type("\n")
    terminal.wait_for("Leave out what hurts.")
    terminal.type("my chest is tight and i am sweating\n")
    terminal.wait_for("nine one one")
    terminal.type("stop\n")
    assert terminal.end() == 0


@pytest.fixture
def loudspeaker(tmp_path: Path) -> dict[str, str]:
    """Stand a player in the way that takes sound as fast as it is heard, and writes down what it got."""
    folder = tmp_path / "players"
    folder.mkdir()
    player = folder / "paplay"
    player.write_text(
        f"#!{sys.executable}\n"
        "import sys, time\n"
        f"heard = open({str(tmp_path / 'heard.raw')!r}, 'ab', buffering=0)\n"
        "while sound := sys.stdin.buffer.read1(4410):\n"
        "    heard.write(sound)\n"
        "    time.sleep(len(sound) / 44100)\n"
    )
    player.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}", "GENTLE_BACK_DATA": str(tmp_path / "data")}


def test_lines_from_another_program_steer_a_session_that_is_heard(
    loudspeaker: dict[str, str], resolver: object
) -> None:
    """A switch or a script may steer too."""
    with subprocess.Popen(
        [sys.executable, "-m", "skill", "relax", "beach", "--minutes", "2"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **loudspeaker},
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        assert OPENING in process.stdout.readline().decode()
        process.stdin.write(b"pause\nstop\n")
        process.stdin.flush()
        rest = process.stdout.read().decode()
        assert process.wait(60) == 0
    assert "Leave out what hurts." not in rest
    assert "Paused." in rest
    assert "Stopped." in rest


def test_escape_ends_the_sound_of_a_session(terminals, loudspeaker: dict[str, str]) -> None:
    terminal = terminals("relax", "beach", "--minutes", "2", env=loudspeaker)
    terminal.wait_for("Leave out what hurts.")
    terminal.type("\x1b")
    took = terminal.wait_for("Stopped. Take your time.")
    terminal.end()
    assert took < 3  # generous: the machine may be busy, and the goodbye is made meanwhile


KILLED = Path(__file__).parent / "killed_talk.py"


def test_whoever_is_killed_is_gone_on_with_at_the_right_step(tmp_path: Path, resolver: object) -> None:
    """`kill -9` during `talk`, at fifty random moments of sessions: nothing is lost."""
    done = subprocess.run(
        [sys.executable, str(KILLED), str(tmp_path), "50"], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^50 of 50 ", done.stdout, re.MULTILINE), done.stdout


def test_a_killed_session_is_found_by_the_real_next_program(tmp_path: Path, gentle_back, library: Library) -> None:
    environment = {**os.environ, "GENTLE_BACK_DATA": str(tmp_path / "data")}
    with subprocess.Popen(
        [sys.executable, "-m", "skill", "talk", "--mute"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        process.stdin.write(b"<launch>\nbody scan for ten minutes\n<wait 240>\nrepeat\n")
        process.stdin.flush()
        said = b""
        while b"You: repeat" not in said or b"Notice" not in said.partition(b"You: repeat")[2]:
            said += process.stdout.readline()
        resumed = said.decode().rpartition("You: repeat\n")[2].splitlines()[0]
        process.kill()
    turns = _turns(gentle_back("talk", "--json", said=b"<launch>\nyes\n"))
    assert str(turns[0]["speech"]).endswith(library.scripts["body-scan"].go_on)
    assert f"Skill: {turns[1]['speech']!s}".startswith(resumed)


def test_two_keys_at_once_are_two_keys(terminals) -> None:
    terminal = terminals("relax", "beach", "--minutes", "2", "--mute")
    terminal.wait_for("Be somewhere safe")
    terminal.type("\x1b[C\x1b[C")
    terminal.wait_for("Picture a quiet beach")
    assert "[C" not in terminal.shown
    terminal.type("stop\n")
    terminal.wait_for("Stopped.")
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown


def test_a_session_goes_on_in_words_where_the_sound_breaks_off(tmp_path: Path, resolver: object) -> None:
    folder = tmp_path / "players"
    folder.mkdir()
    count = tmp_path / "runs"
    count.write_text("")
    player = folder / "paplay"
    player.write_text(  # passes the test with a moment of silence, and gives up after three seconds of a session
        f"#!{sys.executable}\n"
        "import sys, time\n"
        f"runs = open({str(count)!r}, 'a+'); runs.write('x'); runs.flush(); runs.seek(0)\n"
        "first = len(runs.read()) == 1\n"
        "heard = 0\n"
        "while sound := sys.stdin.buffer.read1(4410):\n"
        "    heard += len(sound); time.sleep(len(sound) / 44100)\n"
        "    if not first and heard > 3 * 44100: sys.exit(1)\n"
    )
    player.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "GENTLE_BACK_DATA": str(tmp_path / "data")}
    with subprocess.Popen(
        [sys.executable, "-m", "skill", "relax", "beach", "--minutes", "2"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        shown = ""
        while "Leave out what hurts." not in shown:
            line = process.stdout.readline()
            assert line, shown
            shown += line
        process.stdin.write("resume\nstop\n")
        process.stdin.flush()
        shown += process.stdout.read()
    assert "The sound broke off" in shown
    assert "Stopped." in shown
    assert shown.index("The sound broke off") < shown.index("Leave out what hurts.")
