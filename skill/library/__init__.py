"""The content folder as frozen values, or every fault of every file at once."""

from skill.library.faults import ContentError, Fault
from skill.library.read import CONTENT, GENERAL, load, locales
from skill.library.values import Command, Danger, Entry, Library, Offer, Phrase, Term

__all__ = [
    "CONTENT",
    "GENERAL",
    "Command",
    "ContentError",
    "Danger",
    "Entry",
    "Fault",
    "Library",
    "Offer",
    "Phrase",
    "Term",
    "load",
    "locales",
]
