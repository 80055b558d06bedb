"""Memory in one SQLite file, behind the persistence interface of the ask-sdk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

WAIT_FOR_LOCK = 2.0
"""Seconds; Alexa's whole answer has eight."""

USUAL_FILE = "memory.sqlite3"
"""The name of the file where a host names no other."""

VERSION = "version"
"""Counts a row's changes, among its attributes: a write that knows of an older one would undo somebody's change."""

_TABLE = "CREATE TABLE IF NOT EXISTS listener (id TEXT PRIMARY KEY, attributes TEXT NOT NULL) WITHOUT ROWID"


class SqliteMemory(AbstractPersistenceAdapter):
    """One row a listener; each call opens the file, so that threads and processes can share it."""

    def __init__(self, path: Path) -> None:
        """Keep rows in this file; its folder is made when first needed."""
        self._path = path
        self._prepared, self._preparing = False, Lock()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction; any failure is the SDK's PersistenceException."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=WAIT_FOR_LOCK)) as connection, connection:
                if not self._prepared:  # switching the journal does not wait for locks, as all else does
                    with self._preparing:
                        connection.execute("PRAGMA journal_mode = WAL")
                    self._prepared = True
                connection.execute(_TABLE)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise PersistenceException(f"memory {self._path.name}: {error}") from error

    def check(self) -> None:
        """Try the file as a request would.

        Raises:
            PersistenceException: when it cannot be used.
        """
        with self._open() as connection:
            connection.execute("SELECT count(*) FROM listener").fetchone()

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """Return the listener's row, empty when there is none.

        Raises:
            PersistenceException: when the file cannot be used.
        """
        query = "SELECT attributes FROM listener WHERE id = ?"
        with self._open() as connection:
            row = connection.execute(query, (_listener(request_envelope),)).fetchone()
        try:
            return dict(json.loads(row[0])) if row else {}
        except (ValueError, TypeError) as error:
            raise PersistenceException(f"memory {self._path.name} holds a row that is no JSON object") from error

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Mapping[str, Any]) -> None:
        """Replace the listener's row, which was read in the same request.

        Raises:
            PersistenceException: when the file cannot be used, or the row was changed since it was read.
        """
        listener, version = _listener(request_envelope), attributes.get(VERSION, 0)
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute("SELECT attributes FROM listener WHERE id = ?", (listener,)).fetchone()
            if row and _version(row[0]) != version:
                raise PersistenceException("another device changed the row at the same moment")
            written = json.dumps({**attributes, VERSION: version + 1})
            connection.execute("INSERT OR REPLACE INTO listener VALUES (?, ?)", (listener, written))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Erase the listener's row.

        Raises:
            PersistenceException: when the file cannot be used.
        """
        with self._open() as connection:
            connection.execute("DELETE FROM listener WHERE id = ?", (_listener(request_envelope),))


def _version(attributes: str) -> int:
    """Return the version of a row as written; 0 for a row without one."""
    try:
        return int(json.loads(attributes).get(VERSION, 0))
    except (ValueError, TypeError, AttributeError):
        return 0


def _listener(request_envelope: RequestEnvelope) -> str:
    user = request_envelope.context.system.user
    if user is None or not user.user_id:
        raise PersistenceException("the request names no listener")
    return str(user.user_id)
