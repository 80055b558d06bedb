"""On AWS Lambda: from nothing to the first answer, and warm, against the least skill that can be."""

from __future__ import annotations

import compileall
import importlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.envelopes import asks
from benchmarks.measuring import Figure, compared, in_turn, microseconds, processes
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.hosting.packaging import build_package
from skill.library.pressed import ENDING, press, unfold
from skill.library.read import load
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID

FLOOR = Path(__file__).with_name("floor.py")

_FIRST = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from {} import handler
handler(json.loads(sys.argv[2]), None)
os._exit(0)
"""
"""Lambda keeps the process: Python's own end is no part of a start."""

ANSWERS = ("IceOrHeatIntent", "SciaticaEffectsIntent", "DmardsIntent", "AMAZON.HelpIntent")


def figures() -> Iterator[Figure]:
    """Yield the figures."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _cold(Path(folder))
        yield from _warm(Path(folder))


def _cold(folder: Path) -> Iterator[Figure]:
    package = folder / "package"
    build_package(package)
    shutil.copyfile(FLOOR, package / "floor.py")
    compileall.compile_file(package / "floor.py", quiet=1)
    envelope = json.dumps(asks(ANSWERS[0]))
    settings = {"GENTLE_BACK_SKILL_ID": SKILL_ID, "GENTLE_BACK_MEMORY": f"sqlite:{folder / 'memory.sqlite3'}"}

    def command(module: str) -> list[str]:
        return [sys.executable, "-I", "-c", _FIRST.format(module), str(package), envelope]

    what, against = "cold start on Lambda, the first answer included", "ask-sdk-core with one trivial handler"
    ours, floor = command("skill.hosting.aws_lambda"), command("floor")
    yield from processes(what, against, ours, floor, settings, 1.1)
    # Ours keeps its memory in SQLite here, and the floor has none.
    floor[3] = f"import sqlite3\n{floor[3]}"
    yield from processes(what, f"{against}, and SQLite", ours, floor, settings)


def _warm(folder: Path) -> Iterator[Figure]:
    os.environ["GENTLE_BACK_SKILL_ID"] = SKILL_ID
    memory = SqliteMemory(folder / "memory.sqlite3")
    words = WordsByLocale(lambda locale: unfold(folder / f"{locale}{ENDING}"), frozenset({"en-US"}))
    press(load(locale="en-US"), folder)
    endpoint = Endpoint(words, memory, SKILL_ID)
    least = importlib.import_module("benchmarks.floor").handler
    first = endpoint.answer(asks(ANSWERS[0]))["sessionAttributes"]
    begins = json.dumps({**asks(ANSWERS[0]), "session": {**asks(ANSWERS[0])["session"], "new": True}}).encode()
    within = {f"a warm request, {intent}": json.dumps(asks(intent, first)).encode() for intent in ANSWERS}
    for what, body in {**within, "a session's first request, SQLite read": begins}.items():

        def ours(body: bytes = body) -> bytes:
            return json.dumps(endpoint.answer(json.loads(body))).encode()

        def theirs(body: bytes = body) -> bytes:
            return json.dumps(least(json.loads(body), None)).encode()

        series = in_turn(microseconds(ours, 200), microseconds(theirs, 200))
        most = 0.0 if body is begins else 1.0
        yield compared(what, "ask-sdk-core with one trivial handler", "µs", *series, most)
