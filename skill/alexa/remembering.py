"""What outlasts a session, read and written through the ask-sdk; a memory that fails never costs an answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_core.handler_input import HandlerInput

from skill.conversation.place import Place
from skill.memory.lost import MemoryLostError

log = logging.getLogger(__name__)

FAILED = "memory failed"
"""Set in a request whose memory could not be read: trying again would cost the listener the same wait."""


NOTICE = "memory notice"
"""The phrase, set in a request, that tells the listener what became of the memory."""


def recall(handler_input: HandlerInput) -> Place:
    """Return the place with which this listener begins; a memory that fails knows nobody, and they are told."""
    request = handler_input.attributes_manager.request_attributes
    try:
        return Place.from_memory(handler_input.attributes_manager.persistent_attributes)
    except MemoryLostError as error:
        log.error("Memory lost: %s", error)  # noqa: TRY400 (where it happened tells nothing)
        request[NOTICE] = "phrase:memory-lost"
    except PersistenceException as error:
        log.warning("Memory failed: %s", error)
        request[FAILED], request[NOTICE] = True, "phrase:memory-away"
    return Place()


def remember(handler_input: HandlerInput, before: Mapping[str, Any], place: Place) -> None:
    """Write what changed of what outlasts the session; what another device wrote meanwhile stays."""
    after = place.to_memory()
    if after == before:
        return
    attributes = handler_input.attributes_manager
    if attributes.request_attributes.get(FAILED):
        log.warning("Memory failed: what changed is lost, as it could not be read before")
        return
    try:
        attributes.persistent_attributes = _changed(attributes.persistent_attributes, before, after)
        try:
            attributes.save_persistent_attributes()
        except MemoryLostError as error:
            log.error("Memory lost: %s", error)  # noqa: TRY400 (where it happened tells nothing)
            attributes.save_persistent_attributes()  # a new one was begun, which can take it
    except PersistenceException as error:
        log.warning("Memory failed: %s", error)


def _changed(found: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was found in memory, with what this session changed."""
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    kept = {key: value for key, value in found.items() if key not in changed}
    return kept | {key: value for key, value in after.items() if key in changed}


def forget(handler_input: HandlerInput) -> bool:
    """Erase all that is remembered of the listener; False when that failed, which they must be told."""
    try:
        handler_input.attributes_manager.delete_persistent_attributes()
    except PersistenceException as error:
        log.warning("Memory failed: %s", error)
        return False
    return True
