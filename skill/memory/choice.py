"""Chooses where listeners are remembered, by one setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.settings import DYNAMODB, DYNAMODB_URL, MEMORY, REGION, MemoryChoice, SettingError


class Memory(Protocol):
    """A persistence adapter of the ask-sdk that can be tried before anybody needs it."""

    def check(self) -> None:
        """Raise `PersistenceException` when it cannot be used."""


def choose_memory(choice: MemoryChoice, folder: Path) -> AbstractPersistenceAdapter:
    """Return the chosen memory; SQLite without a file of its own lies in `folder`.

    Raises:
        SettingError: when the library for the choice is not installed.
    """
    if choice.kind != DYNAMODB:
        from skill.memory.sqlite import USUAL_FILE, SqliteMemory  # noqa: PLC0415 (SQLite takes a megabyte)

        return SqliteMemory(Path(choice.name) if choice.name else folder / USUAL_FILE)
    os.environ.setdefault(REGION, choice.region)  # the SDK's adapter asks for it as soon as it is imported
    try:
        from skill.memory.dynamodb import DynamoDbMemory, resource  # noqa: PLC0415 (boto3 is slow, and optional)
    except ModuleNotFoundError as error:
        raise SettingError(
            f"{MEMORY} names DynamoDB, but {error.name} is not installed: pip install 'gentle-back[dynamodb]'."
        ) from None
    try:
        return DynamoDbMemory(choice.name, resource(choice.region, choice.endpoint or None))
    except ValueError as error:
        raise SettingError(f"{DYNAMODB_URL} or {REGION} cannot be used: {error}.") from None
