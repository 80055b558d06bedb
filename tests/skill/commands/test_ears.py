"""One turn at the microphone: a recording takes its place, and keys come by a script."""

import contextlib
from collections.abc import Callable, Iterator

import click
import numpy as np
import pytest

from skill.commands import ears
from speech.hearing.endpoint import LONGEST, Patience


class Recorded:
    """A microphone that hears a second of sound."""

    def __init__(self) -> None:
        self.patience = Patience()
        self.ended = False

    def listen(self, patience: Patience, ended: Callable[[], bool]) -> np.ndarray:
        self.patience, self.ended = patience, ended()
        return np.ones(16_000, np.int16)


class Understands:
    def heard(self, samples: np.ndarray) -> str:
        return "ice or heat"


def _keys(monkeypatch: pytest.MonkeyPatch, *pressed: str) -> list[str]:
    left = list(pressed)

    @contextlib.contextmanager
    def any_key() -> Iterator[Callable[[float], str] | None]:
        yield (lambda seconds: left.pop(0) if left else "") if pressed else None

    monkeypatch.setattr(ears, "any_key", any_key)
    return left


def test_from_one_enter_to_the_next_no_pause_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    left = _keys(monkeypatch, "", "", "\n", "\n")
    microphone = Recorded()
    assert ears.one_turn(microphone, Understands(), None) == "ice or heat"
    assert (microphone.patience.pause, microphone.ended, left) == (LONGEST, True, [])


def test_without_a_keyboard_a_pause_ends_it_and_enter_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _keys(monkeypatch)
    microphone = Recorded()
    assert ears.one_turn(microphone, Understands(), Patience(2.0)) == "ice or heat"
    assert (microphone.patience.pause, microphone.ended) == (2.0, False)
    with pytest.raises(click.ClickException, match="needs a keyboard"):
        ears.one_turn(microphone, Understands(), None)
