"""The content as values: entries, phrases, glossary terms and commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from interaction_model.listing import Listing
from skill.library.scripts import Frame, Script
from speech.pronunciation import Pronunciations

GENERAL = "en"
"""Stands for the words without any locale's overlay."""


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
    called: str = ""
    """What it is called in a question; its first name, where nothing else is written."""

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
    """The line that a yes leads to: "says:ice", "relax:beach" or "resume:"."""
    card: str = ""
    """What the card adds, such as a number in digits."""
    simple: str = ""
    """What is heard in simple mode: fewer words, at most two options. Empty where the line is simple already."""


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


URGENCY = ("crisis", "now", "abuse", "today", "soon")
"""The tiers, the most urgent first: suicide and self-harm; call now; not safe; same day; a doctor soon."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that together are a danger sign."""

    near: tuple[tuple[str, ...], ...]
    """One word or phrase of each group must be there, in its plain form; `*` stands for any ending."""
    within: int
    """How many words they may be spread over."""
    says_no: bool
    """Whether "not" and the like are part of the sign ("cannot feel my legs")."""


@dataclass(frozen=True, slots=True)
class Danger:
    """One cluster of danger signs."""

    name: str
    """The name of its file."""
    title: str
    tier: str
    """One of URGENCY."""
    reason: str
    """Why to act; empty where the tier's own text says everything."""
    basis: str
    """Whose safety advice it follows."""
    reviewed: date
    symptoms: tuple[str, ...]
    signs: Sequence[Sign]
    asks: tuple[str, ...]
    wordings: Sequence[str]
    """The same in the plain form that everything said is brought to."""

    @property
    def crisis(self) -> bool:
        """Whether it is a thought of suicide or self-harm."""
        return self.tier == "crisis"

    @property
    def urgency(self) -> int:
        """Zero for the most urgent."""
        return URGENCY.index(self.tier)


@dataclass(frozen=True, slots=True)
class Screening:
    """Phrases, in plain form, by which a danger sign is told from what only sounds like one; see screening.toml."""

    denies: tuple[str, ...] = ()
    denies_after: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    asks_about: tuple[str, ...] = ()
    somebody: tuple[str, ...] = ()
    only_asking: tuple[str, ...] = ()
    fiction: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalWords:
    """What a locale says, and asks, otherwise than the general words."""

    said: Mapping[str, str] = field(default_factory=dict)
    """The local word for one that is said or shown."""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What people there also say for a word of the samples."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page of the simulator in the browser."""

    says: Mapping[str, str] = field(default_factory=dict)
    """Buttons that say their own words."""
    words: Mapping[str, str] = field(default_factory=dict)
    """All else, by its key in the page."""
    locales: Mapping[str, str] = field(default_factory=dict)
    """What each locale is called."""


@dataclass(frozen=True, slots=True)
class Library:
    """All words of one locale."""

    locale: str
    entries: Mapping[str, Entry]
    scripts: Mapping[str, Script]
    """Relaxation sessions by name."""
    frame: Frame
    phrases: Mapping[str, Phrase]
    unclear: tuple[Phrase, ...]
    """What is said at the first, second, third ... time that it was not understood."""
    terms: Mapping[str, Term]
    commands: tuple[Command, ...]
    about: tuple[str, ...]
    """Utterances with a `{topic}` slot."""
    define: tuple[str, ...]
    """Utterances with a `{term}` slot."""
    symptom: tuple[str, ...]
    """Utterances with a `{symptom}` slot."""
    session: tuple[str, ...]
    """Utterances with `{session}`, and perhaps `{minutes}`, for every relaxation session."""
    describe: tuple[str, ...]
    """Utterances that end in a `{query}` slot, which takes any words."""
    louder: tuple[str, ...]
    quieter: tuple[str, ...]
    """What a speaker takes itself."""
    out_of_scope: tuple[str, ...]
    look_alikes: tuple[str, ...]
    """What sounds like a danger sign and is none."""
    dangers: tuple[Danger, ...]
    """Danger signs, the most urgent first."""
    screening: Screening
    facts: Mapping[str, str]
    """Every fact of the article, by its number."""
    pronunciations: Pronunciations
    sounds: Mapping[str, tuple[str, ...]]
    """How a recogniser hears words that its dictionary lacks, in ARPAbet."""
    labels: Mapping[str, str]
    """What each choice on a screen is called, by what is wanted."""
    open_questions: tuple[str, ...]
    """How questions begin that are not answered by yes or no."""
    listing: Listing
    page: Page

    def danger(self, name: str) -> Danger:
        """Return a danger sign by its name.

        Raises:
            KeyError: when there is none.
        """
        return {danger.name: danger for danger in self.dangers}[name]
