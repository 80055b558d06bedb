"""Playing sound: a player program of this system, fed through a pipe, stopped by ending it."""

from __future__ import annotations

import contextlib
import functools
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from speech.audio import Audio, silence
from speech.errors import VoiceUnavailableError

PROBE_SECONDS = 2.0
"""A player that has not played 20 ms of silence by then is not going to be heard."""

HUNG_AFTER = 10.0
"""Seconds beyond the length of all its sound after which a player that has not ended is not going to."""

_PROBE_RATE = 22050


@dataclass(frozen=True, slots=True)
class PlayerProgram:
    """A program that plays raw samples from its standard input."""

    name: str
    arguments: tuple[str, ...]
    """`{rate}` stands for the sample rate in hertz."""

    def command(self, sample_rate: int) -> list[str]:
        """Return the command line for one sample rate."""
        return [self.name, *(part.format(rate=sample_rate) for part in self.arguments)]


PLAYERS = (
    PlayerProgram("paplay", ("--raw", "--format=s16le", "--rate={rate}", "--channels=1")),
    PlayerProgram("aplay", ("-q", "-t", "raw", "-f", "S16_LE", "-r", "{rate}", "-c", "1", "-")),
    PlayerProgram("play", ("-q", "-t", "raw", "-r", "{rate}", "-e", "signed", "-b", "16", "-c", "1", "-")),
    PlayerProgram("ffplay", ("-nodisp", "-autoexit", "-loglevel", "error", "-f", "s16le", "-ar", "{rate}", "-i", "-")),
)


def _can_be_heard(program: PlayerProgram) -> bool:
    """Play a moment of silence: the only test that tells a sound card from none.

    `aplay -l` exits with 0 where there is no card.
    """
    if shutil.which(program.name) is None:
        return False
    try:
        played = subprocess.run(  # noqa: S603 (a fixed list of programs)
            program.command(_PROBE_RATE),
            input=silence(0.02, _PROBE_RATE).samples,
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return played.returncode == 0


@functools.cache
def find_player() -> PlayerProgram:
    """Return the first program through which this computer can be heard.

    Raises:
        VoiceUnavailableError: when there is none; the message says what to install.
    """
    for program in PLAYERS:
        if _can_be_heard(program):
            return program
    found = [program.name for program in PLAYERS if shutil.which(program.name)]
    if found:
        raise VoiceUnavailableError(f"This computer has {found[0]}, but no sound card that it can play on.")
    raise VoiceUnavailableError(
        "This computer has no program that plays sound. Install one: "
        "on Debian or Ubuntu 'apt install alsa-utils', on a Mac 'brew install sox', "
        "on Windows SoX or FFmpeg."
    )


class Player:
    """Plays one stream of sound at a time and can be stopped from another thread."""

    def __init__(self, program: PlayerProgram) -> None:
        """Take the program that `find_player` found."""
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = self._hung = False
        self._until = 0.0

    def play(self, parts: Iterable[Audio]) -> bool:
        """Play the parts one after another; return when all was heard (True) or it was stopped (False).

        Raises:
            VoiceUnavailableError: when the player ends by itself before the sound does, or hangs.
        """
        with self._lock:
            self._stopped = self._hung = False
        for part in parts:
            if not self._feed(part):
                return self._finish()
        return self._finish()

    def _feed(self, audio: Audio) -> bool:
        """Hand samples to the player, started at the first; False when there is nobody to hear them."""
        with self._lock:
            if self._stopped:
                return False
            if self._process is None:
                self._process = self._begin(audio.sample_rate)
                self._until = 0.0
            # Sound that was long in the making, or a computer that slept, is not the player's fault.
            self._until = max(self._until, time.monotonic() + HUNG_AFTER) + audio.seconds
            process = self._process
        if process.stdin is None:
            raise VoiceUnavailableError(f"The player {self._program.name} takes no sound.")
        try:
            with self._watched(process):
                process.stdin.write(audio.samples)
                process.stdin.flush()
        except OSError:
            return False
        return True

    @contextlib.contextmanager
    def _watched(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """End the player when it has taken far longer than its sound: whoever waits for it would wait for ever."""

        def end() -> None:
            self._hung = True
            process.kill()

        timer = threading.Timer(max(0.0, self._until - time.monotonic()), end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _begin(self, sample_rate: int) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 (a fixed list of programs)
                self._program.command(sample_rate),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise VoiceUnavailableError(f"The player {self._program.name} does not start ({error}).") from error

    def _finish(self) -> bool:
        with self._lock:
            process = self._process
        if process is None:
            return not self._stopped
        with self._watched(process):
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
            code = process.wait()
        with self._lock:
            self._process = None
            stopped = self._stopped
        if self._hung and not stopped:
            raise VoiceUnavailableError(f"The player {self._program.name} hung, and was ended.")
        if code != 0 and not stopped:
            raise VoiceUnavailableError(
                f"The player {self._program.name} ended before the words did (exit status {code})."
            )
        return not stopped

    def stop(self) -> None:
        """End the sound now and drop the rest; `play` then returns False."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()
