"""AWS Lambda's way in: one skill, built when the function starts, and a handler."""

# ruff: noqa: E402 (what stands before the imports makes them quick)
from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skill.hosting import quick_start

WORDS = Path(__file__).resolve().parents[1] / "content" / "pressed"
"""Where `gentle-back package` puts the words, and what makes a start quick."""

quick_start.begin(WORDS)

from ask_sdk_core.exceptions import AskSdkException

from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library import GENERAL
from skill.library.pressed import ENDING, unfold
from skill.memory.choice import choose_memory
from skill.settings import memory_choice, recordings_url, skill_id

if TYPE_CHECKING:
    from skill.alexa.streams import Streams

log = logging.getLogger(__name__)

WRITABLE = Path("/tmp")  # noqa: S108 (the one folder that Lambda lets a function write to; no other program is there)

NOTHING: Mapping[str, Any] = {"version": "1.0", "sessionAttributes": {}, "response": {}}


def build(environment: Mapping[str, str]) -> Endpoint:
    """Build the skill from its settings.

    Raises:
        SettingError: when one is missing or cannot be used; Lambda writes it to the function's log.
    """
    url = recordings_url(environment)
    memory = choose_memory(memory_choice(environment), WRITABLE)
    return Endpoint(_words(), memory, skill_id(environment), _streams(url) if url else None)


def _streams(url: str) -> Streams:
    from skill.alexa.streams import Streams  # noqa: PLC0415 (only where recordings are hosted)

    return Streams(url)


def _words() -> WordsByLocale:
    """Return the words that the package holds; in a checkout, which has none, they are read from the content."""
    if WORDS.is_dir():
        return WordsByLocale(
            lambda locale: unfold(WORDS / f"{locale}{ENDING}"),
            frozenset(path.stem for path in WORDS.glob(f"*{ENDING}")) - {GENERAL},
        )
    from skill.library.read import load, locales  # noqa: PLC0415 (reading them is slow, and not needed on Lambda)

    return WordsByLocale(lambda locale: load(locale=locale), locales())


try:
    endpoint = build(os.environ)
finally:
    quick_start.end()


def handler(event: Mapping[str, Any], context: object) -> Mapping[str, Any]:  # noqa: ARG001 (Lambda passes it)
    """Answer one request envelope; what is for another skill, or is no envelope, gets nothing."""
    try:
        return endpoint.answer(event)
    except AskSdkException as error:
        log.error("Refused a request: %s", error)  # noqa: TRY400 (a traceback would only be the SDK's)
        return NOTHING
