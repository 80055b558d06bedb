"""What can be wrong with content: one Fault per place, all of them in one ContentError."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend in one file."""

    file: str
    """Relative to the content folder."""
    place: str
    """The key, or the line that a TOML reader names."""
    wrong: str
    mend: str

    def __str__(self) -> str:
        """Write it on one line, the file first."""
        return f"{self.file}: {self.place}: {self.wrong}; {self.mend}"


class ContentError(Exception):
    """The content cannot be used; `faults` holds every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Sort the faults by file."""
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))
