"""Whether the service could answer a request now."""

from __future__ import annotations

from collections.abc import Sequence

from ask_sdk_core.exceptions import PersistenceException

from skill.memory.choice import Memory

MEND = (
    "Set GENTLE_BACK_MEMORY to a file that can be written, such as sqlite:/var/lib/gentle-back/memory.sqlite3, "
    "or look after the table, its region, and AWS's credentials in the environment."
)


def problems(memory: Memory) -> Sequence[str]:
    """Return what is wrong, each a sentence for the host; nothing when all is well."""
    try:
        memory.check()
    except PersistenceException as error:
        return [f"Nobody is remembered, as the memory cannot be used ({error}). {MEND}"]
    return []
