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

from interaction_model.features import MEANING_SIZE, Features
from interaction_model.learning import learn
from interaction_model.samples import Samples

_SAMPLES, _HASHES, _RARITY, _WEIGHTS = "samples.json", "hashes.npy", "rarity.npy", "weights.npy"


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model's samples, their features, and the weights that `Classifier` takes."""

    exact: Mapping[str, str]
    commands: Sequence[str]
    words: Mapping[str, int]
    labels: Mapping[str, Sequence[str]]
    features: Features
    weights: Any


def learn_samples(samples: Samples) -> Learnt:
    """Learn the samples: some half a minute for 15,000."""
    texts = [text for text, _ in samples.taught]
    features = Features.of(texts)
    labels, weights = learn(texts, features, samples.questions)
    # Half the numbers' length halves what is read from disk, and changes no answer on the tuned wordings.
    return Learnt(samples.exact, samples.commands, samples.words, labels, features, weights.astype(np.float16))


def read_learnt(folder: Path | None) -> Learnt | None:
    """Return what was kept, or None where there is nothing that fits: learning it again costs only time."""
    if folder is None or not folder.is_dir():
        return None
    try:
        kept = json.loads((folder / _SAMPLES).read_text(encoding="utf-8"))
        hashes, rarity, weights = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (_HASHES, _RARITY, _WEIGHTS)
        )
        learnt = Learnt(features=Features(np.asarray(hashes), np.asarray(rarity)), weights=weights, **kept)
        columns = sum(map(len, learnt.labels.values()))
    except (OSError, ValueError, TypeError, AttributeError, EOFError):
        return None
    fits = len(rarity) == len(hashes) and weights.shape == (len(hashes) + MEANING_SIZE, columns)
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
        np.save(unfinished / _HASHES, learnt.features.hashes)
        np.save(unfinished / _RARITY, learnt.features.rarity)
        np.save(unfinished / _WEIGHTS, learnt.weights)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.replace(folder)
    except OSError:
        if unfinished:
            with contextlib.suppress(OSError):
                shutil.rmtree(unfinished)
