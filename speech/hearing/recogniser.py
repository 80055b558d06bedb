"""pocketsphinx with a language model of our own: the only file that knows its decoder."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.errors import HearingUnavailableError
from speech.hearing.sound import RATE

LANGUAGE_WEIGHT = 7.8
"""1.2 times pocketsphinx's own: what people may say here is narrow."""

WORD_INSERTION = 0.2

PAD = 0.25
"""Seconds of silence around what is heard; without them last words are lost: "ice pack" became "ice"."""

HYPOTHESES = 5
"""Readings of one utterance; the right one is among the first five much oftener than it is the first."""


@dataclass(frozen=True, slots=True)
class Files:
    """What a recogniser is made from."""

    language_model: Path
    dictionary: Path


def shipped_model() -> Path:
    """Return the folder of the English model that comes with pocketsphinx.

    Raises:
        HearingUnavailableError: when pocketsphinx is not installed.
    """
    spec = importlib.util.find_spec("pocketsphinx")
    if spec is None or not spec.submodule_search_locations:
        raise HearingUnavailableError(
            "Speech recognition is not installed. Run: python -m pip install 'gentle-back[mic]'"
        )
    return Path(spec.submodule_search_locations[0]) / "model" / "en-us"


def shipped_dictionary() -> Path:
    """Return pocketsphinx's own dictionary."""
    return shipped_model() / "cmudict-en-us.dict"


class Recogniser:
    """Turns sound into words."""

    def __init__(self, files: Files) -> None:
        """Load the models.

        Raises:
            HearingUnavailableError: when pocketsphinx is not installed.
        """
        acoustic = shipped_model() / "en-us"
        from pocketsphinx import Decoder  # noqa: PLC0415 (an extra, and slow to load)

        self._decoder: Any = Decoder(
            hmm=str(acoustic),
            lm=str(files.language_model),
            dict=str(files.dictionary),
            lw=LANGUAGE_WEIGHT,
            wip=WORD_INSERTION,
            loglevel="FATAL",
        )

    def readings(self, samples: NDArray[np.int16]) -> list[str]:
        """Return what may have been said, the likeliest first; none where nothing was made out."""
        quiet = np.zeros(int(PAD * RATE), np.int16)
        self._decoder.start_utt()
        self._decoder.process_raw(np.concatenate([quiet, samples, quiet]).tobytes(), full_utt=True)
        self._decoder.end_utt()
        return list(dict.fromkeys(itertools.islice(self._all_readings(), HYPOTHESES)))

    def _all_readings(self) -> Iterator[str]:
        best = self._decoder.hyp()
        if best is None or not best.hypstr:
            return
        yield best.hypstr
        try:
            yield from (
                found.hypstr for found in itertools.islice(self._decoder.nbest(), 4 * HYPOTHESES) if found.hypstr
            )
        except TypeError:  # pocketsphinx gives no list where its lattice is empty
            return
