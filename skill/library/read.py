"""Reads the content folder of a language, with the overlay of a locale, into a Library."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from interaction_model.normalise import normalise
from skill.library.faults import ContentError, Fault
from skill.library.fields import Fields, read_file
from skill.library.local_words import localised
from skill.library.read_phrases import read_overlay, read_phrases
from skill.library.read_scripts import NO_FRAME, read_frame, read_script
from skill.library.read_store import NO_LISTING, read_listing, read_page, read_screen
from skill.library.scripts import Script
from skill.library.values import (
    URGENCY,
    Command,
    Danger,
    Entry,
    Library,
    Offer,
    Page,
    Phrase,
    Screening,
    Sign,
    Term,
)
from speech.pronunciation import Pronunciation, Pronunciations

CONTENT = Path(__file__).resolve().parent.parent / "content" / "en"
ENTRY_FOLDERS = {"answers": "article", "not-covered": "scope"}
"""Folders of entries, and the source that their entries name."""

SIGN_REACH = 10
"""Words that a sign may be spread over, where its own `within` says nothing else."""

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def load(folder: Path = CONTENT, locale: str = "en-US") -> Library:
    """Read all content; a locale without an overlay gets the general words.

    Raises:
        ContentError: with every fault of every file.
    """
    faults: list[Fault] = []
    if not folder.is_dir():
        raise ContentError([Fault(str(folder), "folder", "is not there", "name a content folder")])
    overlay = read_overlay(folder, locale, faults)
    phrases, unclear = read_phrases(folder, overlay.phrases, faults)
    commands, carriers = _commands(folder, faults)
    nothing: tuple[dict[str, str], tuple[str, ...]] = ({}, ())
    labels, open_questions = read_file(folder, "screen.toml", faults, read_screen, nothing)
    listing = functools.partial(read_listing, overlay.disclaimer)
    library = Library(
        locale=locale,
        entries=_entries(folder, faults),
        scripts=_scripts(folder, faults),
        frame=read_file(folder, "session-frame.toml", faults, read_frame, NO_FRAME),
        phrases=phrases,
        unclear=unclear,
        terms=_terms(folder, faults),
        commands=commands,
        **carriers,
        out_of_scope=read_file(folder, "out-of-scope.toml", faults, lambda file: file.texts("asks"), ()),
        look_alikes=read_file(folder, "look-alikes.toml", faults, lambda file: file.texts("asks"), ()),
        dangers=_dangers(folder, faults),
        screening=read_file(folder, "screening.toml", faults, _screening, Screening()),
        facts=_facts(folder, faults),
        pronunciations=_pronunciations(folder, faults),
        sounds=read_file(folder, "hearing.toml", faults, _sounds, {}),
        labels=labels,
        open_questions=open_questions,
        listing=read_file(folder, "store.toml", faults, listing, NO_LISTING),
        page=read_file(folder, "page.toml", faults, read_page, Page()),
    )
    faults += _loose_ends(library)
    if faults:
        raise ContentError(faults)
    return localised(library, overlay.words)


def locales(folder: Path = CONTENT) -> frozenset[str]:
    """Return the locales that have words of their own."""
    return frozenset(path.stem for path in (folder / "locales").glob("*.toml"))


def _entries(folder: Path, faults: list[Fault]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for kind, source in ENTRY_FOLDERS.items():
        for path in sorted((folder / kind).glob("*.toml")):
            name = f"{kind}/{path.name}"
            if path.stem in entries:
                faults.append(Fault(name, "file", "has the name of another entry", "rename the file"))
            elif not _NAME.fullmatch(path.stem):
                mend = "use small letters and hyphens, such as ice-pack.toml"
                faults.append(Fault(name, "file", "has a name that cannot be an intent", mend))
            else:
                read = functools.partial(_entry, path.stem, source)
                nothing: dict[str, Entry] = {}
                entries |= read_file(folder, name, faults, read, nothing)
    if not entries:
        faults.append(Fault("answers", "folder", "holds no entry", "add one, such as answers/ice.toml"))
    return entries


def _scripts(folder: Path, faults: list[Fault]) -> dict[str, Script]:
    scripts: dict[str, Script] = {}
    for path in sorted((folder / "relaxation").glob("*.toml")):
        name = f"relaxation/{path.name}"
        if not _NAME.fullmatch(path.stem):
            mend = "use small letters and hyphens, such as body-scan.toml"
            faults.append(Fault(name, "file", "has a name that cannot be an intent", mend))
            continue
        nothing: dict[str, Script] = {}
        scripts |= read_file(folder, name, faults, functools.partial(read_script, path.stem), nothing)
    return scripts


def _entry(name: str, source: str, fields: Fields) -> dict[str, Entry]:
    offer, names = fields.table("next"), fields.texts("names")
    entry = Entry(
        name=name,
        title=fields.text("title"),
        names=names,
        asks=fields.texts("asks"),
        says=fields.text("says"),
        more=fields.text("more", ""),
        simple=fields.text("simple"),
        tail=fields.text("tail", ""),
        offer=Offer(offer.text("entry"), offer.text("question")),
        facts=fields.texts("facts", required=source == "article"),
        source=fields.text("source"),
        reviewed=fields.day("reviewed"),
        called=fields.text("called", "") or (names[0] if names else ""),
    )
    offer.finish()
    if entry.source and entry.source != source:
        fields.fault("source", f'is "{entry.source}"', f'entries of this folder have "{source}"')
    return {name: entry}


def _dangers(folder: Path, faults: list[Fault]) -> tuple[Danger, ...]:
    dangers: list[Danger] = []
    for path in sorted((folder / "safety").glob("*.toml")):
        nothing: list[Danger] = []
        read = functools.partial(_danger, path.stem)
        dangers += read_file(folder, f"safety/{path.name}", faults, read, nothing)
    return tuple(sorted(dangers, key=lambda danger: danger.urgency))


def _danger(name: str, fields: Fields) -> list[Danger]:
    tier, source = fields.text("tier"), fields.text("source")
    if tier not in URGENCY:
        fields.fault("tier", f'is "{tier}"', f"use one of {', '.join(URGENCY)}")
    if source != "safety":
        fields.fault("source", f'is "{source}"', 'entries of this folder have "safety"')
    asks = fields.texts("asks")
    danger = Danger(
        name=name,
        title=fields.text("title"),
        tier=tier if tier in URGENCY else URGENCY[0],
        reason=fields.text("reason", ""),
        basis=fields.text("basis"),
        reviewed=fields.day("reviewed"),
        symptoms=fields.texts("symptoms"),
        signs=tuple(_sign(sign) for sign in fields.tables("signs")),
        asks=asks,
        wordings=tuple(map(normalise, asks)),
    )
    return [danger]


def _sign(fields: Fields) -> Sign:
    near = tuple(tuple(map(_phrase, group.split("|"))) for group in fields.texts("near"))
    sign = Sign(near, fields.number("within", SIGN_REACH), fields.flag("says_no"))
    fields.finish()
    return sign


def _screening(file: Fields) -> Screening:
    names = (field.name for field in dataclasses.fields(Screening))
    return Screening(**{name: tuple(map(_phrase, file.texts(name))) for name in names})


def _phrase(written: str) -> str:
    """Return the plain form of a phrase in which `*` is any ending."""
    # The word in front keeps "right" in "right now", which normalising takes off an utterance's beginning.
    return normalise(f"x {written.replace('*', 'qqq')}").removeprefix("x ").replace("qqq", "*")


def _terms(folder: Path, faults: list[Fault]) -> dict[str, Term]:
    def read(file: Fields) -> dict[str, Term]:
        terms = {}
        for fields in file.tables("term"):
            keys = fields.text("word"), fields.texts("names"), fields.text("says"), fields.text("entry")
            term = Term(*keys)
            fields.finish()
            if term.word in terms:
                fields.fault("word", f'"{term.word}" is there twice', "keep one of the two")
            terms[term.word] = term
        return terms

    return read_file(folder, "glossary.toml", faults, read, {})


def _sounds(file: Fields) -> dict[str, tuple[str, ...]]:
    sounds = {}
    for fields in file.tables("word"):
        sounds[fields.text("heard")] = fields.texts("sounds")
        fields.finish()
    return sounds


CARRIERS = ("about", "define", "symptom", "describe", "session")
"""Kinds of utterances with a gap."""

FOR_THE_SPEAKER = ("louder", "quieter")
"""Kinds of utterances that no skill hears."""


def _commands(folder: Path, faults: list[Fault]) -> tuple[tuple[Command, ...], dict[str, tuple[str, ...]]]:
    def read(file: Fields) -> tuple[tuple[Command, ...], dict[str, tuple[str, ...]]]:
        commands = []
        for fields in file.tables("command"):
            commands.append(Command(fields.text("want"), fields.text("intent"), fields.texts("asks")))
            fields.finish()
        carriers = file.table("carriers")
        samples = {kind: carriers.texts(kind) for kind in CARRIERS}
        carriers.finish()
        speaker = file.table("speaker")
        samples |= {kind: speaker.texts(kind) for kind in FOR_THE_SPEAKER}
        speaker.finish()
        return tuple(commands), samples

    samples: dict[str, tuple[str, ...]] = dict.fromkeys((*CARRIERS, *FOR_THE_SPEAKER), ())
    nothing: tuple[tuple[Command, ...], dict[str, tuple[str, ...]]] = ((), samples)
    return read_file(folder, "commands.toml", faults, read, nothing)


def _facts(folder: Path, faults: list[Fault]) -> dict[str, str]:
    def read(file: Fields) -> dict[str, str]:
        facts = {}
        for fields in file.tables("fact"):
            facts[fields.text("id")] = fields.text("about")
            fields.finish()
        return facts

    return read_file(folder, "facts.toml", faults, read, {})


def _pronunciations(folder: Path, faults: list[Fault]) -> Pronunciations:
    def read(file: Fields) -> list[Pronunciation]:
        words = []
        for fields in file.tables("word"):
            keys = ("alias", "ipa", "respelling")
            words.append(Pronunciation(fields.text("written"), *(fields.text(key, "") for key in keys)))
            fields.finish()
        return words

    return Pronunciations(read_file(folder, "pronunciations.toml", faults, read, []))


def _loose_ends(library: Library) -> list[Fault]:
    """Find names that lead nowhere."""
    faults = []
    for entry in library.entries.values():
        file = f"{'answers' if entry.covered else 'not-covered'}/{entry.name}.toml"
        if entry.offer.entry and entry.offer.entry not in library.entries:
            faults.append(Fault(file, "next.entry", f'"{entry.offer.entry}" is no entry', "name an entry's file"))
        if entry.tail and entry.tail not in library.phrases:
            faults.append(Fault(file, "tail", f'"{entry.tail}" is no phrase', "name one of phrases.toml"))
        faults += [
            Fault(file, "facts", f'"{fact}" is not in facts.toml', "use a number from there")
            for fact in entry.facts
            if fact not in library.facts
        ]
    for term in library.terms.values():
        if term.entry not in library.entries:
            faults.append(Fault("glossary.toml", term.word, f'"{term.entry}" is no entry', "name an entry's file"))
    for place, phrase in _phrases_of(library):
        if phrase.offer and not _leads_somewhere(phrase.offer, library):
            mend = 'write "says:NAME" of an entry, "relax:NAME" of a session, or "resume:"'
            faults.append(Fault("phrases.toml", f"{place}.offer", f'"{phrase.offer}" leads nowhere', mend))
    which = library.phrases.get("which")
    if which and set(re.findall(r"{\w*}", which.says)) != {"{first}", "{second}"}:
        mend = 'write both, such as "Do you mean {first}, or {second}?"'
        faults.append(Fault("phrases.toml", "which.says", "does not name {first} and {second}", mend))
    if library.frame.first not in library.scripts:
        wrong = f'"{library.frame.first}" is no session'
        faults.append(Fault("session-frame.toml", "first", wrong, "name a session's file"))
    return faults


def _phrases_of(library: Library) -> Iterator[tuple[str, Phrase]]:
    yield from library.phrases.items()
    yield from ((f"unclear {number}", phrase) for number, phrase in enumerate(library.unclear, start=1))


def _leads_somewhere(offer: str, library: Library) -> bool:
    kind, _, name = offer.partition(":")
    return (kind, name) == ("resume", "") or name in {"says": library.entries, "relax": library.scripts}.get(kind, {})
