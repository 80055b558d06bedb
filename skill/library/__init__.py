"""The content folder as frozen values, or every fault of every file at once."""

from skill.library.faults import ContentError, Fault
from skill.library.read import CONTENT, load
from skill.library.values import Command, Entry, Library, Offer, Phrase, Term

__all__ = [
    "CONTENT",
    "Command",
    "ContentError",
    "Entry",
    "Fault",
    "Library",
    "Offer",
    "Phrase",
    "Term",
    "load",
]
