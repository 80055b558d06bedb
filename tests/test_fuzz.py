"""A bounded run of every fuzz target, fed by chance; `make fuzz` feeds a million cases, guided by coverage."""

import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).parent / "fuzz" / "fuzz.py"
CASES = {
    "request": 1500,
    "ssml": 8000,
    "content": 3000,
    "screening": 2500,
    "command_line": 2500,
    "wordings": 2000,
    "sound": 2000,
}


def _feed(target: str, cases: int) -> None:
    command = [sys.executable, FUZZ, target, "--cases", str(cases), "--by-chance"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-500:] + ran.stderr[-3000:]


@pytest.mark.parametrize("target", CASES)
def test_nothing_that_is_fed_gets_through_as_a_defect(target: str) -> None:
    _feed(target, CASES[target])


@pytest.mark.usefixtures("resolver")
def test_no_utterance_gets_through_the_resolver_as_a_defect() -> None:
    _feed("resolver", 800)
