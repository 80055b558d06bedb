"""Memory in one SQLite file, behind the persistence interface of the ask-sdk."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.memory.lost import MemoryLostError

log = logging.getLogger(__name__)

WAIT_FOR_LOCK = 2.0
"""Seconds; Alexa's whole answer has eight."""

USUAL_FILE = "memory.sqlite3"
"""The name of the file where a host names no other."""

VERSION = "version"
"""Counts a row's changes, among its attributes: a write that knows of an older one would undo somebody's change."""

DAMAGED = ".damaged-"
"""Follows the name of a file that was set aside; then comes when, in nanoseconds since 1970."""

_UNREADABLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

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
            if _unreadable(error) and self._set_aside():
                raise MemoryLostError(f"memory {self._path.name} was damaged, and is set aside") from error
            raise PersistenceException(f"memory {self._path.name}: {error}") from error

    def _set_aside(self) -> bool:
        """Rename a damaged file, with what belongs to it, so that the next call begins a new one.

        False when it stays: somebody else has begun a new one meanwhile, or it cannot be renamed.
        """
        with self._preparing:
            found = _inode(self._path)
            # Another process may have set it aside meanwhile, and begun a new one under its name.
            if not _is_damaged(self._path) or _inode(self._path) != found:
                return False
            moved = False
            for part in ("", "-wal", "-shm"):
                path = self._path.with_name(self._path.name + part)
                try:
                    path.rename(path.with_name(f"{self._path.name}{DAMAGED}{time.time_ns()}{part}"))
                    moved = True
                except FileNotFoundError:
                    continue
                except OSError as error:
                    log.error("Memory is damaged, and cannot be set aside: %s", error)  # noqa: TRY400 (the reason is all)
                    return False
            self._prepared = False
            return moved

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
            MemoryLostError: when the file was damaged, and is set aside, or the row, and is erased; the next call
                begins anew.
            PersistenceException: when the file cannot be used.
        """
        query = "SELECT attributes FROM listener WHERE id = ?"
        with self._open() as connection:
            row = connection.execute(query, (_listener(request_envelope),)).fetchone()
        try:
            return dict(json.loads(row[0])) if row else {}
        except (ValueError, TypeError) as error:
            self._drop(_listener(request_envelope), row[0])
            raise MemoryLostError(f"memory {self._path.name} held a row that is no JSON object") from error

    def _drop(self, listener: str, written: str) -> None:
        """Erase a row that nobody can read, unless another device has written it anew."""
        with self._open() as connection:
            connection.execute("DELETE FROM listener WHERE id = ? AND attributes = ?", (listener, written))

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


def _inode(path: Path) -> int:
    """Return which file has this name now; 0 for none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _is_damaged(path: Path) -> bool:
    """Tell whether a file is there that nobody can read; one that is only locked, or away, is not damaged."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_FOR_LOCK)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.Error as error:
        return _unreadable(error)


def _unreadable(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_OK
    return code & 0xFF in _UNREADABLE


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
