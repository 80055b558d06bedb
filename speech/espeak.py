"""The espeak-ng library: text in, samples and word times out, nothing played."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
from dataclasses import dataclass
from pathlib import Path

from speech.audio import SAMPLE_BYTES, Audio, Word
from speech.errors import VoiceUnavailableError

SLOWEST_RATE, FASTEST_RATE = 80, 450
"""Words per minute that espeak-ng can really speak; it treats others as these."""

LONGEST_TEXT = 1500
"""Characters a call. pyttsx3's stock driver was measured to crash at about 16 kB."""

_SYNCHRONOUS = 2
_UTF8 = 1
_RATE, _VOLUME = 1, 2
_WORD_EVENT, _LIST_END = 1, 0
_OK = 0
_IPA = 2


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class _VoiceSpec(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """A voice that this library offers."""

    id: str
    name: str
    language: str


class Espeak:
    """The open espeak-ng of this process: `open_espeak` gives the one that there is.

    The library keeps one voice and one pointer to a callback for the whole process, so a second
    instance would take the first one's sound, and crash when it is gone. Not for two threads at once.
    """

    def __init__(self) -> None:
        """Open the library.

        Raises:
            VoiceUnavailableError: when it is missing or does not start.
        """
        self._library, data = _load()
        self.sample_rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
        if self.sample_rate <= 0:
            raise VoiceUnavailableError(
                "espeak-ng did not start: reinstall it with 'python -m pip install --force-reinstall espeakng-loader'."
            )
        self._samples = bytearray()
        self._words: list[Word] = []
        self._voice = ""
        self._callback = _Callback(self._collect)  # kept: the library holds only a pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, wav: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
        if wav and count > 0:
            self._samples += ctypes.string_at(wav, count * SAMPLE_BYTES)
        index = 0
        while events[index].type != _LIST_END:
            event = events[index]
            if event.type == _WORD_EVENT:
                # text_position counts from 1; audio_position is in milliseconds.
                word = Word(event.audio_position / 1000, event.text_position - 1, event.length)
                self._words.append(word)
            index += 1
        return 0

    def synthesise(self, text: str, words_per_minute: int, voice: str, volume: float = 1.0) -> Audio:
        """Return the sound of a text of up to LONGEST_TEXT characters; the rate is clamped.

        Raises:
            ValueError: when the text is empty or too long, or there is no such voice.
            VoiceUnavailableError: when the library fails.
        """
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise ValueError(f"espeak-ng is given 1 to {LONGEST_TEXT} characters, not {len(text)}")
        self.choose(voice)
        rate = max(SLOWEST_RATE, min(FASTEST_RATE, words_per_minute))
        self._library.espeak_SetParameter(_RATE, rate, 0)
        self._library.espeak_SetParameter(_VOLUME, round(100 * max(0.0, min(1.0, volume))), 0)
        self._samples, self._words = bytearray(), []
        data = text.encode("utf-8", "replace") + b"\0"
        failed = self._library.espeak_Synth(data, len(data), 0, 0, 0, _UTF8, None, None)
        if failed != _OK or not self._samples:
            raise VoiceUnavailableError(f"espeak-ng could not say this sentence (error {failed}).")
        return Audio(bytes(self._samples), self.sample_rate, tuple(self._words))

    def phonemes(self, text: str, voice: str) -> str:
        """Return how a text of up to LONGEST_TEXT characters is pronounced, in IPA, its words parted by spaces.

        Raises:
            ValueError: when there is no such voice.
        """
        self.choose(voice)
        rest = ctypes.c_char_p(text[:LONGEST_TEXT].encode("utf-8", "replace"))
        clauses: list[str] = []
        while rest.value is not None:
            said = self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
            clauses.append((said or b"").decode("utf-8", "replace").strip())
        return " ".join(filter(None, clauses))

    def voices(self) -> tuple[EspeakVoice, ...]:
        """List the voices, in the library's own order."""
        found: list[EspeakVoice] = []
        listed = self._library.espeak_ListVoices(None)
        index = 0
        while listed[index]:
            spec = listed[index].contents
            # `languages` is a priority byte, then the language code.
            language = (spec.languages or b"")[1:].decode("utf-8", "replace")
            name, identifier = (v.decode("utf-8", "replace") for v in (spec.name, spec.identifier))
            found.append(EspeakVoice(identifier, name, language))
            index += 1
        return tuple(found)

    def choose(self, voice: str) -> None:
        """Speak with the voice of this name, language code or id.

        Raises:
            ValueError: when there is none.
        """
        if voice != self._voice and self._library.espeak_SetVoiceByName(voice.encode()) != _OK:
            raise ValueError(f"espeak-ng has no voice '{voice}'")
        self._voice = voice


@functools.cache
def open_espeak() -> Espeak:
    """Return this process's espeak-ng, opened when first asked for.

    Raises:
        VoiceUnavailableError: when it is missing or does not start.
    """
    return Espeak()


def _load() -> tuple[ctypes.CDLL, bytes | None]:
    """Return the library, and the folder of its data where the library does not know it."""
    path, data = _bundled() or (ctypes.util.find_library("espeak-ng"), None)
    if path is None:
        raise VoiceUnavailableError(
            "No espeak-ng library was found: install it with 'python -m pip install espeakng-loader'."
        )
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise VoiceUnavailableError(f"espeak-ng could not be loaded ({error}).") from error
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceSpec))
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)
    library.espeak_Synth.argtypes = (
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    )
    return library, data


def _bundled() -> tuple[str, bytes] | None:
    """Return the library and data that the `espeakng-loader` wheel carries, where it is installed."""
    try:
        import espeakng_loader  # noqa: PLC0415 (the wheel has no build for some machines)
    except ImportError:
        return None
    folder = Path(espeakng_loader.get_data_path())
    return espeakng_loader.get_library_path(), str(folder).encode()
