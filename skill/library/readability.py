"""How easy a text is: its words, sentences, syllables and United States school grade.

The grade is Flesch and Kincaid's: 0.39 x words a sentence + 11.8 x syllables a word - 15.59. Ready
libraries download a pronouncing dictionary at run time; this counts syllables by rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from speech.document import sentences

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
_VOWELS = re.compile(r"[aeiouy]+")

# Words of this content that the rule would count wrongly.
_EXCEPTIONS = {
    "area": 3, "autoimmune": 4, "being": 2, "biologic": 4, "biologics": 4, "diet": 2,
    "dietitian": 4, "doing": 2, "going": 2, "idea": 3, "ideas": 3, "lower": 2, "massage": 2, "maybe": 2,
    "meditation": 4, "movie": 2, "neither": 2, "people": 2, "power": 2, "quiet": 2, "really": 2, "seeing": 2,
    "sciatica": 4, "sometimes": 2, "something": 2, "someone": 2, "spondylolisthesis": 6, "stronger": 2,
    "synovial": 4, "talked": 1, "therapeutic": 4, "usually": 4, "video": 3, "aerobics": 3, "rheumatoid": 3,
    "heard": 1, "likely": 2, "create": 2, "client": 2, "lying": 2, "trying": 2, "saying": 2, "journaling": 3,
}  # fmt: skip

_NUMBER_SYLLABLES = 3
"""A number in digits, as spoken, on the average of those that the content uses."""


def words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Count the syllables of one word by rule, at least 1."""
    word = word.lower().replace("’", "'")
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    if word[0].isdigit():
        return _NUMBER_SYLLABLES
    bare = re.sub(r"'(s|re|ve|ll|d|m)$", "", word)
    bare = re.sub(r"(?<=[aeiouy][^aeiouy])e(?=(?:ment|ness|ful|ly|less)s?$)", "", bare)  # "movement", "useful"
    count = len(_VOWELS.findall(bare))
    if bare.endswith("n't") and bare not in {"can't", "don't", "won't", "aren't", "weren't"}:
        count += 1  # "doesn't" has a beat that no vowel letter shows
    if re.search(r"[^aeiouyl]e$", bare) or re.search(r"[aeiouy]le$", bare):
        count -= 1  # a silent e, as in "ice" or "whole"
    elif re.search(r"[^aeioutdy]ed$", bare) or re.search(r"(?<![^aeiou]l)(?<![aeiouycgsxz])es$", bare):
        count -= 1  # "helped", "bones"
    if re.search(r"[^aeiou]ia|io(?!n)|[^cgst]iou|[^q]ua[^r]|eo[^u]", bare) and not bare.endswith("tial"):
        count += 1  # two vowels that are spoken apart
    return max(1, count)


def grade(text: str) -> float:
    """Return the school grade of a text.

    Raises:
        ValueError: when there is no word in it.
    """
    counted = words(text)
    if not counted:
        raise ValueError("there are no words to grade")
    beats = sum(syllables(word) for word in counted)
    return 0.39 * len(counted) / len(sentences(text)) + 11.8 * beats / len(counted) - 15.59


def longest_sentence(text: str) -> str:
    """Return the sentence with the most words."""
    return max(sentences(text), key=lambda sentence: len(words(sentence)), default="")


def mean_sentence_length(texts: Sequence[str]) -> float:
    """Return the words a sentence over several texts."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    return sum(len(words(part)) for part in parts) / len(parts)
