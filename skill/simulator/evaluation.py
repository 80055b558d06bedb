"""How well wordings are understood: a file of them, what is right for each, and what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from interaction_model.collisions import Collisions, collisions
from interaction_model.names import ABOUT, DEFINE, FALLBACK, TERM, TOPIC, intent_name, term_id
from interaction_model.resolver import Resolution, SlotMatch
from interaction_model.samples import Samples
from skill.library import Entry, Library

FAR, NEAR, DECLINED = "FAR", "NEAR", "fallback"
"""What is expected of a wording that is not for us, of one about health that the source does not cover, and
another word for the first."""

_HEADER = ("wording", "expected", "kind")


class WordingsError(Exception):
    """A file of wordings cannot be used; the message names the line and the mend."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody may say, and what is right for it."""

    text: str
    expected: str
    """Names of entries or facts, parted by `|`, of which the answer must have one; or FAR, NEAR or fallback."""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A wording, what was understood, and whether that is right."""

    wording: Wording
    found: Resolution
    answered: str
    """The entry, or the intent that is none's."""
    right: bool


def read_wordings(path: Path, library: Library) -> list[Wording]:
    """Read tab-separated lines: wording, expected, and optionally kind; a first line may name them in another order.

    Raises:
        WordingsError: when it cannot be read, or a line is not of that form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WordingsError(f"{path} cannot be read ({error}). Name a text file in UTF-8.") from error
    first = tuple(lines[0].split("\t")) if lines else ()
    named = set(first) <= set(_HEADER) and {"wording", "expected"} <= set(first)
    columns = first if named else _HEADER
    known = {*library.entries, *library.facts, FAR, NEAR, DECLINED}
    wordings = []
    for number, line in enumerate(lines[1:] if named else lines, start=2 if named else 1):
        if not line.strip():
            continue
        cells = dict(zip(columns, line.split("\t"), strict=False))
        wording = Wording(cells.get("wording", "").strip(), cells.get("expected", "").strip(), cells.get("kind", ""))
        strange = sorted(set(wording.expected.split("|")) - known)
        if not wording.text or strange:
            what = f"expects {strange[0] or 'nothing'!r}" if wording.text else "holds no wording"
            raise WordingsError(
                f"{path}, line {number} {what}: write a wording, a tab, and the name of an entry, a fact, FAR or NEAR."
            )
        wordings.append(wording)
    if not wordings:
        raise WordingsError(f"{path} holds no wording: write one a line, then a tab, then the entry it asks for.")
    return wordings


def entry_of(found: Resolution, library: Library) -> Entry | None:
    """Return the entry that answers: by its intent, a topic, or a glossary word that it explains."""
    by_intent = {intent_name(name): entry for name, entry in library.entries.items()}
    if found.intent == ABOUT:
        return library.entries.get(found.slots[TOPIC].id)
    if found.intent == DEFINE:
        term = next((term for term in library.terms.values() if term_id(term.word) == found.slots[TERM].id), None)
        return library.entries.get(term.entry) if term else None
    return by_intent.get(found.intent)


def swallowed(samples: Samples, library: Library) -> Collisions:
    """Return the model's collisions that a listener would notice: what is answered instead says something else."""

    def answer(label: str) -> set[str]:
        intent, _, slot = label.partition("#")
        name, _, value = slot.partition("#")
        entry = entry_of(Resolution(intent, {name: SlotMatch("", value)} if slot else {}), library)
        if intent == FALLBACK or (entry and not entry.covered):
            return {FALLBACK}
        return {label, *(entry.facts if entry else ())}

    found = collisions(samples)
    noticed = (each for each in found.found if answer(each.label).isdisjoint(answer(each.taken_for)))
    return Collisions(found.samples, tuple(noticed))


def judge(wording: Wording, found: Resolution, library: Library) -> Judged:
    """Tell whether what was understood is right."""
    entry = entry_of(found, library)
    wanted = set(wording.expected.split("|"))
    if wording.expected in {FAR, DECLINED}:
        right = found.intent == FALLBACK
    elif wording.expected == NEAR:
        right = found.intent == FALLBACK or (entry is not None and not entry.covered)
    else:
        right = entry is not None and not wanted.isdisjoint((entry.name, *entry.facts))
    return Judged(wording, found, entry.name if entry else found.intent, right)


def group(wording: Wording) -> str:
    """Return what a wording is counted with."""
    if wording.expected in {FAR, DECLINED}:
        return "far"
    if wording.expected == NEAR:
        return "near"
    return "misheard" if wording.kind == "asr-error" else "in scope"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All wordings of a file, judged."""

    judged: tuple[Judged, ...]

    def shares(self) -> dict[str, tuple[int, int]]:
        """Return for each group how many were right, and of how many."""
        of = Counter(group(each.wording) for each in self.judged)
        right = Counter(group(each.wording) for each in self.judged if each.right)
        return {name: (right[name], of[name]) for name in of}

    def confusions(self) -> list[tuple[str, str, int]]:
        """Return what was expected, what was answered, and how often, the commonest first."""
        pairs = Counter((each.wording.expected, each.answered) for each in self.judged if not each.right)
        return [(expected, answered, count) for (expected, answered), count in pairs.most_common()]

    def worst(self) -> list[Judged]:
        """Return what was wrong, the surest first: nobody is warned of those."""
        return sorted((each for each in self.judged if not each.right), key=lambda each: -each.found.confidence)


def evaluate(wordings: Iterable[Wording], resolve: Callable[[str], Resolution], library: Library) -> Evaluation:
    """Understand each wording, and judge it."""
    return Evaluation(tuple(judge(wording, resolve(wording.text), library) for wording in wordings))
