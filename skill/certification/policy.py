"""Points 1 to 10: what Amazon's policies ask of a skill about health."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skill.certification.subject import Subject
from skill.library import Library

DISCLAIMED = ("information and education only", "not medical advice", "does not replace", "doctor", "emergency, call")
CLAIMS = re.compile(
    r"\b(cure[sd]?|heals?|healing|treats?|relieves?|guarantee\w*|sav(?:e|es|ing) (?:a )?li(?:fe|ves)|life.?saving)\b"
)
OFFERS_TO_CALL = re.compile(r"\b(?:shall i|i'll|i will|i can|let me|should i) (?:call|dial|ring|phone)\b")
ADVERTISES = re.compile(
    r"\b(?:buy|order now|donat\w+|subscrib\w+|sponsor\w*|discount|premium|our other skill\w*|free trial)\b"
)
REMEMBERED = frozenset({"been_here", "rate", "simple", "hearing", "spoken_only", "practice", "last", "version"})
UNSET_HOST = "example.com"


def disclaimer(subject: Subject) -> Iterator[str]:
    """Yield each store page that does not say what it must, with the locale's own number."""
    for locale, page in subject.manifest["manifest"]["publishingInformation"]["locales"].items():
        for words in DISCLAIMED:
            if words not in page["description"]:
                yield f'{locale}: say "{words}" in the disclaimer of store.toml or the locale\'s file'
        number = _emergency_number(subject.libraries[locale])
        if number not in page["description"]:
            yield f"{locale}: name the emergency number {number} in the disclaimer"


def _emergency_number(library: Library) -> str:
    return library.phrases["danger-now"].card.rpartition(" ")[2]


def spoken_notice(subject: Subject) -> Iterator[str]:
    """Yield each locale in which a new listener is not told that this is no advice."""
    for locale in subject.models:
        reviewer = subject.newcomer(locale, f"notice-{locale}")
        if "not a doctor" not in reviewer.launch().speech:
            yield f"{locale}: say in phrases.toml, welcome-first, that this is no doctor"
        reviewer = subject.newcomer(locale, f"notice-{locale}")
        reviewer.launch()
        if "not medical advice" not in reviewer.say("IceIntent").reprompt:
            yield f"{locale}: say in phrases.toml, notice, that this is not medical advice to who comes back"
        if "not medical advice" not in reviewer.say("MedicalAdviceIntent").speech:
            yield f"{locale}: say in phrases.toml, medical-advice, that this is not medical advice"


def nothing_about_health_is_kept(subject: Subject) -> Iterator[str]:
    """Yield what is remembered beyond settings and a place in a session, after a talk about everything."""
    for locale, model in subject.models.items():
        reviewer = subject.newcomer(locale, f"kept-{locale}")
        memory = reviewer.endpoint.skill.persistence_adapter
        for intent in model.intents:
            reviewer.say(intent.name)
            kept = memory.get_attributes(
                reviewer.endpoint.skill.serializer.read(reviewer.envelope({"type": "LaunchRequest"}))
            )
            for name in kept.keys() - REMEMBERED:
                yield f'{locale}: "{name}" is remembered after {intent.name}; keep nothing about health'
        if subject.manifest["manifest"].get("permissions"):
            yield "skill.json asks for permissions: it needs none"


def no_claim(subject: Subject) -> Iterator[str]:
    """Yield each word of the store's that promises health."""
    for locale, library in subject.libraries.items():
        listing = library.listing
        for found in CLAIMS.finditer(f"{listing.name} {listing.summary} {listing.description}".lower()):
            yield f'{locale}: take "{found[0]}" out of store.toml'


def never_calls(subject: Subject) -> Iterator[str]:
    """Yield each line that offers to call somebody."""
    return _lines_with(subject, OFFERS_TO_CALL, "the skill cannot call; tell the listener to")


def no_advertising(subject: Subject) -> Iterator[str]:
    """Yield each line that sells something."""
    return _lines_with(subject, ADVERTISES, "nothing is sold here")


def _lines_with(subject: Subject, pattern: re.Pattern[str], why: str) -> Iterator[str]:
    for locale, library in subject.libraries.items():
        texts = {f"phrase {name}": phrase.says + phrase.reprompt for name, phrase in library.phrases.items()}
        texts |= {
            f"entry {entry.name}": f"{entry.says} {entry.more} {entry.simple}" for entry in library.entries.values()
        }
        texts["store"] = library.listing.description
        for place, text in texts.items():
            if found := pattern.search(text.lower()):
                yield f'{locale}: take "{found[0]}" out of {place}: {why}'


def privacy_page(subject: Subject) -> Iterator[str]:
    """Yield each locale whose privacy page is not yet at the host's own address."""
    for locale, library in subject.libraries.items():
        if UNSET_HOST in library.listing.privacy_url or not library.listing.privacy_url.startswith("https://"):
            yield f"{locale}: put the address at which you show the privacy page into privacy_url of store.toml"
