"""Hard words: how they are written, what is heard, and how each kind of voice is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """The spoken forms of one written word."""

    written: str
    alias: str = ""
    """Other words that are heard in its place ("over the counter" for "OTC")."""
    ipa: str = ""
    """For voices that read SSML: the sounds of the written word."""
    respelling: str = ""
    """For voices without SSML: a spelling that they read aloud rightly."""


class Pronunciations:
    """A table of hard words that finds them in a text, longest first."""

    def __init__(self, words: Iterable[Pronunciation]) -> None:
        """Take the words in any order; capitals count only in words that are all capitals."""
        self.words = tuple(words)
        self._by_written = {_key(word.written): word for word in self.words}
        longest_first = sorted(self._by_written, key=len, reverse=True)
        # The scoped flag keeps "RA" from matching the "ra" in running text of lower case.
        choices = [re.escape(key) if key != key.lower() else f"(?i:{re.escape(key)})" for key in longest_first]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)") if choices else None

    def find(self, written: str) -> Pronunciation:
        """Return the word as written here.

        Raises:
            KeyError: when the table does not hold it.
        """
        exact = self._by_written.get(written)
        return exact if exact is not None else self._by_written[written.lower()]

    def replace(
        self,
        text: str,
        word: Callable[[Pronunciation, str], str],
        plain: Callable[[str], str] = str,
    ) -> str:
        """Rebuild a text from its hard words (the word, as written here) and the rest."""
        if self._pattern is None:
            return plain(text)
        rebuilt: list[str] = []
        end = 0
        for match in self._pattern.finditer(text):
            rebuilt.append(plain(text[end : match.start()]))
            rebuilt.append(word(self.find(match.group()), match.group()))
            end = match.end()
        rebuilt.append(plain(text[end:]))
        return "".join(rebuilt)

    def heard(self, text: str) -> str:
        """Return the words that are heard: aliases in place of what is written."""
        return self.replace(text, lambda word, written: word.alias or written)

    def respelled(self, text: str) -> str:
        """Return the text for a voice that knows no SSML."""
        return self.replace(text, lambda word, written: word.respelling or word.alias or written)


def _key(written: str) -> str:
    return written if re.fullmatch(r"[^a-z]*[A-Z][^a-z]*s?", written) else written.lower()


NO_HARD_WORDS = Pronunciations(())
