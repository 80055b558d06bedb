"""Lets the SDK's packages of models load a model when it is first used, and not all 400 at once.

Each of these packages does nothing but import every model in it, which was half of a cold start. Where a name is not in
the module that is called like it, the package is loaded whole, as if this were not here.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from threading import RLock
from types import ModuleType
from typing import Any

PACKAGE = "ask_sdk_model"

_WHOLE = RLock()
"""Held while a package is loaded whole."""

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class _Packages:
    """Finds the packages of models.

    It is a meta path finder without the base class: `importlib.abc` takes 6 ms to import.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return a package's spec with a loader that waits; None for all else."""
        if fullname.partition(".")[0] != PACKAGE:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader) and spec.submodule_search_locations is not None:
            spec.loader = _Waiting(spec.loader)  # type: ignore[assignment] # it has what Python asks of a loader
        return spec


class _Waiting:
    """Loads nothing of a package until a name of it is wanted."""

    def __init__(self, loader: SourceFileLoader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give the package what finds its models."""
        module.__dict__["__getattr__"] = _finder(module, self._loader)


def _finder(package: ModuleType, loader: SourceFileLoader) -> Callable[[str], Any]:
    def find(name: str) -> Any:  # noqa: ANN401 (models are classes of the SDK, which has no types)
        if name.startswith("__"):
            raise AttributeError(name)
        module = f"{package.__name__}.{_WORD.sub('_', name).lower()}"
        try:
            found = getattr(importlib.import_module(module), name, None)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            found = None
        if found is None:
            with _WHOLE:
                loader.exec_module(package)
                package.__dict__.pop("__getattr__", None)
            return getattr(package, name)
        package.__dict__[name] = found
        return found

    return find


def install() -> None:
    """Begin, once; packages that were imported before stay as they are."""
    if not any(isinstance(finder, _Packages) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Packages())
