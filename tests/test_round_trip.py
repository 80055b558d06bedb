"""Spoken by flite's voices, recognised, understood: the share that ends at the right answer.

The voices are Debian's package `flite`; espeak-ng's own are hardly recognised, see docs/understanding.md.
"""

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.library import Library
from skill.simulator import room
from skill.simulator.evaluation import Wording, judge, read_wordings
from skill.simulator.listening import Listening
from skill.simulator.understanding import Understanding
from speech.hearing.sound import read_sound

VOICES = ("slt", "rms", "awb", "kal16")
EACH = 12
"""Wordings of each kind a voice; the command line's voice says the same each time."""

pytestmark = pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")


@pytest.fixture(scope="module")
def listening(understanding: Understanding, library: Library) -> Listening:
    return Listening(room.recogniser(library), understanding.resolve)


def _of_the_model(library: Library) -> Iterator[Wording]:
    for entry in library.entries.values():
        if entry.covered:
            yield from (Wording(ask, entry.name) for ask in entry.asks if 3 < len(ask.split()) < 12)


def _unseen(library: Library) -> Iterator[Wording]:
    for wording in read_wordings(Path(__file__).parent / "wordings" / "questions-tuned.tsv", library):
        if wording.expected not in {"FAR", "NEAR"} and wording.kind != "asr-error" and len(wording.text.split()) < 16:
            yield wording


@pytest.mark.parametrize(("kind", "least"), [("model", 0.90), ("unseen", 0.85)])
def test_what_is_spoken_ends_at_the_right_answer(  # noqa: PLR0917 (pytest gives each by its name)
    kind: str, least: float, listening: Listening, understanding: Understanding, library: Library, tmp_path: Path
) -> None:
    wordings = list((_of_the_model if kind == "model" else _unseen)(library))
    wrong = []
    for voice in VOICES:
        for wording in random.Random(voice).sample(wordings, EACH):
            text, sound = wording.text.replace("r. a.", "R A").replace(" r a ", " R A "), tmp_path / "said.wav"
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", sound], check=True)
            said = listening.heard(read_sound(sound))
            if not judge(wording, understanding.resolve(said), library).right:
                wrong.append((voice, wording.text, said))
    assert 1 - len(wrong) / (EACH * len(VOICES)) >= least, wrong
