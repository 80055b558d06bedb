"""What may be said to the skill, for a recogniser, and the likeliest of its readings."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interaction_model.model import SLOT, InteractionModel
from interaction_model.names import FALLBACK, NUMBER_TYPE, URGENT
from interaction_model.normalise import spoken_words
from interaction_model.resolver import Resolution
from skill.library import Library
from speech.espeak import open_espeak
from speech.hearing.language_model import arpa
from speech.hearing.lexicon import dictionary
from speech.hearing.recogniser import Files, Recogniser, shipped_dictionary

CARRIERS = 3
"""Samples that each value of a slot is put into: enough to be expected there, few enough not to drown the rest."""

LATER = 0.05
"""How much less sure each further reading of the same sound is."""

_NUMBERS = ("two", "three", "five", "seven", "ten", "twelve", "fifteen", "twenty", "thirty")


class Listening:
    """Turns sound into the utterance that was most likely meant."""

    def __init__(self, recogniser: Recogniser, understand: Callable[[str], Resolution]) -> None:
        """Put a recogniser in front of what understands its words."""
        self._recogniser = recogniser
        self._understand = understand

    def heard(self, samples: NDArray[np.int16]) -> str:
        """Return what was said in 16,000 samples a second; empty where nothing was made out.

        A danger sign in the first reading counts at once. Else the reading that is understood best is taken:
        people say what makes sense here.
        """
        best, said = -np.inf, ""
        for number, reading in enumerate(self._recogniser.readings(samples)):
            found = self._understand(reading)
            if number == 0 and found.intent.startswith(URGENT):
                return reading
            sure = (-1.0 if found.intent == FALLBACK else found.confidence) - LATER * number
            if sure > best:
                best, said = sure, reading
        return said


def recogniser(model: InteractionModel, library: Library, folder: Path) -> Recogniser:
    """Return a recogniser of what a model expects; its files are made once, and kept in the folder.

    Raises:
        HearingUnavailableError: when pocketsphinx is not installed.
    """
    files = Files(folder / "sentences.lm", folder / "words.dict")
    shipped = shipped_dictionary()
    if not (files.language_model.exists() and files.dictionary.exists()):
        sentences = list(spoken(model))
        words = dict.fromkeys(word for sentence in sentences for word in sentence.split())
        phonemes = open_espeak().phonemes
        _write(files.dictionary, dictionary(words, shipped, library.sounds, phonemes))
        _write(files.language_model, arpa(sentences))
    return Recogniser(files)


def spoken(model: InteractionModel) -> Iterator[str]:
    """Yield sentences as they are said, of all samples of a model, each slot filled in."""
    values = {kind.name: [name for v in kind.values for name in (v.name, *v.synonyms)] for kind in model.types}
    values[NUMBER_TYPE] = list(_NUMBERS)
    for intent in model.intents:
        plain = [sample for sample in intent.samples if not SLOT.search(sample)]
        yield from filter(None, map(spoken_words, plain))
        for slot in intent.slots:
            own = [sample for sample in intent.samples if SLOT.findall(sample) == [slot.name]]
            carriers = itertools.cycle(own)
            for value in values.get(slot.type, ()) if own else ():
                for sample in itertools.islice(carriers, CARRIERS):
                    yield spoken_words(SLOT.sub(value, sample))


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: two programs may begin at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 (a file that is open already)
            file.write(text)
        os.replace(unfinished, path)  # noqa: PTH105
    except OSError:
        with contextlib.suppress(OSError):
            Path(unfinished).unlink()
        raise
