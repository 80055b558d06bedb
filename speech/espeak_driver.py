"""A pyttsx3 driver on espeak-ng that does everything before it returns, and plays nothing.

The stock driver loses sentences, reports success without a sound card and cannot be stopped
(each was reproduced on pyttsx3 2.99). This one hands its sound to whoever listens for the
`audio` notification; an error becomes pyttsx3's `error` notification.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from pyttsx3.voice import Voice as Pyttsx3Voice

from speech.audio import Audio, write_wav
from speech.espeak import open_espeak

DRIVER_NAME = "gentle_back_espeak"


class Proxy(Protocol):
    """The part of pyttsx3's DriverProxy that a driver calls."""

    def notify(self, topic: str, **values: object) -> None:
        """Tell those who connected to the topic."""

    def setBusy(self, busy: bool) -> None:  # noqa: FBT001, N802 (pyttsx3's own signature)
        """Say whether the next command may start."""


class EspeakDriver:
    """pyttsx3's driver contract, kept synchronously."""

    def __init__(self, proxy: Proxy) -> None:
        """Open espeak-ng for this engine."""
        self._proxy = proxy
        self._espeak = open_espeak()
        self._properties: dict[str, Any] = {"rate": 155, "volume": 1.0, "voice": "en-us"}

    def destroy(self) -> None:
        """Do nothing: the library lives as long as the process."""

    def startLoop(self) -> None:  # noqa: N802 (pyttsx3's own name)
        """Run every queued command now; the last of them ends the loop."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 (pyttsx3's own name)
        """Do nothing: the loop has no thread to end."""

    def stop(self) -> None:
        """Do nothing: no sound is under way when this can be called."""

    def say(self, text: str) -> None:
        """Synthesise the text and hand its Audio to the `audio` topic."""
        self._proxy.setBusy(True)
        self._proxy.notify("started-utterance")
        self._proxy.notify("audio", audio=self._sound(text))
        self._proxy.notify("finished-utterance", completed=True)
        self._proxy.setBusy(False)

    def save_to_file(self, text: str, filename: str) -> None:
        """Write the sound of the text as a WAV file."""
        write_wav(Path(filename), [self._sound(text)])

    def _sound(self, text: str) -> Audio:
        settings = self._properties
        return self._espeak.synthesise(text, int(settings["rate"]), settings["voice"], settings["volume"])

    def getProperty(self, name: str) -> Any:  # noqa: ANN401, N802 (pyttsx3's own signature)
        """Return rate (words per minute), volume (0 to 1), voice, or the list of voices."""
        if name == "voices":
            return [Pyttsx3Voice(v.id, v.name, [v.language]) for v in self._espeak.voices()]
        return self._properties[name]

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802 (pyttsx3's own name)
        """Set rate, volume or voice for what is said next.

        Raises:
            KeyError: for another property.
            ValueError: for a voice that does not exist.
        """
        if name not in self._properties:
            raise KeyError(name)
        if name == "voice":
            self._espeak.choose(str(value))
        self._properties[name] = value


def buildDriver(proxy: Proxy) -> EspeakDriver:  # noqa: N802 (the name that pyttsx3 calls)
    """Build the driver of one engine, as pyttsx3 asks for it."""
    return EspeakDriver(proxy)
