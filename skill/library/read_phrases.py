"""Reads the stock lines, and what a locale says otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from skill.library.faults import Fault
from skill.library.fields import Fields, read_file
from skill.library.values import LocalWords, Phrase


def read_phrases(
    folder: Path, overlay: dict[str, Phrase], faults: list[Fault]
) -> tuple[dict[str, Phrase], tuple[Phrase, ...]]:
    """Return the phrases by name, the locale's in place of the general ones, and what answers the unclear."""

    def read(file: Fields) -> tuple[dict[str, Phrase], tuple[Phrase, ...]]:
        unclear = tuple(_phrase(fields) for fields in file.tables("unclear"))
        return {name: _phrase(fields) for name, fields in file.rest().items()}, unclear

    nothing: tuple[dict[str, Phrase], tuple[Phrase, ...]] = ({}, ())
    phrases, unclear = read_file(folder, "phrases.toml", faults, read, nothing)
    for name in overlay.keys() - phrases.keys():
        mend = "use a name of phrases.toml"
        faults.append(Fault("locales", f"phrases.{name}", "replaces no phrase", mend))
    return {**phrases, **overlay}, unclear


def _phrase(fields: Fields) -> Phrase:
    phrase = Phrase(fields.text("says"), *(fields.text(key, "") for key in ("reprompt", "offer", "card", "simple")))
    fields.finish()
    return phrase


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a locale says otherwise."""

    phrases: dict[str, Phrase] = field(default_factory=dict)
    disclaimer: str = ""
    words: LocalWords = field(default_factory=LocalWords)


def read_overlay(folder: Path, locale: str, faults: list[Fault]) -> Overlay:
    """Read what a locale says otherwise; no file means that it says nothing otherwise."""
    name = f"locales/{locale}.toml"
    if not re.fullmatch(r"[a-z]{2}-[A-Z]{2}", locale) or not (folder / name).exists():
        return Overlay()

    def read(file: Fields) -> Overlay:
        phrases = {key: _phrase(fields) for key, fields in file.table("phrases", required=False).rest().items()}
        store, words = file.table("store", required=False), file.table("words", required=False)
        said, asked = words.table("said", required=False), words.table("asked", required=False)
        overlay = Overlay(
            phrases,
            store.text("disclaimer", ""),
            LocalWords(
                {word: said.text(word) for word in said.left()},
                {word: asked.texts(word) for word in asked.left()},
            ),
        )
        for table in (store, words, said, asked):
            table.finish()
        return overlay

    return read_file(folder, name, faults, read, Overlay())
