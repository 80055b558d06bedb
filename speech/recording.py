"""A Spoken to a sound file."""

from __future__ import annotations

from pathlib import Path

from speech.audio import write_wav
from speech.document import Spoken
from speech.local_voice import Synthesiser
from speech.performance import sound


def record(words: Spoken, voice: Synthesiser, path: Path, words_per_minute: int) -> float:
    """Write what would be heard as a WAV file; return its length in seconds.

    Raises:
        OSError: when the file cannot be written; nothing half-written is left behind.
        ValueError: when there is nothing to say.
        VoiceUnavailableError: when the voice fails.
    """
    return write_wav(path, sound(words, voice, words_per_minute))
