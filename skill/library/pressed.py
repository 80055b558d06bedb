"""A library pressed into one file for answering: ready in milliseconds; to read all words takes a third of a second.

It is for hosts whose every start counts; `gentle-back package` writes one a locale. What only the interaction model,
the store and the tests read is left out.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from skill.library.values import Library, Page

Value = TypeVar("Value")

ENDING = ".pressed"


class Pressed(Mapping[str, Value]):
    """Values by name, each unfolded when it is first asked for."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        """Press the values, each on its own."""
        self._folded = {name: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for name, value in values.items()}
        self._unfolded: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        """Return the value: the same object each time, by which plans are kept."""
        if name not in self._unfolded:
            self._unfolded[name] = pickle.loads(self._folded[name])  # noqa: S301 (our own, from the package beside us)
        return self._unfolded[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._folded)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._folded)


def press(library: Library, folder: Path) -> Path:
    """Write a library to a file of the folder, named after its locale.

    Raises:
        OSError: when it cannot be written.
    """
    entries = {name: replace(entry, asks=()) for name, entry in library.entries.items()}
    answering = replace(
        library,
        entries=Pressed(entries),
        scripts=Pressed({name: replace(script, asks=()) for name, script in library.scripts.items()}),
        commands=tuple(replace(command, asks=()) for command in library.commands),
        dangers=tuple(replace(danger, asks=()) for danger in library.dangers),
        out_of_scope=(),
        look_alikes=(),
        facts={},
        sounds={},
        page=Page(),
    )
    path = folder / f"{library.locale}{ENDING}"
    path.write_bytes(pickle.dumps(answering, pickle.HIGHEST_PROTOCOL))
    return path


def unfold(path: Path) -> Library:
    """Read what `press` wrote with this very version of the program: it is code, as a `.pyc` file is.

    Raises:
        OSError: when it cannot be read.
    """
    library: Library = pickle.loads(path.read_bytes())  # noqa: S301
    return library
