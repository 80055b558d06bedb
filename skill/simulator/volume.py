"""How loud a speaker is, which it takes itself: no skill hears of it."""

from __future__ import annotations

import logging
from pathlib import Path

from skill.library import Library
from speech.audio import write_whole

log = logging.getLogger(__name__)

STEPS, STEP = 10, 2
"""As many as an Echo has, and how many a press or a word takes."""


def change(said: str, library: Library) -> int:
    """Return by how many steps these words change the volume; 0 when they ask for something else."""
    words = " ".join(said.lower().split())
    return STEP * ((words in library.louder) - (words in library.quieter))


class Volume:
    """The volume of this computer's speaker, from 1 to STEPS, kept in a small file."""

    def __init__(self, folder: Path) -> None:
        """Begin as loud as it was; fully loud where nothing readable is kept."""
        self._path = folder / "volume.txt"
        self.steps = STEPS
        try:
            kept = int(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return
        self.steps = max(1, min(STEPS, kept))

    @property
    def share(self) -> float:
        """The part of full loudness, above 0 and up to 1."""
        return self.steps / STEPS

    def change(self, by: int) -> None:
        """Make it louder or quieter; it is never silent, which would look like a fault."""
        self.steps = max(1, min(STEPS, self.steps + by))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, f"{self.steps}\n".encode("ascii"))
        except OSError as error:
            log.warning("The volume cannot be kept for next time: %s", error)
