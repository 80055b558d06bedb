"""The words of each locale, made ready once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skill.alexa.turns import Turns
from skill.conversation.conversation import Conversation
from skill.library import GENERAL, Library
from speech.pronunciation import Pronunciations


@dataclass(frozen=True, slots=True)
class Words:
    """All that answering in one locale needs."""

    library: Library
    conversation: Conversation
    turns: Turns
    hard_words: Pronunciations


class WordsByLocale:
    """Finds the words for a request's locale; a locale that nobody wrote for gets the general ones."""

    def __init__(self, library_of: Callable[[str], Library], locales: frozenset[str]) -> None:
        """Take what loads a library, and the locales that have words of their own."""
        self._library_of = library_of
        self._locales = locales
        self._ready: dict[str, Words] = {}

    def prepare(self) -> None:
        """Make every locale ready now, so that no listener waits for it.

        Raises:
            ContentError: when the content has faults.
        """
        for locale in (*sorted(self._locales), None):
            self.of(locale)

    def of(self, locale: str | None) -> Words:
        """Return the words; some kinds of request name no locale."""
        key = locale if locale in self._locales else GENERAL
        if key not in self._ready:
            library = self._library_of(key)
            self._ready[key] = Words(library, Conversation(library), Turns(library), library.pronunciations)
        return self._ready[key]
