"""How loud a speaker is, which it takes itself: no skill hears of it."""

from __future__ import annotations

STEPS, STEP = 10, 2
"""As many as an Echo has, and how many a press or a word takes."""

LOUDER = frozenset({"louder", "volume up", "turn it up", "louder please"})
QUIETER = frozenset({"quieter", "volume down", "turn it down", "quieter please"})


def change(said: str) -> int:
    """Return by how many steps these words change the volume; 0 when they ask for something else."""
    words = " ".join(said.lower().split())
    return STEP * ((words in LOUDER) - (words in QUIETER))


def changed(volume: int, by: int) -> int:
    """Return the volume after a change; it is never silent, which would look like a fault."""
    return max(1, min(STEPS, volume + by))
