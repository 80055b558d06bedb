"""This computer's microphone: the only file that knows sounddevice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.errors import HearingUnavailableError
from speech.hearing.endpoint import FRAME, Patience, utterance
from speech.hearing.recogniser import shipped_model
from speech.hearing.sound import RATE

_INSTEAD = "Or record a file and run: gentle-back hear FILE.wav"


class Microphone:
    """Listens for one utterance at a time."""

    def __init__(self) -> None:
        """Find the microphone.

        Raises:
            HearingUnavailableError: when this computer has none, or lacks what it takes to hear it.
        """
        shipped_model()
        try:
            import sounddevice  # noqa: PLC0415 (an extra, and it loads PortAudio)
        except ImportError as error:
            raise HearingUnavailableError(
                f"The microphone needs sounddevice. Run: python -m pip install 'gentle-back[mic]'. {_INSTEAD}"
            ) from error
        except OSError as error:
            raise HearingUnavailableError(
                f"The microphone needs PortAudio, which is not here. On Debian: apt install libportaudio2. {_INSTEAD}"
            ) from error
        self._sounddevice: Any = sounddevice
        try:
            sounddevice.check_input_settings(samplerate=RATE, channels=1, dtype="int16")
        except (sounddevice.PortAudioError, ValueError) as error:
            raise HearingUnavailableError(f"No microphone can be heard ({error}). Plug one in. {_INSTEAD}") from error

    def listen(self, patience: Patience, ended: Callable[[], bool]) -> NDArray[np.int16]:
        """Return one utterance at 16,000 hertz; empty when nobody spoke.

        Raises:
            HearingUnavailableError: when the microphone went away.
        """
        from pocketsphinx import Vad  # noqa: PLC0415

        detector = Vad(Vad.STRICT, RATE, FRAME)
        try:
            sound = utterance(self._frames(), detector.is_speech, patience, ended)
        except self._sounddevice.PortAudioError as error:
            raise HearingUnavailableError(f"The microphone went away ({error}). {_INSTEAD}") from error
        return np.frombuffer(sound, np.int16)

    def _frames(self) -> Iterator[bytes]:
        size = round(FRAME * RATE)
        with self._sounddevice.RawInputStream(samplerate=RATE, blocksize=size, channels=1, dtype="int16") as stream:
            while True:
                yield bytes(stream.read(size)[0])
