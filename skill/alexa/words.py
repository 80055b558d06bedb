"""The words of each locale, made ready once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from skill.alexa.turns import Turns
from skill.conversation.conversation import Conversation
from skill.library import GENERAL, Library
from skill.library.faults import ContentError
from speech.pronunciation import Pronunciations

log = logging.getLogger(__name__)


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
            library = self._library_of(locale or GENERAL)
            self._ready[locale or GENERAL] = _ready(library)

    def of(self, locale: str | None) -> Words:
        """Return the words; some kinds of request name no locale.

        Content that was edited into nonsense since the start leaves the general words, which name no country's number.

        Raises:
            ContentError: when these cannot be used either.
        """
        key = locale if locale in self._locales else GENERAL
        if key not in self._ready:
            try:
                self._ready[key] = _ready(self._library_of(key))
            except ContentError as error:
                if GENERAL not in self._ready:
                    raise
                log.error("The words of %s cannot be used, so the general ones are said:\n%s", key, error)  # noqa: TRY400
                self._ready[key] = self._ready[GENERAL]
        return self._ready[key]


def _ready(library: Library) -> Words:
    return Words(library, Conversation(library), Turns(library), library.pronunciations)
