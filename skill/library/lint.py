"""The rules that words must keep, as faults with the rule's reason in the mend."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from interaction_model.names import ABOUT, DEFINE, DESCRIBE, SYMPTOM_INTENT, intent_name, urgent_intent_name
from interaction_model.normalise import normalise
from skill.library.faults import Fault
from skill.library.readability import grade, longest_sentence, words
from skill.library.scripts import Frame, Script
from skill.library.values import Entry, Library, Phrase
from speech.document import sentences

SHORTEST_ANSWER, LONGEST_ANSWER = 20, 45
"""Words: 8 to 18 seconds at 155 words per minute, one or two breaths."""
LONGEST_SIMPLE = 30
LONGEST_SENTENCE = 20
HIGHEST_GRADE = 6.0
FEWEST_ASKS = 15
MOST_OPTIONS, MOST_SIMPLE_OPTIONS = 3, 2
"""People who are tired or in pain may hold one to three items in mind."""
WHICH = "which"
"""The phrase that asks which of two things is meant."""
SAFETY = "danger-"
"""Phrases whose words are fixed; simple mode leaves out nothing of them."""
FEWEST_DANGER_ASKS = 40
LONGEST_DEFINITION = 20
LONGEST_HELP = 50
LONGEST_WELCOME = 30
REVIEW_INTERVAL = timedelta(days=3 * 365)
"""PIF TICK, the United Kingdom's mark for health information, asks for a review every three years."""

# A voice stumbles on these, or reads them out as names of signs.
_UNSPEAKABLE = re.compile(r"[%&<>/\\@#*_+=\[\]{}|~^$£€°\"“”–—…()]|\.\.")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){1,}|\b(?:[A-Z]{2,}s?|[A-Z]\d)\b|\b(?:e\.g|i\.e|etc|vs|approx|min|hrs?)\.")
_SPOKEN_NAMES = frozenset({"RA", "DMARDs", "C1", "C2"})
"""Abbreviations that the pronunciation table turns into speech."""

_BANNED = {
    r"\bwill\b": 'say "may" or "can": nothing is promised',
    r"\bcures?\b|\bheals?\b": "say what it can do; nothing cures",
    r"\bnothing to worry about\b|\byou'll be fine\b|\bit's only\b": "never calm a fear that may be right",
    r"(?<!\bif )(?<!\bthat )(?<!\band )\byou have (?:RA|rheumatoid|arthritis|sciatica)": "never say what they have",
    r"\b(?:mg|milligrams?|tablets? a day|pills? a day|maximum dose)\b": "never give a dose",
    r"\b(?:stop|start|skip|double) (?:taking|your (?:medicine|tablets|dose))\b": "leave that to the doctor",
    r"\b(?:well done|good job|great job|awesome|amazing|perfect|fantastic)\b": "leave praise out: it fills the ear",
    r"\b(?:subscribe|premium|upgrade|discount|rate this skill|five stars|sign up)\b": "never sell anything",
    r"\b(?:just kidding|ha ha|haha|joking)\b": "no jokes about pain",
    r"\bsufferers?\b|\bvictims?\b": 'say "people with rheumatoid arthritis"',
    r"\binvalid\b|\byou should have\b|\byour (?:fault|mistake)\b": "never blame",
    r"(?:^|[.?!] )say [^,.?]+ (?:to|for|if you)\b": 'name the option first: "To hear more, say more"',
}
_ASK = re.compile(r"(?:[a-z']|\b[a-z]\.|[ -]|\{[a-z]+\})+")
"""What Alexa takes in a sample utterance: letters, spaces, apostrophes, hyphens, spelled initials."""

_SUGGESTION = re.compile(r"(?:, say,?|\bcould say,|\bTry,) ([^.?]+?)(?=[.?]|$)")


@dataclass(frozen=True, slots=True)
class _Text:
    """One text that is heard, and where it stands."""

    file: str
    place: str
    text: str


def lint(library: Library, today: date) -> list[Fault]:
    """Check every word of the content; an empty list means that all rules hold."""
    heard = library.pronunciations.heard
    faults = [fault for text in _heard(library) for fault in _check_text(text, heard(text.text))]
    for entry in library.entries.values():
        as_heard = replace(entry, says=heard(entry.says), more=heard(entry.more), simple=heard(entry.simple))
        faults += _check_entry(as_heard, library, today)
    faults += _check_phrases(library)
    faults += _check_dangers(library)
    faults += _check_terms(library)
    faults += _check_asks(library)
    faults += _check_names(library)
    faults += _check_facts(library)
    return sorted(faults)


def file_of(entry: Entry) -> str:
    """Return the entry's file, relative to the content folder."""
    return f"{'answers' if entry.covered else 'not-covered'}/{entry.name}.toml"


def _heard(library: Library) -> Iterator[_Text]:
    for entry in library.entries.values():
        file = file_of(entry)
        yield _Text(file, "says", entry.says)
        yield _Text(file, "simple", entry.simple)
        yield _Text(file, "next.question", entry.offer.question)
        if entry.more:
            yield _Text(file, "more", entry.more)
    for script in library.scripts.values():
        yield from _heard_in(script)
    for number, line in enumerate(_frame_lines(library.frame), start=1):
        yield _Text("session-frame.toml", f"line {number}", line)
    for place, phrase in _phrases(library):
        says = _filled(phrase.says, library) if place == WHICH else phrase.says
        yield from (
            _Text("phrases.toml", f"{place}.{key}", text)
            for key, text in (("says", says), ("reprompt", phrase.reprompt), ("simple", phrase.simple))
            if text
        )
    for danger in library.dangers:
        if danger.reason:
            yield _Text(f"safety/{danger.name}.toml", "reason", danger.reason)
    for term in library.terms.values():
        yield _Text("glossary.toml", term.word, term.says)


def _filled(says: str, library: Library) -> str:
    """Return the question of two things with the two that have the longest names."""
    longest = sorted((entry.called for entry in library.entries.values()), key=lambda name: len(words(name)))
    first, second, *_ = *longest[:-3:-1], "", ""
    return says.replace("{first}", first).replace("{second}", second)


def _heard_in(script: Script) -> Iterator[_Text]:
    file = f"relaxation/{script.name}.toml"
    yield _Text(file, "go_on", script.go_on)
    for text in (*script.caution, *(line.text for line in script.settle)):
        yield _Text(file, "caution, settle", text)
    for step in script.steps:
        for line in step.lines:
            yield _Text(file, f"step {step.name}", line.text)
        for text in itertools.chain.from_iterable(step.breathing.says if step.breathing else ()):
            yield _Text(file, f"step {step.name}", text)


def _frame_lines(frame: Frame) -> Iterator[str]:
    lines = (
        *frame.opening,
        *frame.closing,
        *frame.linger,
        *frame.easy_breath,
        *itertools.chain(*frame.settle.values()),
    )
    yield from (line.text for line in lines)
    yield from (*frame.lengths, *frame.left, *frame.counts, frame.half_way, frame.last_minute)


def _phrases(library: Library) -> Iterator[tuple[str, Phrase]]:
    yield from library.phrases.items()
    for number, phrase in enumerate(library.unclear, start=1):
        yield f"unclear {number}", phrase


def _check_text(heard: _Text, as_heard: str) -> Iterator[Fault]:
    """Apply the rules for anything that a voice says."""
    rules = (*_speakable(heard.text), *_sentences(heard.text, as_heard), *_banned(heard.text))
    yield from (Fault(heard.file, heard.place, wrong, mend) for wrong, mend in rules)


def _speakable(text: str) -> Iterator[tuple[str, str]]:
    if sign := _UNSPEAKABLE.search(text):
        yield f'holds "{sign.group()}"', "write what should be heard, in words"
    for short in _ABBREVIATION.findall(text):
        if short not in _SPOKEN_NAMES:
            yield f'holds the abbreviation "{short}"', "write it out"


def _sentences(text: str, as_heard: str) -> Iterator[tuple[str, str]]:
    longest = longest_sentence(as_heard)
    if len(words(longest)) > LONGEST_SENTENCE:
        yield f"has a sentence of {len(words(longest))} words", f'keep to {LONGEST_SENTENCE}: "{longest}"'
    if not re.search(r"[.?!]$", text):
        yield "does not end like a sentence", "end it with a full stop or a question mark"
    questions = [part for part in sentences(text) if part.endswith("?")]
    if len(questions) > 1:
        yield f"asks {len(questions)} questions", "ask one, at the end"
    if questions and not text.endswith("?"):
        yield "says something after its question", "put the question last"
    options = len(_SUGGESTION.findall(text))
    if options > MOST_OPTIONS:
        yield f"offers {options} options", f"offer at most {MOST_OPTIONS}"


def _banned(text: str) -> Iterator[tuple[str, str]]:
    for pattern, mend in _BANNED.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield f'says "{found.group()}"', mend


def _check_entry(entry: Entry, library: Library, today: date) -> Iterator[Fault]:
    rules = (*_lengths(entry, library), *_grades(entry), *_shape(entry, today))
    yield from (Fault(file_of(entry), place, wrong, mend) for place, wrong, mend in rules)


def _lengths(entry: Entry, library: Library) -> Iterator[tuple[str, str, str]]:
    count = len(words(entry.says))
    if not SHORTEST_ANSWER <= count <= LONGEST_ANSWER:
        yield "says", f"has {count} words", f"keep it between {SHORTEST_ANSWER} and {LONGEST_ANSWER}"
    question = library.phrases["offer-more"].says if entry.more else entry.offer.question
    whole = len(words(f"{entry.says} {question}"))
    if whole > LONGEST_ANSWER:
        yield "says", f"comes to {whole} words with its question", f"keep that to {LONGEST_ANSWER}"
    for place, text, most in (("more", entry.more, LONGEST_ANSWER), ("simple", entry.simple, LONGEST_SIMPLE)):
        if len(words(text)) > most:
            yield place, f"has {len(words(text))} words", f"keep it to {most}"


def _grades(entry: Entry) -> Iterator[tuple[str, str, str]]:
    for place, text in (("says", entry.says), ("more", entry.more), ("simple", entry.simple)):
        if "?" in text:
            yield place, "asks a question", "leave the question to next.question"
        if text and grade(text) > HIGHEST_GRADE:
            yield place, f"reads at school grade {grade(text):.1f}", f"use easier words, down to {HIGHEST_GRADE}"


def _shape(entry: Entry, today: date) -> Iterator[tuple[str, str, str]]:
    if not entry.offer.question.endswith("?"):
        yield "next.question", "is not a question", "end it with a question mark"
    if len(entry.asks) < FEWEST_ASKS:
        yield "asks", f"holds {len(entry.asks)} wordings", f"write at least {FEWEST_ASKS}"
    if entry.reviewed > today:
        yield "reviewed", "lies in the future", "write the day on which you checked it"
    elif today - entry.reviewed > REVIEW_INTERVAL:
        yield "reviewed", "is over three years ago", "check it against the article again"


def _check_phrases(library: Library) -> Iterator[Fault]:
    known = _everything_said(library)
    for place, phrase in _phrases(library):
        simple = () if place.startswith(SAFETY) else _in_simple_mode(phrase)
        for key, wrong, mend in (*_reprompt(phrase), *_suggestions(phrase, known), *simple):
            yield Fault("phrases.toml", f"{place}.{key}", wrong, mend)
    for name, most in (("welcome-first", LONGEST_WELCOME), ("help-start", LONGEST_HELP)):
        count = len(words(library.phrases[name].says))
        if count > most:
            yield Fault("phrases.toml", f"{name}.says", f"has {count} words", f"keep it to {most}")


def _in_simple_mode(phrase: Phrase) -> Iterator[tuple[str, str, str]]:
    text = phrase.simple or phrase.says
    options, count = len(_SUGGESTION.findall(text)), len(words(text))
    if options > MOST_SIMPLE_OPTIONS:
        yield "simple", f"offers {options} options", f"offer at most {MOST_SIMPLE_OPTIONS}"
    if count > LONGEST_SIMPLE:
        yield "simple", f"has {count} words", f"keep it to {LONGEST_SIMPLE}"
    if phrase.simple and phrase.simple.endswith("?") != phrase.says.endswith("?"):
        yield "simple", "asks where the line does not, or the other way round", "end both alike"


def _reprompt(phrase: Phrase) -> Iterator[tuple[str, str, str]]:
    if phrase.says.endswith("?") and not phrase.reprompt:
        yield "reprompt", "is missing after a question", "add what is heard when nobody answers"
    if phrase.reprompt and not phrase.says.endswith("?"):
        yield "reprompt", "is never heard", "end says with a question, or take it out"
    if phrase.reprompt and not phrase.reprompt.endswith("?"):
        yield "reprompt", "does not ask", "end it with a question"
    if phrase.reprompt and phrase.reprompt == phrase.says:
        yield "reprompt", "repeats the line", "say it in other words, with more help"


def _suggestions(phrase: Phrase, known: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    for key, text in (("says", phrase.says), ("reprompt", phrase.reprompt), ("simple", phrase.simple)):
        for suggestion in _SUGGESTION.findall(text):
            if suggestion.lower() not in known:
                yield key, f'suggests "{suggestion}"', "suggest only what the model understands"


def _everything_said(library: Library) -> frozenset[str]:
    """Return every wording that the interaction model understands literally."""
    said = {ask for entry in library.entries.values() for ask in (*entry.asks, *entry.names)}
    said |= {ask for command in library.commands for ask in command.asks}
    said |= {command.want for command in library.commands}
    said |= {name for script in library.scripts.values() for name in script.names}
    for term in library.terms.values():
        for word in (term.word, *term.names):
            said |= {ask.replace("{term}", word) for ask in library.define}
    return frozenset(said)


def _check_dangers(library: Library) -> Iterator[Fault]:
    for danger in library.dangers:
        file = f"safety/{danger.name}.toml"
        if danger.tier in {"crisis", "now", "abuse"} and len(danger.asks) < FEWEST_DANGER_ASKS:
            mend = f"write at least {FEWEST_DANGER_ASKS}"
            yield Fault(file, "asks", f"holds {len(danger.asks)} wordings", mend)
        if danger.tier not in {"crisis", "abuse"} and not danger.reason:
            yield Fault(file, "reason", "is missing", "say in one sentence why to call")


def _check_terms(library: Library) -> Iterator[Fault]:
    for term in library.terms.values():
        if len(words(term.says)) > LONGEST_DEFINITION:
            wrong = f"is explained in {len(words(term.says))} words"
            yield Fault("glossary.toml", term.word, wrong, f"keep it to {LONGEST_DEFINITION}")


def _check_asks(library: Library) -> Iterator[Fault]:
    """Every wording is written as Alexa takes it, and belongs to one entry alone."""
    owners: dict[str, str] = {}
    for file, place, asks in _all_asks(library):
        for ask in asks:
            if not _ASK.fullmatch(ask):
                yield Fault(file, place, f'"{ask}" cannot be a sample', 'use small letters, and "r. a." for RA')
            owner = owners.setdefault(normalise(ask), f"{file} {place}")
            if owner != f"{file} {place}":
                yield Fault(file, place, f'"{ask}" is also in {owner}', "keep it in one of the two")
            elif asks.count(ask) > 1:
                yield Fault(file, place, f'"{ask}" is there twice', "keep it once")
    names: dict[str, str] = {}
    for entry in library.entries.values():
        for name in entry.names:
            owner = names.setdefault(normalise(name), entry.name)
            if owner != entry.name:
                yield Fault(file_of(entry), "names", f'"{name}" also names {owner}', "keep it in one of the two")


def _all_asks(library: Library) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for entry in library.entries.values():
        yield file_of(entry), "asks", entry.asks
    for script in library.scripts.values():
        yield f"relaxation/{script.name}.toml", "asks", script.asks
        yield f"relaxation/{script.name}.toml", "asks", script.names
    for danger in library.dangers:
        yield f"safety/{danger.name}.toml", "asks", danger.asks
    for number, command in enumerate(library.commands, start=1):
        yield "commands.toml", f"command {number}.asks", command.asks
    for kind in ("about", "define", "symptom", "describe", "session"):
        yield "commands.toml", f"carriers.{kind}", getattr(library, kind)
    yield "out-of-scope.toml", "asks", library.out_of_scope
    yield "look-alikes.toml", "asks", library.look_alikes


def _check_names(library: Library) -> Iterator[Fault]:
    """Find entries and sessions whose intent something else has already."""
    taken = {command.intent for command in library.commands} | {ABOUT, DEFINE, SYMPTOM_INTENT, DESCRIBE}
    taken |= {urgent_intent_name(danger.name, crisis=danger.crisis) for danger in library.dangers}
    files = [(entry.name, file_of(entry)) for entry in library.entries.values()]
    files += [(name, f"relaxation/{name}.toml") for name in library.scripts]
    for name, file in files:
        if intent_name(name) in taken:
            yield Fault(file, "file", f"has the intent {intent_name(name)} of something else", "rename it")
        taken.add(intent_name(name))


def _check_facts(library: Library) -> Iterator[Fault]:
    carried = {fact for entry in library.entries.values() for fact in entry.facts}
    for fact, about in library.facts.items():
        if fact not in carried:
            yield Fault("facts.toml", fact, f"is carried by no entry ({about})", "add an entry for it")
