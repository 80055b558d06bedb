"""AWS Lambda's way in: one skill, built when the function starts, and a handler."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ask_sdk_core.exceptions import AskSdkException

from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.library import load, locales
from skill.memory.choice import choose_memory
from skill.settings import memory_choice, recordings_url, skill_id

log = logging.getLogger(__name__)

NOTHING: Mapping[str, Any] = {"version": "1.0", "sessionAttributes": {}, "response": {}}


def build(environment: Mapping[str, str]) -> Endpoint:
    """Build the skill from its settings.

    Raises:
        SettingError: when one is missing or cannot be used; Lambda writes it to the function's log.
    """
    words = WordsByLocale(lambda locale: load(locale=locale), locales())
    url = recordings_url(environment)
    memory = choose_memory(memory_choice(environment), Path(tempfile.gettempdir()))
    return Endpoint(words, memory, skill_id(environment), Streams(url) if url else None)


endpoint = build(os.environ)


def handler(event: Mapping[str, Any], context: object) -> Mapping[str, Any]:  # noqa: ARG001 (Lambda passes it)
    """Answer one request envelope; what is for another skill, or is no envelope, gets nothing."""
    try:
        return endpoint.answer(event)
    except AskSdkException as error:
        log.error("Refused a request: %s", error)  # noqa: TRY400 (a traceback would only be the SDK's)
        return NOTHING
