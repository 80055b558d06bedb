"""Brings what was said, or typed, to one plain form: small letters, no fillers, contractions undone."""

from __future__ import annotations

import re
import unicodedata

LONGEST_UTTERANCE = 2000
"""Characters that are read; a listener never says more in one breath, a pasted book does."""

_CONTRACTIONS = {
    "aren't": "are not",
    "can't": "cannot",
    "couldn't": "could not",
    "didn't": "did not",
    "doesn't": "does not",
    "don't": "do not",
    "gonna": "going to",
    "hadn't": "had not",
    "hasn't": "has not",
    "haven't": "have not",
    "isn't": "is not",
    "let's": "let us",
    "shan't": "shall not",
    "shouldn't": "should not",
    "wanna": "want to",
    "wasn't": "was not",
    "weren't": "were not",
    "won't": "will not",
    "wouldn't": "would not",
}
_ENDINGS = (("'m", " am"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'d", " would"))
_IS = frozenset(["what", "that", "it", "there", "where", "how", "who", "he", "she", "here", "this", "when", "why"])
_FILLERS = frozenset(
    ["um", "umm", "uh", "uhm", "er", "erm", "ah", "oh", "hmm", "mm", "please", "kindly", "alexa", "hello", "hi", "hey"]
)
_OPENINGS = frozenset(["so", "well", "okay", "ok", "like", "right", "and", "but", "now", "then"])
"""Words that mean nothing where an utterance begins."""

_SAME = {
    "favourite": "favorite",
    "programme": "program",
    "programmes": "programs",
    "inflamation": "inflammation",
    "diarise": "diary",
    "journalling": "journaling",
    "telly": "television",
    "min": "minutes",
    "mins": "minutes",
    "tv": "television",
}
_INITIALS = re.compile(r"\b[a-z]\.(?: ?[a-z]\.)*(?: ?[a-z]s?\b\.?)?")
_SPELT_WORDS = (
    (re.compile(r"\bx[.]?[ -]?ray"), "xray"),
    (re.compile(r"\b(n|d)[.]? (saids?|mards?)\b"), r"\1\2"),
)
_RA = re.compile(r"\brheumatoid arthritis\b|\brheumatoid\b|\br a\b")


def normalise(text: str) -> str:
    """Return the plain form; empty when no word is left."""
    text = _with_abbreviations(text)
    words = [word for raw in re.findall(r"[a-z0-9']+", text) for word in _plain(raw)]
    words = _without_opening([word for word in words if word not in _FILLERS])
    once = [word for i, word in enumerate(words) if i == 0 or word != words[i - 1]]
    return _RA.sub("ra", " ".join(once))


def spoken_words(text: str) -> str:
    """Return the words as they are said: abbreviations whole, contractions and fillers kept."""
    text = _with_abbreviations(text)
    return _RA.sub("ra", " ".join(word.strip("'") for word in re.findall(r"[a-z0-9']+", text) if word.strip("'")))


def _with_abbreviations(text: str) -> str:
    text = unicodedata.normalize("NFKC", text[:LONGEST_UTTERANCE]).lower().replace("’", "'")
    for spelt, word in _SPELT_WORDS:
        text = spelt.sub(word, text)
    return _INITIALS.sub(lambda spelt: re.sub(r"[. ]", "", spelt.group()) + " ", text)


def _plain(word: str) -> list[str]:
    """Undo one contraction or possessive, and settle on one spelling."""
    word = word.strip("'")
    word = _SAME.get(word, word)
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word].split()
    if "'" not in word:
        return [word] if word else []
    for ending, full in _ENDINGS:
        if word.endswith(ending):
            return (word[: -len(ending)] + full).split()
    if word.endswith("'s"):
        stem = word[:-2]
        return [stem, "is"] if stem in _IS else [stem]
    return [word] if word else []


def _without_opening(words: list[str]) -> list[str]:
    """Take opening fillers off, but never all of what was said."""
    start = 0
    while start < len(words) - 1 and words[start] in _OPENINGS:
        start += 1
    return words[start:]
