"""Points 19 to 35: what a reviewer hears, sees and tries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from interaction_model.model import InteractionModel
from interaction_model.names import FALLBACK
from interaction_model.rules import broken_rules
from skill.alexa.limits import LONGEST_CARD, LONGEST_SPEECH
from skill.certification.subject import Answer, Reviewer, Subject, size

LARGEST_RESPONSE = 120_000
TRANSPORT = ("Cancel", "LoopOff", "LoopOn", "Next", "Previous", "Repeat", "ShuffleOff", "ShuffleOn", "StartOver")
NUMBERS = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b")
IN_SESSION = 2
"""Example phrases that are said once the skill is open."""

LISTED = re.compile(r"\bsay,? ", re.IGNORECASE)


def example_phrases(subject: Subject) -> Iterator[str]:
    """Yield each example that would not work as it is shown."""
    for locale, library in subject.libraries.items():
        model = subject.models[locale]
        opening, *others = library.listing.example_phrases
        if opening != f"Alexa, open {model.invocation_name}":
            yield f'{locale}: write the first example phrase "Alexa, open {model.invocation_name}"'
        if len(others) != IN_SESSION:
            yield f"{locale}: give three example phrases in store.toml"
        samples = _samples(model)
        for phrase in others:
            if phrase not in samples and NUMBERS.sub("{minutes}", phrase) not in samples:
                yield f'{locale}: "{phrase}" is no sample of the model'


def _samples(model: InteractionModel) -> set[str]:
    return {sample for intent in model.intents for sample in intent.samples}


def proper_answers(subject: Subject) -> Iterator[str]:
    """Yield each intent that gets no words, or an apology."""
    for locale, intent, answer in subject.first_answers:
        if not answer.speech or "went wrong on my side" in answer.speech:
            yield f"{locale}: {intent} gets no proper answer"


def store_tells_the_truth(subject: Subject) -> Iterator[str]:
    """Yield each thing that the store says one can say, and cannot."""
    for locale, library in subject.libraries.items():
        samples = _samples(subject.models[locale])
        for phrase in re.findall(r'"([^"]+)"', library.listing.description):
            if phrase.lower().rstrip(",.") not in samples | {"pause", "next", "more"}:
                yield f'{locale}: the store says that one can say "{phrase}", which no intent has'


def cards(subject: Subject) -> Iterator[str]:
    """Yield each answer whose card does not show the words that are said."""
    for locale, intent, answer in subject.first_answers:
        card = answer.response.get("card") or {}
        if card.get("type") != "Simple" or answer.speech[:60] not in card.get("content", ""):
            yield f"{locale}: {intent} has no card with its words"


def unknown_properties(subject: Subject) -> Iterator[str]:
    """Yield when a request with properties of the future is not answered."""
    reviewer = subject.newcomer("en-US")
    envelope = reviewer.envelope({"type": "LaunchRequest", "brandNew": {"deep": [1]}})
    envelope["context"]["Brand.New"] = {"activity": "FLYING"}
    envelope["context"]["AudioPlayer"] = {"playerActivity": "FLOATING"}
    if not Answer(reviewer.endpoint.answer(envelope)).speech:
        yield "a request with unknown properties gets no answer"


def open_when_asked(subject: Subject) -> Iterator[str]:
    """Yield each question after which nobody listens, or without a reprompt."""
    for locale, intent, answer in subject.first_answers:
        if answer.speech.endswith("?") and not (answer.open and answer.reprompt):
            yield f"{locale}: {intent} asks something, and does not listen or reprompt"


def closed_when_not(subject: Subject) -> Iterator[str]:
    """Yield each open microphone without a question; a relaxation session is steered by speaking over it."""
    for locale, intent, answer in subject.first_answers:
        if answer.open and not answer.led and not answer.speech.endswith("?"):
            yield f"{locale}: {intent} listens without having asked"


def options_are_asked(subject: Subject) -> Iterator[str]:
    """Yield each answer that lists what to say, listens, and asks nothing."""
    for locale, intent, answer in subject.first_answers:
        if answer.open and not answer.led and LISTED.search(answer.speech) and not answer.speech.endswith("?"):
            yield f"{locale}: {intent} lists options and asks nothing"


def launch(subject: Subject) -> Iterator[str]:
    """Yield each locale whose welcome does not name the skill, tell what to ask, and ask."""
    for locale, library in subject.libraries.items():
        welcome = subject.newcomer(locale, f"launch-{locale}").launch()
        if library.listing.name not in welcome.speech or not welcome.speech.endswith("?") or not welcome.open:
            yield f"{locale}: the welcome must name {library.listing.name}, end in a question, and listen"


def welcomes_differ(subject: Subject) -> Iterator[str]:
    """Yield each locale that greets everybody alike."""
    for locale in subject.models:
        first = subject.newcomer(locale, f"welcome-{locale}").launch()
        if subject.newcomer(locale, f"welcome-{locale}").launch().speech == first.speech:
            yield f"{locale}: who comes back is greeted as who comes first"


def help_helps(subject: Subject) -> Iterator[str]:
    """Yield each locale whose help is the welcome, does not ask, or is not there in the middle of something."""
    for locale in subject.models:
        reviewer = subject.newcomer(locale, f"help-{locale}")
        welcome = reviewer.launch()
        before = reviewer.say("AMAZON.HelpIntent")
        reviewer.say("IceIntent")
        within = reviewer.say("AMAZON.HelpIntent")
        reviewer.say("BodyScanIntent")
        over = reviewer.say("AMAZON.HelpIntent")
        for found in (before, within, over):
            if not found.speech.endswith("?") or not found.open or found.speech == welcome.speech:
                yield f"{locale}: help must differ from the welcome, end in a question, and listen"


def stop_stops(subject: Subject) -> Iterator[str]:
    """Yield each state in which stop does not close the session."""
    for locale in subject.models:
        for intents in ((), ("IceIntent",), ("BodyScanIntent",), ("AMAZON.HelpIntent",)):
            reviewer = _after(subject, locale, *intents)
            if reviewer.say("AMAZON.StopIntent").response.get("shouldEndSession") is not True:
                yield f"{locale}: stop does not stop after {intents or 'the welcome'}"


def cancel_leaves(subject: Subject) -> Iterator[str]:
    """Yield each state in which cancel gets no sensible answer."""
    for locale in subject.models:
        for intents in ((), ("IceIntent",), ("BodyScanIntent",)):
            if not _after(subject, locale, *intents).say("AMAZON.CancelIntent").speech:
                yield f"{locale}: cancel gets no answer after {intents or 'the welcome'}"


def _after(subject: Subject, locale: str, *intents: str) -> Reviewer:
    reviewer = subject.newcomer(locale)
    reviewer.launch()
    for intent in intents:
        reviewer.say(intent)
    return reviewer


def fallback_helps(subject: Subject) -> Iterator[str]:
    """Yield each way of not being understood that ends in anything but help."""
    for locale in subject.models:
        reviewer = subject.newcomer(locale)
        tries = [reviewer.say(FALLBACK) for _ in range(3)]
        tries.append(reviewer.say("AboutIntent"))
        tries.append(reviewer.say("AboutIntent", topic={"value": "dragons"}))
        tries.append(reviewer.say("BodyScanIntent", minutes={"value": "?"}))
        for answer in tries:
            if not (answer.speech and answer.open):
                yield f"{locale}: what is not understood must be answered, and listened on"


def transport(subject: Subject) -> Iterator[str]:
    """Yield each transport intent that the model lacks or that gets no answer."""
    for locale, model in subject.models.items():
        named = {intent.name for intent in model.intents}
        for name in ("Pause", "Resume", *TRANSPORT):
            intent = f"AMAZON.{name}Intent"
            if intent not in named:
                yield f"{locale}: {intent} is not in the model"
            if not _after(subject, locale, "BodyScanIntent").say(intent).speech:
                yield f"{locale}: {intent} gets no answer"


def model_rules(subject: Subject) -> Iterator[str]:
    """Yield each rule of Alexa's that a model breaks."""
    for locale, model in subject.models.items():
        yield from (f"{locale}: {broken}" for broken in broken_rules(model))


def sizes(subject: Subject) -> Iterator[str]:
    """Yield each response that is too long, or no XML; on a screen too."""
    screen: dict[str, Any] = {"Alexa.Presentation.APL": {}}
    for locale, library in subject.libraries.items():
        reviewer = subject.newcomer(locale, interfaces=screen)
        for script in library.scripts.values():
            reviewer.new, reviewer.attributes = True, {}
            name = "".join(part.capitalize() for part in script.name.split("-")) + "Intent"
            answer = reviewer.say(name, minutes={"value": str(script.longest)})
            if size(answer) > LARGEST_RESPONSE:
                yield f"{locale}: {name} is {size(answer)} bytes"
    for locale, intent, answer in subject.first_answers:
        ssml = answer.response["outputSpeech"]["ssml"]
        card = answer.response["card"]
        ET.fromstring(ssml)  # noqa: S314 (our own)
        if len(ssml) > LONGEST_SPEECH + 15 or len(card["title"] + card["content"]) > LONGEST_CARD:
            yield f"{locale}: {intent} is longer than Alexa takes"
