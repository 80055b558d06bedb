"""Whether the service could answer a request now."""

from __future__ import annotations

from collections.abc import Sequence

from ask_sdk_core.exceptions import PersistenceException

from skill.memory.choice import Memory


def problems(memory: Memory) -> Sequence[str]:
    """Return what is wrong, each a sentence for the host; nothing when all is well."""
    try:
        memory.check()
    except PersistenceException as error:
        return [f"The memory cannot be used, so nobody is remembered: {error}."]
    return []
