"""Spares a start on Lambda what Python would do at each start anew, and can be done when the package is built.

Python writes, parses and compiles some six methods of every dataclass when its module is loaded: a quarter of a start.
They are compiled once, into a file that is to them what a `.pyc` file is to a module.
"""

from __future__ import annotations

import builtins
import dataclasses
import functools
import gc
import importlib
import marshal
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

METHODS = f"methods.{sys.implementation.cache_tag}"
"""The file's name. What is compiled is of one version of Python: another one does not find it, and compiles anew."""

Run: TypeAlias = Callable[[str, dict[str, Any], dict[str, Any]], None]
"""What `exec` is to the module `dataclasses`, which has no other word for it."""


def begin(folder: Path) -> None:
    """Use the compiled methods in a folder, where there are some, and put off looking for garbage.

    A start throws hardly anything away: to look for such things takes a tenth of it.
    """
    gc.disable()
    file = folder / METHODS
    if file.is_file():
        with file.open("rb") as compiled:
            _use(functools.partial(_run, marshal.load(compiled)))  # noqa: S302 (our own, as a .pyc file is)


def end() -> None:
    """Look for garbage from now on, but not in what is there already, which stays."""
    gc.enable()
    gc.freeze()


def compile_methods(modules: Iterable[str], folder: Path) -> None:
    """Import the modules, and write the methods of their dataclasses to a folder; in a fresh process.

    Raises:
        OSError: when they cannot be written.
    """
    compiled: dict[str, bytes] = {}

    def run(source: str, world: dict[str, Any], names: dict[str, Any]) -> None:
        # As `dataclasses` would: its own future statements count, and not this module's.
        code = compile(source, "<string>", "exec", dont_inherit=True)
        compiled[source] = marshal.dumps(code)
        builtins.exec(code, world, names)  # noqa: S102 (what Python wrote itself)

    _use(run)
    for module in modules:
        importlib.import_module(module)
    (folder / METHODS).write_bytes(marshal.dumps(compiled))


def _run(compiled: Mapping[str, bytes], source: str, world: dict[str, Any], names: dict[str, Any]) -> None:
    """Run what Python wrote for a dataclass, compiled before where it was."""
    builtins.exec(marshal.loads(compiled[source]) if source in compiled else source, world, names)  # noqa: S102, S302


def _use(run: Run) -> None:
    vars(dataclasses)["exec"] = run  # a name of the module's own goes before Python's


if __name__ == "__main__":
    compile_methods(sys.argv[2:], Path(sys.argv[1]))
