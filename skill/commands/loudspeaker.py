"""Delivers words to the person at this computer: as lines, as sound, into a file."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import click

from skill.commands.keys import any_key
from skill.commands.options import Delivery
from skill.simulator.echo import Heard
from speech.audio import Audio, silence, write_wav
from speech.captions import plain_text
from speech.document import Spoken
from speech.errors import VoiceUnavailableError
from speech.local_voice import LocalVoice
from speech.performance import perform, sound
from speech.player import Player, find_player
from speech.pronunciation import Pronunciations

BETWEEN_TURNS = 1.0
"""Seconds of silence between two turns in one file."""


class Loudspeaker:
    """Speaks where it can be heard, and says once, in words, where it cannot."""

    def __init__(self, delivery: Delivery, hard_words: Pronunciations) -> None:
        """Start the voice only where something is to be heard or written.

        Raises:
            VoiceUnavailableError: when a file or a voice was asked for and there is no voice.
        """
        self._delivery = delivery
        self._hard_words = hard_words
        self.typed_ahead = ""
        """What was typed while speech was under way, for the next line."""
        self._recorded: list[Spoken] = []
        self._voice: LocalVoice | None = None
        self._player: Player | None = None
        if delivery.wav is not None or delivery.voice:
            self._voice = LocalVoice(hard_words, delivery.voice)
        if not delivery.mute and not delivery.json:
            self._find_player()

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

    def turn(self, heard: Heard) -> None:
        """Deliver what the pretend Echo says."""
        if self._delivery.json:
            click.echo(json.dumps(heard.to_json(), ensure_ascii=False))
            self._record(heard.words)
        else:
            self.say(heard.words)

    def say(self, words: Spoken) -> None:
        """Show the words as they are written, then speak them; any key stops the speech."""
        if not words:
            return
        click.echo(f"Skill: {plain_text(words)}")
        self._record(words)
        if self._player is not None and self._voice is not None:
            self._speak(words, self._voice, self._player)

    def _record(self, words: Spoken) -> None:
        if self._delivery.wav is not None and words:
            self._recorded.append(words)

    def _speak(self, words: Spoken, voice: LocalVoice, player: Player) -> None:
        failures: list[VoiceUnavailableError] = []

        def speaking() -> None:
            try:
                perform(words, voice, player, self._delivery.rate)
            except VoiceUnavailableError as error:
                failures.append(error)

        with any_key() as pressed:
            thread = threading.Thread(target=speaking, name="speaking")
            thread.start()
            try:
                while thread.is_alive():
                    if pressed is None:
                        thread.join()
                    elif key := pressed(0.05):
                        self.typed_ahead += key.lstrip("\n \x1b")  # a letter begins the next line; Enter does not
                        player.stop()
                        thread.join()
            finally:
                player.stop()
                thread.join()
        if failures:
            self._player = None
            click.echo(f"The sound broke off, so from here on there are only words. {failures[0]}", err=True)

    def _sound_of_all(self) -> Iterator[Audio]:
        voice = self._voice
        if voice is None:
            raise VoiceUnavailableError("There is no voice to write the file with. Run 'gentle-back doctor'.")
        rate = 0
        for words in self._recorded:
            if rate:
                yield silence(BETWEEN_TURNS, rate)
            for audio in sound(words, voice, self._delivery.rate):
                rate = audio.sample_rate
                yield audio
