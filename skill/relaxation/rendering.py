"""Renders sessions to recordings: WAV, MP3, captions, and a manifest by which only what changed is made anew."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from skill.library import Library
from skill.relaxation.plan import Plan
from skill.relaxation.planner import plan
from skill.relaxation.recordings import recording_name
from speech.audio import write_wav, write_whole
from speech.captions import Caption, web_vtt
from speech.duration import NORMAL_RATE
from speech.local_voice import Synthesiser
from speech.recording import Recording, Sentence, record, write_mp3

MANIFEST = "manifest.json"

FORMAT = 1
"""Raise it when recordings of the same words are to sound otherwise: all are then made anew."""


@dataclass(frozen=True, slots=True)
class Order:
    """One recording that is wanted."""

    session: str
    minutes: int
    posture: str
    rate: int = NORMAL_RATE
    """The listener's words per minute."""

    @property
    def name(self) -> str:
        """The name of its files, less their endings."""
        name = recording_name(self.session, self.minutes, self.posture)
        return name if self.rate == NORMAL_RATE else f"{name}-{self.rate}-words"


@dataclass(frozen=True, slots=True)
class Made:
    """A recording that is there."""

    order: Order
    seconds: float
    anew: bool
    """Whether it was made now; otherwise what was there is up to date."""


class Renderer:
    """Makes the recordings of one folder with one voice."""

    def __init__(
        self, library: Library, folder: Path, voice: Synthesiser, voice_name: str, *, background: bool, wav: bool
    ) -> None:
        """Open the folder, which is made when it is not there.

        Raises:
            OSError: when it cannot be written.
        """
        self._library = library
        self._folder = folder
        self._voice = voice
        self._voice_name = voice_name
        self._background = background
        self._endings = (".mp3", ".vtt", *([".wav"] if wav else []))
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in filter(_was_left, folder.glob(".*.part")):
            unfinished.unlink(missing_ok=True)
        self._manifest = _read(folder / MANIFEST)

    def render(self, order: Order) -> Made:
        """Make one recording, unless it is there and nothing about it changed.

        Raises:
            OSError: when it cannot be written.
            VoiceUnavailableError: when the voice fails.
            PlanError: when the session cannot last this long at this rate.
        """
        made = plan(
            self._library.scripts[order.session],
            self._library.frame,
            minutes=order.minutes,
            posture=order.posture,
            rate=order.rate / NORMAL_RATE,
        )
        fingerprint = self._fingerprint(made)
        if self._is_there(order, fingerprint):
            return Made(order, made.seconds, anew=False)
        sentences = (Sentence(cue.start, cue.say) for cue in made.cues)
        recording = record(sentences, made.seconds, self._voice, NORMAL_RATE, background=self._background)
        self._write(order, made, recording)
        self._manifest[order.name] = {
            **asdict(order),
            "seconds": round(recording.audio.seconds, 3),
            "sample_rate": recording.audio.sample_rate,
            "steps": [round(step.start, 3) for step in made.steps],
            "background": self._background,
            "files": {f"{order.name}{ending}": self._digest(order, ending) for ending in self._endings},
            "fingerprint": fingerprint,
        }
        written = json.dumps(dict(sorted(self._manifest.items())), indent=2)
        write_whole(self._folder / MANIFEST, f"{written}\n".encode())
        return Made(order, made.seconds, anew=True)

    def _fingerprint(self, made: Plan) -> str:
        """Return what identifies everything that a recording depends on."""
        words = [(cue.start, cue.say.text, cue.say.pace) for cue in made.cues]
        hard_words = [(word.written, word.respelling, word.alias) for word in self._library.pronunciations.words]
        whole = (FORMAT, made.seconds, self._voice_name, self._background, words, hard_words)
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()

    def _is_there(self, order: Order, fingerprint: str) -> bool:
        known = self._manifest.get(order.name, {})
        if known.get("fingerprint") != fingerprint:
            return False
        files = known.get("files", {})
        return all(
            (self._folder / f"{order.name}{ending}").exists()
            and files.get(f"{order.name}{ending}") == self._digest(order, ending)
            for ending in self._endings
        )

    def _write(self, order: Order, made: Plan, recording: Recording) -> None:
        path = self._folder / order.name
        if ".wav" in self._endings:
            write_wav(path.with_name(f"{order.name}.wav"), [recording.audio])
        write_mp3(path.with_name(f"{order.name}.mp3"), recording.audio)
        captions = (
            Caption(start, end, cue.say.text) for cue, (start, end) in zip(made.cues, recording.spoken, strict=True)
        )
        write_whole(path.with_name(f"{order.name}.vtt"), web_vtt(captions).encode())

    def _digest(self, order: Order, ending: str) -> str:
        return hashlib.sha256((self._folder / f"{order.name}{ending}").read_bytes()).hexdigest()


_UNFINISHED = re.compile(r"\.(?:manifest\.json|[a-z0-9-]+-minutes-[a-z0-9-]+\.(?:mp3|wav|vtt))\.(\d+)\.part")


def _was_left(path: Path) -> bool:
    """Tell whether this is an unfinished file of ours whose program is gone; where that cannot be told, it stays."""
    ours = _UNFINISHED.fullmatch(path.name)
    if ours is None or os.name != "posix":
        return False
    try:
        os.kill(int(ours[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def standard_orders(library: Library, sessions: list[str], minutes: int | None, rate: int) -> Iterator[Order]:
    """Yield what is recorded where nothing else is asked for: each session's own lengths, in each posture."""
    for session in sessions:
        script = library.scripts[session]
        for length in script.recorded if minutes is None else (minutes,):
            for posture in script.postures:
                yield Order(session, length, posture, rate)


def _read(path: Path) -> dict[str, Any]:
    """Return the manifest; one that cannot be read knows nothing, so that all is made anew."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    known = manifest if isinstance(manifest, dict) else {}
    return {name: entry for name, entry in known.items() if isinstance(entry, dict)}
