"""Delivers words to the person at this computer: as lines, as sound, into a file."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

import click

from skill.commands.keys import VOLUME, Waiting, any_key, any_line, somebody_types, split_keys
from skill.commands.options import Delivery
from skill.folders import data_folder
from skill.library import Library
from skill.simulator import volume
from skill.simulator.echo import Heard
from speech.audio import Audio, silence, write_wav
from speech.captions import plain_text
from speech.document import Pause, Say, Spoken
from speech.errors import VoiceUnavailableError
from speech.local_voice import DEFAULT_RATE, LocalVoice, Synthesiser
from speech.performance import LONG_SILENCE, Begins, SilentStage, SilentVoice, Stage, perform, sound
from speech.player import Player, find_player

BETWEEN_TURNS = 1.0
"""Seconds of silence between two turns in one file."""

LOOKS = 0.05
"""Seconds between two looks at the keyboard: a key stops the sound within 0.2 seconds."""


class Loudspeaker:
    """Speaks where it can be heard, and says once, in words, where it cannot."""

    def __init__(self, delivery: Delivery, library: Library, *, lines_steer: bool = False) -> None:
        """Start the voice only where something is to be heard or written.

        With `lines_steer` the lines of a program, and not only keys, interrupt what is heard.

        Raises:
            VoiceUnavailableError: when a file or a voice was asked for and there is no voice.
        """
        self._delivery = delivery
        self._library = library
        self._hard_words = library.pronunciations
        self._listen: Callable[[], AbstractContextManager[Waiting | None]] = any_key
        if lines_steer and not somebody_types():
            self._listen = any_line
        self.typed_ahead = ""
        """What was typed while speech was under way, for the next line."""
        self._volume = volume.Volume(data_folder())
        self._recorded: list[tuple[Spoken, int]] = []
        """Words, and the words per minute at which they are said."""
        self._voice: LocalVoice | None = None
        self._player: Player | None = None
        if delivery.wav is not None or delivery.voice:
            self._voice = LocalVoice(self._hard_words, delivery.voice)
        if not delivery.mute and not delivery.json:
            self._find_player()
        self.somebody_follows = self._player is not None or (somebody_types() and not delivery.json)
        """Whether somebody hears the words, or reads them at a keyboard, as they come."""

    def _find_player(self) -> None:
        try:
            self._player = Player(find_player())
            self._voice = self._voice or LocalVoice(self._hard_words, self._delivery.voice)
        except VoiceUnavailableError as error:
            self._player = None
            offer = "" if self._delivery.wav else " To hear them later, write them to a file with --wav FILE."
            click.echo(f"This computer cannot be heard, so here are the words. {error}{offer}", err=True)

    def __enter__(self) -> Self:
        """Begin a run of turns."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the file, when the run ended well."""
        if kind is None and self._delivery.wav is not None and self._recorded:
            seconds = write_wav(self._delivery.wav, self._sound_of_all())
            click.echo(f"Wrote {seconds:.1f} seconds to {self._delivery.wav}.", err=True)

    def turn(self, heard: Heard) -> bool:
        """Deliver what the pretend Echo says; False when somebody broke in."""
        if self._delivery.json:
            click.echo(json.dumps(heard.to_json(), ensure_ascii=False))
            self._record(heard.words, DEFAULT_RATE if heard.goes_on else self._delivery.rate)
            return True
        if heard.goes_on:
            return self.lead(heard.words)
        return self.say(heard.words, heard.notes)

    def say(self, words: Spoken, notes: Sequence[str] = ()) -> bool:
        """Show the words as they are written, and notes that are not spoken; then speak. Any key stops the speech."""
        if not words:
            return True
        click.echo(f"Skill: {plain_text(words)}")
        for note in notes:
            click.echo(f"({note})")
        self._record(words, self._delivery.rate)
        if self._player is None or self._voice is None:
            return True
        return self._perform(words, self._voice, self._player, self._delivery.rate)

    def lead(self, words: Spoken) -> bool:
        """Perform a session: each sentence is shown when it is spoken, where anybody follows; else all at once.

        A session has a pace of its own, by which its steps are found: the rate of other words does not count.
        Where the sound breaks off it goes on in words, at the same times.
        """
        self._record(words, DEFAULT_RATE)
        if not self.somebody_follows:
            for part in words:
                self._show(part)
            return True
        while words:
            heard = self._player is not None and self._voice is not None
            voice: Synthesiser = self._voice if heard and self._voice else SilentVoice()
            stage: Stage = self._player if heard and self._player else SilentStage()
            begun = 0
            began = time.monotonic()
            coming: deque[tuple[float, Say | Pause]] = deque()

            def begins(part: Say | Pause, at: float) -> None:
                nonlocal begun
                begun += 1
                coming.append((began + at, part))  # noqa: B023 (used in this round only)

            finished = self._perform(words, voice, stage, DEFAULT_RATE, begins, lambda: self._show_due(coming))  # noqa: B023
            broke_off = heard and self._player is None
            while (finished or broke_off) and coming:
                self._show(coming.popleft()[1])
            if not broke_off or not finished:
                return finished
            words = words[begun:]
        return True

    def _show_due(self, coming: deque[tuple[float, Say | Pause]]) -> None:
        while coming and coming[0][0] <= time.monotonic():
            self._show(coming.popleft()[1])

    def _show(self, part: Say | Pause) -> None:
        if isinstance(part, Say):
            click.echo(f"Skill: {plain_text((part,), self._hard_words)}")
        elif part.seconds >= LONG_SILENCE:
            click.echo(f"({part.seconds:.0f} seconds of quiet)")

    def wait(self, seconds: float) -> bool:
        """Wait for somebody to type; return whether nobody did."""
        if not self.somebody_follows:
            return True
        end = time.monotonic() + seconds
        with self._listen() as pressed:
            while time.monotonic() < end and not self.typed_ahead:
                self.typed_ahead = pressed(LOOKS) if pressed else _sleep(LOOKS)
        return not self.typed_ahead

    def _record(self, words: Spoken, rate: int) -> None:
        if self._delivery.wav is not None and words:
            self._recorded.append((words, rate))

    def _perform(  # noqa: PLR0917 (all of one performance)
        self,
        words: Spoken,
        voice: Synthesiser,
        stage: Stage,
        rate: int,
        begins: Begins | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> bool:
        """Perform in a thread of its own, while this one looks for keys; False when one stopped it."""
        failures: list[Exception] = []

        def speaking() -> None:
            try:
                perform(words, _AtVolume(voice, self._volume), stage, rate, begins)
            except Exception as error:  # noqa: BLE001 (raised again below, where it can be told)
                failures.append(error)

        with self._listen() as pressed:
            thread = threading.Thread(target=speaking, name="speaking")
            thread.start()
            try:
                while thread.is_alive() and not self.typed_ahead:
                    meanwhile()
                    if pressed is None:
                        thread.join(LOOKS)
                    else:
                        self._take(pressed(LOOKS))
            finally:
                while thread.is_alive():  # again and again: it may not have begun to play yet
                    stage.stop()
                    thread.join(LOOKS)
        for failure in failures:
            if not isinstance(failure, VoiceUnavailableError):
                raise failure
            self._player = None
            click.echo(f"The sound broke off, so from here on there are only words. {failure}", err=True)
        return not self.typed_ahead

    def _take(self, key: str) -> None:
        """Take keys: some change the volume, any other breaks in."""
        if key.endswith("\n"):  # a line of another program
            self.typed_ahead += "" if self.takes_volume(key) else key
            return
        for one in split_keys(key):
            if self.typed_ahead or not self.takes_volume(one):
                self.typed_ahead += one

    def takes_volume(self, said: str) -> bool:
        """Change the volume, from the next sentence on, where something is heard and this asks for it."""
        by = VOLUME.get(said) or volume.change(said, self._library)
        if self._player is None or not by:
            return False
        self._volume.change(by)
        click.echo(f"Volume {self._volume.steps} of {volume.STEPS}.")
        return True

    def _sound_of_all(self) -> Iterator[Audio]:
        voice = self._voice
        if voice is None:
            raise VoiceUnavailableError("There is no voice to write the file with. Run 'gentle-back doctor'.")
        rate = 0
        for words, words_per_minute in self._recorded:
            if rate:
                yield silence(BETWEEN_TURNS, rate)
            for audio in sound(words, voice, words_per_minute):
                rate = audio.sample_rate
                yield audio


class _AtVolume:
    """A voice as loud as the listener has it just now."""

    def __init__(self, voice: Synthesiser, volume: volume.Volume) -> None:
        self._voice = voice
        self._volume = volume

    def synthesise(self, text: str, words_per_minute: int) -> Audio:
        return self._voice.synthesise(text, words_per_minute).at_volume(self._volume.share)


def _sleep(seconds: float) -> str:
    time.sleep(seconds)
    return ""
