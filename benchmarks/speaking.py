"""This computer's voice, against the espeak-ng library called directly."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator

from benchmarks.measuring import Figure, compared, in_turn
from skill.conversation.lines import speak
from skill.library import Library
from skill.library.read import load
from speech.audio import Audio
from speech.document import Say
from speech.espeak import open_espeak
from speech.local_voice import DEFAULT_RATE, LocalVoice
from speech.performance import perform, sound
from speech.player import Player, PlayerProgram

VOICE = "gmw/en-US"
NOBODY = PlayerProgram("sh", ("-c", "cat >/dev/null; exec sleep 60"))
"""A player that takes all sound and then plays on: what is stopped in the middle of a sentence."""


def figures() -> Iterator[Figure]:
    """Yield the figures."""
    library = load()
    answers = [speak([entry.says], 1.0) for entry in list(library.entries.values())[:20]]
    voice = LocalVoice(library.pronunciations)
    espeak = open_espeak()
    yield _first_sound(library, voice)
    seconds = sum(audio.seconds for words in answers for audio in sound(words, voice, DEFAULT_RATE))

    def ours() -> float:
        start = time.process_time()
        for words in answers:
            for _ in sound(words, voice, DEFAULT_RATE):
                pass
        return (time.process_time() - start) / seconds * 1000

    def theirs() -> float:
        start = time.process_time()
        for words in answers:
            for part in words:
                if isinstance(part, Say):
                    espeak.synthesise(part.text, DEFAULT_RATE, VOICE)
        return (time.process_time() - start) / seconds * 1000

    yield compared("speech: to make a second of it", "espeak-ng called directly", "ms", *in_turn(ours, theirs), 1.3)
    stopped = [_stop(voice, library) for _ in range(15)]
    ended = [_end_a_program() for _ in range(15)]
    yield compared("speech: from stop to silence", "ending a program", "ms", stopped, ended)


class _Ear:
    """Notes when the first sound comes, and takes no more."""

    def __init__(self) -> None:
        self.first = 0.0

    def play(self, parts: Iterator[Audio]) -> bool:
        next(parts)
        self.first = time.perf_counter()
        return False

    def stop(self) -> None:
        """Nothing plays."""


def _first_sound(library: Library, voice: LocalVoice) -> Figure:
    """From the answer known to its first samples handed over."""
    espeak = open_espeak()
    words = [speak([entry.says], 1.0) for entry in list(library.entries.values())[:40]]

    def timed(call: Callable[[int], float]) -> Callable[[], float]:
        return lambda: statistics.median(call(number) for number in range(len(words)))

    def ours(number: int) -> float:
        ear = _Ear()
        start = time.perf_counter()
        perform(words[number], voice, ear, DEFAULT_RATE)
        return (ear.first - start) * 1000

    def theirs(number: int) -> float:
        first = next(part for part in words[number] if isinstance(part, Say))
        start = time.perf_counter()
        espeak.synthesise(first.text, DEFAULT_RATE, VOICE)
        return (time.perf_counter() - start) * 1000

    series = in_turn(timed(ours), timed(theirs))
    return compared("speech: from the answer to its first sound", "espeak-ng called directly", "ms", *series, 1.3)


def _stop(voice: LocalVoice, library: Library) -> float:
    """Return the milliseconds from `stop` to the return of what was playing."""
    player = Player(NOBODY)
    words = speak([entry.says for entry in list(library.entries.values())[:3]], 1.0)
    over: list[float] = []

    def play() -> None:
        perform(words, voice, player, DEFAULT_RATE)
        over.append(time.perf_counter())

    thread = threading.Thread(target=play)
    thread.start()
    time.sleep(0.3)
    start = time.perf_counter()
    player.stop()
    thread.join()
    return (over[0] - start) * 1000


def _end_a_program() -> float:
    import subprocess  # noqa: PLC0415 (only this yardstick needs it)

    with subprocess.Popen(["sleep", "60"]) as process:  # noqa: S607 (whichever there is)
        time.sleep(0.05)
        start = time.perf_counter()
        process.kill()
        process.wait()
        return (time.perf_counter() - start) * 1000
