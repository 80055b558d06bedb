"""Each rule for words, broken on purpose; and the real words, which keep them all."""

import math
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from skill.library import GENERAL, Library, Offer, Phrase
from skill.library.lint import REVIEW_INTERVAL, lint
from skill.library.read import load, locales
from skill.library.readability import mean_sentence_length, syllables, words
from speech.document import sentences

TODAY = date(2026, 11, 22)
GOOD = "Ice may help at first. Wrap a cold pack in cloth. Then rub the sore spot with it for a short time."


def _with(library: Library, **changes: object) -> Library:
    entry = replace(library.entries["ice"], **changes)
    return replace(library, entries={**library.entries, "ice": entry})


@pytest.mark.parametrize("locale", [GENERAL, *sorted(locales())])
def test_the_words_of_this_project_keep_every_rule(locale: str) -> None:
    assert lint(load(locale=locale), datetime.now(UTC).date()) == []


BROKEN = {
    "too short": ({"says": "Try some ice."}, "has 3 words"),
    "too long": ({"says": "Ice may help a bit. " * 10}, "has 50 words"),
    "too long with its question": ({"says": "Ice may help a bit. " * 8}, "with its question"),
    "a long sentence": ({"says": GOOD + " And" + " so on" * 11 + "."}, "has a sentence of 23 words"),
    "hard words": ({"says": "Inflammatory autoimmune physiology deteriorates cervical articulations. " * 4}, "grade"),
    "a long simple": ({"simple": "Try ice. " * 16}, "has 32 words"),
    "a percent sign": ({"says": GOOD + " It helps 5% more."}, 'holds "%"'),
    "a dash": ({"says": GOOD + " Five–ten minutes."}, 'holds "–"'),
    "an abbreviation": ({"says": GOOD + " Ask about NSAIDs."}, 'abbreviation "NSAIDs"'),
    "a question inside": ({"says": "Does it hurt? " + GOOD}, "says something after its question"),
    "two questions": ({"says": GOOD + " Is it? Is it not?"}, "asks 2 questions"),
    "no end mark": ({"says": GOOD[:-1]}, "does not end like a sentence"),
    "a promise": ({"says": GOOD.replace("may", "will")}, 'says "will"'),
    "a cure": ({"says": GOOD + " It can cure you."}, 'says "cure"'),
    "a dose": ({"says": GOOD + " Take two tablets a day."}, "tablets a day"),
    "a diagnosis": ({"says": GOOD + " So you have arthritis."}, "you have arthritis"),
    "false comfort": ({"says": GOOD + " It's nothing to worry about."}, "nothing to worry about"),
    "the word before the option": ({"says": GOOD + " Say more to hear more."}, "Say more to"),
    "few wordings": ({"asks": ("does ice help",)}, "holds 1 wordings"),
    "a wording with a question mark": ({"asks": ("does ice help?",)}, "cannot be a sample"),
    "a wording twice": ({"asks": ("does ice help",) * 15}, "is there twice"),
    "another entry's wording": ({"asks": ("does heat help",)}, "is also in"),
    "another entry's name": ({"names": ("heat",)}, "also names"),
    "a question that asks nothing": ({"offer": Offer("heat", "Hear about heat.")}, "is not a question"),
    "a review to come": ({"reviewed": date(2027, 1, 1)}, "lies in the future"),
    "an old review": ({"reviewed": TODAY - REVIEW_INTERVAL.__class__(days=1096)}, "three years ago"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_rule_is_told(broken: str, library: Library) -> None:
    changes, told = BROKEN[broken]
    faults = lint(_with(library, **changes), TODAY)
    assert any(told in fault.wrong for fault in faults), [str(fault) for fault in faults]


PHRASES = {
    "a question without a reprompt": (Phrase("Shall I go on?"), "is missing after a question"),
    "a reprompt that is never heard": (Phrase("Goodbye.", "Still there?"), "is never heard"),
    "a reprompt that repeats": (Phrase("Shall I go on?", "Shall I go on?"), "repeats the line"),
    "a suggestion that nobody understands": (
        Phrase("To fly, say flap. What now?", "What now then?"),
        'suggests "flap"',
    ),
    "four options": (
        Phrase("For ice, say ice. For heat, say heat. For yoga, say yoga. To leave, say stop. Which?", "Which one?"),
        "offers 4 options",
    ),
}


@pytest.mark.parametrize("broken", PHRASES)
def test_a_broken_phrase_is_told(broken: str, library: Library) -> None:
    phrase, told = PHRASES[broken]
    faults = lint(replace(library, phrases={**library.phrases, "notice": phrase}), TODAY)
    assert any(told in fault.wrong for fault in faults), [str(fault) for fault in faults]


def test_the_answers_as_a_whole_read_at_school_grade_eight_or_below(library: Library) -> None:
    """SMOG counts words of three syllables and more; those that the glossary explains are left out."""
    explained = {
        part.lower() for term in library.terms.values() for word in (term.word, *term.names) for part in words(word)
    }
    texts = [text for entry in library.entries.values() for text in (entry.says, entry.more, entry.simple) if text]
    count = sum(len(sentences(text)) for text in texts)
    long = sum(syllables(word) >= 3 for text in texts for word in words(text) if word.lower() not in explained)
    assert 1.043 * math.sqrt(long * 30 / count) + 3.1291 <= 8
    assert mean_sentence_length(texts) <= 12


@pytest.mark.parametrize("words_", ["Well done.", "Sign up today.", "Rate this skill.", "Ha ha."])
def test_nobody_is_praised_or_sold_to(words_: str, library: Library) -> None:
    faults = lint(_with(library, says=f"{GOOD} {words_}"), TODAY)
    assert any(re.search("leave praise out|never sell|no jokes", fault.mend) for fault in faults)


def test_simple_mode_never_offers_three_things(library: Library) -> None:
    long = Phrase("To eat, say ice. To drink, say heat. To sleep, say yoga. Which one?", "To eat, say ice. Which one?")
    faults = lint(replace(library, phrases={**library.phrases, "help-start": long}), date(2026, 11, 22))
    assert any(fault.place == "help-start.simple" and "3 options" in fault.wrong for fault in faults)


def test_a_fact_that_no_entry_carries_is_told(library: Library) -> None:
    without = {name: entry for name, entry in library.entries.items() if "F32" not in entry.facts}
    faults = lint(replace(library, entries=without), TODAY)
    assert any(fault.place == "F32" for fault in faults)
