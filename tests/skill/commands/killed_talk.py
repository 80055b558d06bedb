"""Kills `talk` at random moments, and looks where the next visit goes on. Run by test_relax.py as a program.

Everything slow is loaded once; each trial is a process of its own, forked from here, that runs the real
command on a pipe and is killed with SIGKILL.
"""

import functools
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from skill.__main__ import commands
from skill.library import Library
from skill.library.read import load
from skill.library.scripts import Script
from skill.relaxation.practice import Practice
from skill.simulator import room
from skill.simulator.echo import PretendEcho
from speech.document import Say, Spoken

AT_ONCE = 25
"""Programs that live at the same time."""


def _talk(data: Path, lines: bytes) -> tuple[int, int]:
    """Start `talk` in a process of its own; return its id and the pipe that keeps its input open."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(writing)
        os.dup2(reading, 0)
        os.environ["GENTLE_BACK_DATA"] = str(data)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        output = os.open(data / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", buffering=1)
        commands.main(["talk", "--mute"], standalone_mode=False)
        os._exit(0)
    os.close(reading)
    os.write(writing, lines)
    return child, writing


def _next_visit(data: Path) -> tuple[PretendEcho, Library]:
    os.environ["GENTLE_BACK_DATA"] = str(data)
    return room.pretend_echo("en-US")


def _sentences(words: Spoken) -> list[str]:
    return [part.text for part in words if isinstance(part, Say)]


@dataclass(frozen=True)
class _Trial:
    """One `talk` that is to be killed."""

    script: Script
    minutes: int
    waited: int
    data: Path
    child: int
    pipe: int


def _begin(folder: Path, library: Library, rng: random.Random) -> _Trial:
    script = library.scripts[rng.choice(sorted(library.scripts))]
    minutes = rng.choice(list(script.lengths))
    waited = rng.randrange(minutes * 60 - 12)
    data = folder / f"{rng.random()}"
    data.mkdir()
    lines = f"<launch>\nstart {script.names[0]} for {minutes} minutes\n<wait {waited}>\n"
    return _Trial(script, minutes, waited, data, *_talk(data, lines.encode()))


def _kill(trial: _Trial, rng: random.Random) -> float:
    """Kill it at a random moment; return how long it lived after the time that it let pass."""
    said = trial.data / "said.txt"
    end = time.monotonic() + 20
    while time.monotonic() < end and "<wait" not in (said.read_text() if said.exists() else ""):
        time.sleep(0.01)
    began = said.stat().st_mtime
    time.sleep(max(0.0, rng.uniform(0.3, 1.5) - (time.time() - began)))
    os.kill(trial.child, signal.SIGKILL)
    lived = time.time() - began
    os.waitpid(trial.child, 0)
    os.close(trial.pipe)
    return lived


def _fault(trial: _Trial, lived: float, library: Library) -> str:
    """Come back, and return what was wrong; empty when it went on at the right step."""
    name = trial.script.name
    plan = Practice(name, trial.minutes, trial.script.postures[0]).plan(library)
    echo, _ = _next_visit(trial.data)
    welcome = echo.launch()
    if not welcome.speech.endswith(trial.script.go_on):
        return f"{name}: the welcome was {welcome.speech!r}"
    resumed = _sentences(echo.hear("yes").words)
    rests = [_sentences(plan.words(step)) for step in range(len(plan.steps))]
    step = rests.index(resumed) if resumed in rests else -1
    # Timestamps have whole seconds, at the beginning and at the end; signs of life are 0.2 seconds apart.
    allowed = {plan.step_at(trial.waited + lived + slack / 2) for slack in range(-4, 5)}
    return "" if step in allowed else f"{name}, {trial.minutes} minutes: step {step}, not {sorted(allowed)}"


def main() -> int:
    folder, trials = Path(sys.argv[1]), int(sys.argv[2])
    room.resolver = functools.cache(room.resolver)
    room.resolver("en-US")
    room.load = functools.cache(room.load)
    library = load()
    rng = random.Random(2026)
    wrong = []
    for batch in range(0, trials, AT_ONCE):
        begun = [_begin(folder, library, rng) for _ in range(min(AT_ONCE, trials - batch))]
        lives = [(trial, _kill(trial, rng)) for trial in begun]
        time.sleep(1)
        wrong += [fault for trial, lived in lives if (fault := _fault(trial, lived, library))]
    sys.stdout.write("\n".join([f"{trials - len(wrong)} of {trials} went on at the right step", *wrong, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
