"""The content folder as frozen values; `read.py` reads it, or lists every fault of every file (`faults.py`)."""

from skill.library.values import GENERAL, Command, Danger, Entry, Library, Offer, Phrase, Term

__all__ = ["GENERAL", "Command", "Danger", "Entry", "Library", "Offer", "Phrase", "Term"]
