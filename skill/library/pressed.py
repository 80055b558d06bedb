"""A library pressed into one file for answering: ready in milliseconds; to read all words takes a third of a second.

It is for hosts whose every start counts; `gentle-back package` writes one a locale. What only the interaction model,
the store and the tests read is left out.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, overload

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


class PressedItems(Sequence[Value]):
    """Values in a row, unfolded all at once when the first is asked for."""

    def __init__(self, values: Sequence[Value]) -> None:
        """Press the values together."""
        self._folded = pickle.dumps(tuple(values), pickle.HIGHEST_PROTOCOL)
        self._unfolded: Sequence[Value] | None = None

    @property
    def _values(self) -> Sequence[Value]:
        if self._unfolded is None:
            self._unfolded = pickle.loads(self._folded)  # noqa: S301 (as above)
        return self._unfolded

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Value]: ...

    def __getitem__(self, index: int | slice) -> Value | Sequence[Value]:
        """Return one of the values, or some."""
        return self._values[index]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._values)


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
        dangers=tuple(
            replace(danger, asks=(), signs=PressedItems(danger.signs), wordings=PressedItems(danger.wordings))
            for danger in library.dangers
        ),
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
    with path.open("rb") as file:  # read bit by bit: all of it at once would lie in memory twice
        library: Library = pickle.load(file)  # noqa: S301
    return library
