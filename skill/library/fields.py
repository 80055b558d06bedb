"""Reading one TOML table: each missing, surplus or misshapen key becomes a Fault."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from skill.library.faults import Fault

FILES_KEPT = 256
"""Every locale reads the same files, but for its own."""

_NOTHING: Any = object()
_Value = TypeVar("_Value")


def read_toml(path: Path, root: Path, faults: list[Fault]) -> dict[str, Any] | None:
    """Return the file's table, or None when it cannot be read, with the reason among the faults."""
    name = path.relative_to(root).as_posix()
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(Fault(name, "file", f"cannot be read ({error.strerror})", "check that it exists"))
    except UnicodeDecodeError as error:
        faults.append(Fault(name, f"byte {error.start}", "is not UTF-8 text", "save the file as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(name, "file", f"is not TOML: {error}", "close every quote and bracket"))
    return None


@functools.lru_cache(maxsize=FILES_KEPT)
def _parsed(text: str) -> dict[str, Any]:
    """Return a file's table; nobody changes it, as Fields takes a copy."""
    return tomllib.loads(text)


class Fields:
    """The keys of one table, taken one by one; `finish` reports those that nobody asked for."""

    def __init__(self, table: Mapping[str, Any], file: str, faults: list[Fault], where: str = "") -> None:
        """Read from a table of this file; `where` prefixes each place named in a Fault."""
        self._table = dict(table)
        self._file = file
        self._faults = faults
        self._where = where

    def fault(self, place: str, wrong: str, mend: str) -> None:
        """Report one thing to mend in this table."""
        self._faults.append(Fault(self._file, self._where + place, wrong, mend))

    def text(self, key: str, default: str | None = None) -> str:
        """Take a string with something in it."""
        value = self._take(key, default)
        if default is not None and value == default:
            return default
        if isinstance(value, str) and value.strip():
            return str(value.strip())
        if value is not _NOTHING:
            self.fault(key, "is not text", f'write {key} = "..."')
        return ""

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Take a list of strings."""
        value = self._take(key, None if required else [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            if required and not value:
                self.fault(key, "is empty", f'write {key} = ["..."]')
            return tuple(item.strip() for item in value)
        if value is not _NOTHING:
            self.fault(key, "is not a list of texts", f'write {key} = ["...", "..."]')
        return ()

    def day(self, key: str) -> date:
        """Take a date."""
        value = self._take(key, None)
        if type(value) is date:
            return value
        if value is not _NOTHING:
            self.fault(key, "is not a date", f"write {key} = 2026-11-22, without quotes")
        return date.min

    def items(self, key: str) -> list[Any]:
        """Take a list of values of any kind."""
        value = self._take(key, None)
        if isinstance(value, list) and value:
            return value
        if value is not _NOTHING:
            self.fault(key, "is not a list with something in it", f"write {key} = [...]")
        return []

    def __contains__(self, key: str) -> bool:
        """Tell whether a key is there and was not taken yet."""
        return key in self._table

    def number(self, key: str, default: int) -> int:
        """Take a whole number above zero; the default where it is not there."""
        value = self._take(key, default)
        if type(value) is int and (value > 0 or value == default):
            return value
        self.fault(key, "is not a whole number above zero", f"write {key} = {default}")
        return default

    def flag(self, key: str) -> bool:
        """Take true or false; false where it is not there."""
        value = self._take(key, default=False)
        if isinstance(value, bool):
            return value
        self.fault(key, "is neither true nor false", f"write {key} = true")
        return False

    def left(self) -> list[str]:
        """Return the keys that were not taken yet."""
        return list(self._table)

    def table(self, key: str, *, required: bool = True) -> Fields:
        """Take a table within this one."""
        value = self._take(key, None if required else {})
        if value is not _NOTHING and not isinstance(value, dict):
            self.fault(key, "is not a table", f"write {key} = {{ ... }}")
        inner = value if isinstance(value, dict) else {}
        # A table that is missing is one fault, not one for each of its keys.
        faults = self._faults if isinstance(value, dict) else []
        return Fields(inner, self._file, faults, f"{self._where}{key}.")

    def tables(self, key: str) -> list[Fields]:
        """Take a list of tables, written as `[[key]]`."""
        value = self._take(key, None)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [
                Fields(item, self._file, self._faults, f"{self._where}{key} {number}.")
                for number, item in enumerate(value, start=1)
            ]
        if value is not _NOTHING:
            self.fault(key, "is not a list of tables", f"begin each with [[{key}]]")
        return []

    def rest(self) -> dict[str, Fields]:
        """Take every table that is left, by its key."""
        return {key: self.table(key) for key in self.left()}

    def finish(self) -> None:
        """Report the keys that were not taken: most are spelling mistakes."""
        for key in self._table:
            self.fault(key, "is not a known key", "mend its spelling, or take it out")

    def _take(self, key: str, default: object) -> Any:  # noqa: ANN401 (TOML values have any type)
        if key in self._table:
            return self._table.pop(key)
        if default is None:
            self.fault(key, "is missing", f"add {key}")
            return _NOTHING
        return default


def read_file(
    folder: Path, name: str, faults: list[Fault], read: Callable[[Fields], _Value], default: _Value
) -> _Value:
    """Read one file with `read` and report the keys that it left."""
    table = read_toml(folder / name, folder, faults)
    if table is None:
        return default
    fields = Fields(table, name, faults)
    value = read(fields)
    fields.finish()
    return value
