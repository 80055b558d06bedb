"""What was learnt of a model, and the folder that keeps it for the next start."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interaction_model.features import MEANING_SIZE, Features
from interaction_model.learning import learn
from interaction_model.samples import Samples
from interaction_model.weights import Weights

_SAMPLES = "samples.json"
_ARRAYS = ("hashes", "rarity", "steps", "values", "meaning")


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model's samples, their features, and the weights that `Classifier` takes."""

    exact: Mapping[str, str]
    commands: Sequence[str]
    words: Mapping[str, int]
    labels: Mapping[str, Sequence[str]]
    features: Features
    weights: Weights

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is kept as numbers, by its name."""
        return {
            name: getattr(self.features if name in {"hashes", "rarity"} else self.weights, name) for name in _ARRAYS
        }


def learn_samples(samples: Samples) -> Learnt:
    """Learn the samples: about a minute for 18,000."""
    texts = [text for text, _ in samples.taught]
    features = Features.of(texts)
    labels, weights = learn(texts, features, samples.questions)
    return Learnt(samples.exact, samples.commands, samples.words, labels, features, Weights.of(weights))


def read_learnt(folder: Path | None) -> Learnt | None:
    """Return what was kept, or None where there is nothing that fits: learning it again costs only time."""
    if folder is None or not folder.is_dir():
        return None
    try:
        kept = json.loads((folder / _SAMPLES).read_text(encoding="utf-8"))
        # Read in place; the plain view of a file is quicker to take rows of than numpy's own kind for it.
        hashes, rarity, steps, values, meaning = (
            np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _ARRAYS
        )
        learnt = Learnt(features=Features(hashes, rarity), weights=Weights(steps, values, meaning), **kept)
        labels = sum(map(len, learnt.labels.values()))
        fits = len(hashes) == len(rarity) == len(steps)
        fits = fits and values.shape == (len(hashes), labels) and meaning.shape == (MEANING_SIZE, labels)
    except (OSError, ValueError, TypeError, AttributeError, EOFError):
        return None
    return learnt if fits else None


def keep_learnt(learnt: Learnt, folder: Path | None) -> None:
    """Keep it for the next start, whole or not at all; a disk that takes nothing costs only time."""
    if folder is None:
        return
    kept = {name: getattr(learnt, name) for name in ("exact", "commands", "words", "labels")}
    unfinished = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}-part-"))
        (unfinished / _SAMPLES).write_text(json.dumps(kept), encoding="utf-8")
        for name, array in learnt.arrays().items():
            np.save(unfinished / f"{name}.npy", array)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.replace(folder)
    except OSError:
        if unfinished:
            with contextlib.suppress(OSError):
                shutil.rmtree(unfinished)
