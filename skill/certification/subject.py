"""What is certified: the words, the models and the manifest of every locale, and the skill that answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from interaction_model.manifest import manifest
from interaction_model.model import InteractionModel
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library import Library
from skill.library.read import load, locales
from skill.memory.sqlite import SqliteMemory
from skill.sayings import interaction_model

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-certification"
LISTENER = "amzn1.ask.account.REVIEWER-"

BREAKS_OF_AN_ANSWER = 10
"""What has more silences is a relaxation session."""


@dataclass(frozen=True)
class Answer:
    """One response, and what it says in plain words."""

    envelope: Mapping[str, Any]

    @property
    def response(self) -> Mapping[str, Any]:
        """The response itself."""
        found: Mapping[str, Any] = self.envelope["response"]
        return found

    @cached_property
    def speech(self) -> str:
        """What is said; empty where nothing is."""
        return _words(self.response.get("outputSpeech"))

    @property
    def reprompt(self) -> str:
        """What is said when nobody answers; empty where nothing is."""
        return _words((self.response.get("reprompt") or {}).get("outputSpeech"))

    @property
    def open(self) -> bool:
        """Whether the microphone opens."""
        return self.response.get("shouldEndSession") is False

    @property
    def led(self) -> bool:
        """Whether it leads a relaxation session, which is steered by speaking over it."""
        return bool(self.speech) and self.response["outputSpeech"]["ssml"].count("<break") > BREAKS_OF_AN_ANSWER


@dataclass
class Reviewer:
    """Somebody who talks to the skill in one Alexa session."""

    endpoint: Endpoint
    locale: str
    interfaces: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    new: bool = True
    name: str = ""

    def launch(self) -> Answer:
        """Open the skill."""
        return self._ask({"type": "LaunchRequest"})

    def say(self, intent: str, **slots: Mapping[str, Any]) -> Answer:
        """Say something that Alexa understood as an intent."""
        named = {name: {"name": name, **slot} for name, slot in slots.items()}
        return self._ask({"type": "IntentRequest", "intent": {"name": intent, "slots": named}})

    def _ask(self, request: Mapping[str, Any]) -> Answer:
        answer = Answer(self.endpoint.answer(self.envelope(request)))
        self.new, self.attributes = False, answer.envelope.get("sessionAttributes") or {}
        return answer

    def envelope(self, request: Mapping[str, Any], skill_id: str = SKILL_ID) -> dict[str, Any]:
        """Write a request as Alexa does."""
        system = {
            "application": {"applicationId": skill_id},
            "user": {"userId": LISTENER + self.name},
            "device": {"supportedInterfaces": dict(self.interfaces)},
        }
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "version": "1.0",
            "session": {"new": self.new, "sessionId": "s", "attributes": dict(self.attributes)},
            "context": {"System": system},
            "request": {"requestId": "r", "timestamp": now, "locale": self.locale, **request},
        }


@dataclass(frozen=True)
class Subject:
    """Everything that the points look at."""

    libraries: Mapping[str, Library]
    models: Mapping[str, InteractionModel]
    folder: Path
    """Where memories may lie while it is certified."""

    @cached_property
    def _words(self) -> WordsByLocale:
        return WordsByLocale(self.libraries.__getitem__, frozenset(self.libraries))

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What skill.json says."""
        made: Mapping[str, Any] = manifest({locale: library.listing for locale, library in self.libraries.items()})
        return made

    def newcomer(self, locale: str, name: str = "", interfaces: Mapping[str, Any] | None = None) -> Reviewer:
        """Return a reviewer whom the skill does not know; the same name later is somebody who comes back."""
        memory = SqliteMemory(self.folder / f"{name or locale}.sqlite3")
        return Reviewer(Endpoint(self._words, memory, SKILL_ID), locale, interfaces or {})

    @cached_property
    def first_answers(self) -> Sequence[tuple[str, str, Answer]]:
        """What each intent gets, in each locale, from somebody who just came in."""
        answers = []
        for locale, model in self.models.items():
            reviewer = self.newcomer(locale)
            for intent in model.intents:
                reviewer.new, reviewer.attributes, reviewer.name = True, {}, intent.name
                answers.append((locale, intent.name, reviewer.say(intent.name)))
        return answers


@contextmanager
def open_subject(content: Path | None = None) -> Iterator[Subject]:
    """Yield what is to be certified; its memories are gone afterwards.

    Raises:
        ContentError: when the content has faults.
    """
    folder = {} if content is None else {"folder": content}
    libraries = {locale: load(locale=locale, **folder) for locale in sorted(locales(**folder))}
    models = {locale: interaction_model(library) for locale, library in libraries.items()}
    with tempfile.TemporaryDirectory() as memories:
        yield Subject(libraries, models, Path(memories))


def _words(speech: Mapping[str, str] | None) -> str:
    if not speech:
        return ""
    sentences = ET.fromstring(speech["ssml"]).iter("s")  # noqa: S314 (our own)
    return " ".join("".join(sentence.itertext()) for sentence in sentences)


def size(answer: Answer) -> int:
    """Return an answer's bytes of JSON."""
    return len(json.dumps(answer.envelope).encode())
