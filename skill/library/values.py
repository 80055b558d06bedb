"""The content as values: entries, phrases, glossary terms and commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from speech.pronunciation import Pronunciations


@dataclass(frozen=True, slots=True)
class Offer:
    """The question after an answer, and where a yes leads."""

    entry: str
    question: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that people can ask for."""

    name: str
    """The name of its file, which is its identity everywhere."""
    title: str
    """Heads the card."""
    names: tuple[str, ...]
    """What it can be asked for by ("cold pack"), the first being the plainest."""
    asks: tuple[str, ...]
    says: str
    more: str
    """The next part; empty where there is none."""
    simple: str
    tail: str
    """The phrase that is always said after it; empty for most."""
    offer: Offer
    facts: tuple[str, ...]
    source: str
    reviewed: date

    @property
    def covered(self) -> bool:
        """Whether the article answers it; otherwise it says who can."""
        return self.source == "article"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stock line; a `reprompt` comes with every question."""

    says: str
    reprompt: str = ""
    offer: str = ""
    """The entry that a yes leads to."""


@dataclass(frozen=True, slots=True)
class Term:
    """A hard word and what it means."""

    word: str
    names: tuple[str, ...]
    says: str
    entry: str
    """The entry that tells more."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be said at any time."""

    want: str
    intent: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All words of one locale."""

    locale: str
    entries: Mapping[str, Entry]
    phrases: Mapping[str, Phrase]
    unclear: tuple[Phrase, ...]
    """What is said at the first, second, third ... time that it was not understood."""
    terms: Mapping[str, Term]
    commands: tuple[Command, ...]
    about: tuple[str, ...]
    """Utterances with a `{topic}` slot."""
    define: tuple[str, ...]
    """Utterances with a `{term}` slot."""
    out_of_scope: tuple[str, ...]
    facts: Mapping[str, str]
    """Every fact of the article, by its number."""
    pronunciations: Pronunciations
