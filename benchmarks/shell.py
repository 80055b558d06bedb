"""`gentle-back ask` from the shell, the whole program, against one that only imports the libraries that it needs."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator

from benchmarks.measuring import Figure, processes
from skill.simulator import room

NEEDED = "import ask_sdk_core.skill_builder, click, numpy, rapidfuzz.process, safetensors.numpy, sqlite3, tokenizers"


def figures() -> Iterator[Figure]:
    """Yield the figures."""
    room.resolver("en-US")
    question = [sys.executable, "-m", "skill", "ask", "--mute", "ice or heat?"]
    least = [sys.executable, "-c", NEEDED]
    with tempfile.TemporaryDirectory() as folder:
        against = "importing the libraries that it needs"
        yield from processes("gentle-back ask", against, question, least, {"GENTLE_BACK_DATA": folder})
