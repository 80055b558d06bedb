"""This computer's own voice: the only file that knows pyttsx3."""

from __future__ import annotations

import importlib
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any, Protocol

from speech.audio import Audio
from speech.duration import NORMAL_RATE
from speech.errors import VoiceUnavailableError
from speech.espeak_driver import DRIVER_NAME
from speech.pronunciation import NO_HARD_WORDS, Pronunciations

DEFAULT_RATE = NORMAL_RATE
"""Words per minute: 155. Listeners of all ages find 150 to 200 comfortable; pyttsx3's own 200 is fast."""

STOCK_PLATFORMS = frozenset({"darwin", "win32"})
"""Where pyttsx3 has a good system voice of its own."""


class Synthesiser(Protocol):
    """Anything that can turn one sentence into sound."""

    def synthesise(self, text: str, words_per_minute: int) -> Audio:
        """Return the sound of the sentence, without silence at its edges."""


class LocalVoice:
    """pyttsx3's Engine, asked for one sentence at a time."""

    def __init__(self, hard_words: Pronunciations = NO_HARD_WORDS, voice: str = "") -> None:
        """Start the engine, once a process.

        Raises:
            VoiceUnavailableError: when there is no engine, or no voice of this name.
        """
        self._hard_words = hard_words
        self._errors: list[Exception] = []
        self._heard: list[Audio] = []
        self._stock = sys.platform in STOCK_PLATFORMS
        self._engine: Any = _engine(stock=self._stock)
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))  # noqa: ARG005
        self._engine.connect("audio", lambda name, audio: self._heard.append(audio))  # noqa: ARG005
        if voice:
            self._choose(voice)

    def _choose(self, wanted: str) -> None:
        voices = self._engine.getProperty("voices")
        for voice in voices:
            if wanted.lower() in {voice.id.lower(), voice.name.lower(), *(str(v).lower() for v in voice.languages)}:
                self._engine.setProperty("voice", voice.id if self._stock else voice.name)
                self._run()
                return
        some = ", ".join(self.english()[:8]) or "none"
        raise VoiceUnavailableError(f"There is no voice '{wanted}' here. Some that there are: {some}.")

    def english(self) -> tuple[str, ...]:
        """Return the names of the voices that speak English."""
        voices = self._engine.getProperty("voices")
        return tuple(sorted({str(v.name) for v in voices if any(str(code).startswith("en") for code in v.languages)}))

    def synthesise(self, text: str, words_per_minute: int) -> Audio:
        """Return the sound of one sentence, hard words respelled, edges trimmed.

        Raises:
            VoiceUnavailableError: when the engine fails; nothing is reported as said.
        """
        self._engine.setProperty("rate", words_per_minute)
        words = self._hard_words.respelled(text)
        return (self._from_file(words) if self._stock else self._from_driver(words)).trimmed()

    def _from_driver(self, text: str) -> Audio:
        self._heard.clear()
        self._engine.say(text)
        self._run()
        if len(self._heard) != 1:
            raise VoiceUnavailableError("The voice returned without saying the sentence.")
        return self._heard[0]

    def _from_file(self, text: str) -> Audio:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sentence.wav"
            self._engine.save_to_file(text, str(path))
            self._run()
            try:
                with wave.open(str(path), "rb") as file:
                    if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                        raise VoiceUnavailableError("This voice does not write 16-bit mono sound.")
                    return Audio(file.readframes(file.getnframes()), file.getframerate())
            except (OSError, EOFError, wave.Error) as error:
                raise VoiceUnavailableError(f"This voice wrote no readable sound ({error}).") from error

    def _run(self) -> None:
        self._errors.clear()
        self._engine.runAndWait()
        if self._errors:
            error = self._errors[0]
            if isinstance(error, VoiceUnavailableError):
                raise error
            raise VoiceUnavailableError(f"The voice failed: {error}") from error


def _engine(*, stock: bool) -> Any:  # noqa: ANN401 (pyttsx3 has no types)
    """Return a pyttsx3 Engine on the stock driver, or on ours."""
    try:
        # pyttsx3 finds a driver by importing `pyttsx3.drivers.NAME`; this is how ours is registered.
        sys.modules[f"pyttsx3.drivers.{DRIVER_NAME}"] = importlib.import_module("speech.espeak_driver")
        engine = importlib.import_module("pyttsx3.engine")
        return engine.Engine(None if stock else DRIVER_NAME)
    except VoiceUnavailableError:
        raise
    except Exception as error:
        raise VoiceUnavailableError(
            f"The voice could not be started ({type(error).__name__}: {error}). "
            "Run 'gentle-back doctor' to see what is missing."
        ) from error
