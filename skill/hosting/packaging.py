"""Builds Lambda's deployment package: the modules that its handler reaches, what they depend on, compiled."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from modulefinder import ModuleFinder
from pathlib import Path
from py_compile import PycInvalidationMode

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from skill.hosting import quick_start
from skill.library import GENERAL
from skill.library.pressed import press
from skill.library.read import load, locales
from skill.settings import REGION

ENTRANCE = "skill.hosting.aws_lambda"
HANDLER = f"{ENTRANCE}.handler"

IN_THE_RUNTIME = frozenset({"boto3", "botocore", "jmespath", "s3transfer"})
"""AWS's own library: every Python runtime of Lambda has it, and it alone is larger than all the rest."""

FORGOTTEN = ("*.so", "*.pyd")
"""Compiled parts, made for this machine and not for Lambda's; each has a twin in Python, or the build is refused."""

ROOT = Path(__file__).resolve().parents[2]

OURS = frozenset({"interaction_model", "skill", "speech"})

MARK = ".gentle-back-package"
"""Lies in a folder that this module made, and may make anew."""

YEAR_ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)
"""The same files make the same archive on any day."""


class PackageError(Exception):
    """The package cannot be built here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Package:
    """What was built."""

    archive: Path
    megabytes: float
    """Unpacked."""
    runtime: str
    """The runtime of Lambda that its compiled files are for."""
    handler: str = HANDLER


def build_package(folder: Path) -> Package:
    """Make the folder anew, and an archive of it beside it.

    Raises:
        ContentError: when the content has faults.
        OSError: when it cannot be written.
        PackageError: when a library is missing, or when the folder holds something else.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise PackageError(f"{folder} holds something else. Name an empty folder, or one that this command made.")
    ours, foreign = _imports()
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    for path in (*ours, *_data({path.parent for path in ours})):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    pressed = folder / "skill" / "content" / "pressed"
    pressed.mkdir(parents=True)
    for locale in (*locales(), GENERAL):
        press(load(locale=locale), pressed)
    for distribution in _closure(foreign):
        _copy(distribution, folder)
    _compile_methods(ours, folder, pressed)
    compileall.compile_dir(folder, quiet=1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH, stripdir=str(folder))
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    archive = folder.with_name(f"{folder.name}.zip")
    _zip(files, folder, archive)
    size = sum(path.stat().st_size for path in files)
    return Package(archive, size / 1e6, f"python{sys.version_info.major}.{sys.version_info.minor}")


def _compile_methods(ours: list[Path], folder: Path, pressed: Path) -> None:
    """Have a fresh Python import the package's modules, all but the entrance, which needs a host's settings."""
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in ours]
    # It must write no `.pyc` files (-B): these would hold the time, and no two archives be the same.
    command = [sys.executable, "-B", "-P", "-m", quick_start.__name__]
    program = [*command, str(pressed), *(name for name in names if name != ENTRANCE)]
    # The DynamoDB adapter asks for a region when it is imported, and does nothing with it then.
    environment = {**os.environ, "PYTHONPATH": str(folder), REGION: os.environ.get(REGION, "us-east-1")}
    subprocess.run(program, cwd=folder, env=environment, check=True)  # noqa: S603 (this Python)


def _imports() -> tuple[list[Path], set[str]]:
    """Return our modules that the entrance reaches, at any depth, and the names of the packages that these import."""
    finder = ModuleFinder([str(ROOT)])
    finder.import_hook(ENTRANCE)
    found = {name: getattr(module, "__file__", None) for name, module in finder.modules.items()}
    # Installed otherwise than as a checkout, our packages lie beside everybody's.
    ours = sorted(Path(path).resolve() for name, path in found.items() if path and name.partition(".")[0] in OURS)
    others = {name.partition(".")[0] for name in (*found, *finder.badmodules)} - OURS
    return ours, others - sys.stdlib_module_names - {"__main__"}


def _data(folders: set[Path]) -> Iterator[Path]:
    """Yield what our modules read beside them: the screen."""
    for folder in folders:
        yield from folder.glob("*.json")


def _closure(names: set[str]) -> Iterator[metadata.Distribution]:
    """Yield what is installed here of these packages, and of all that they require."""
    by_import = metadata.packages_distributions()
    waiting = [canonicalize_name(found) for name in sorted(names) for found in by_import.get(name, ())]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name in IN_THE_RUNTIME:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            raise PackageError(f"{name} is not installed here: pip install 'gentle-back[dynamodb]'.") from None
        yield distribution
        for line in distribution.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(requirement.name))
    if "ask-sdk-dynamodb-persistence-adapter" not in seen:
        raise PackageError("The DynamoDB adapter is not installed here: pip install 'gentle-back[dynamodb]'.")


def _copy(distribution: metadata.Distribution, folder: Path) -> None:
    """Copy a distribution's Python files and data; no programs, no compiled parts."""
    files = [file for file in distribution.files or () if ".." not in file.parts and "__pycache__" not in file.parts]
    names = {str(file) for file in files}
    for file in files:
        if any(file.match(pattern) for pattern in FORGOTTEN):
            twin = str(file.with_name(file.name.partition(".")[0] + ".py"))
            if twin not in names and not file.name.endswith("__mypyc" + "".join(file.suffixes)):
                raise PackageError(f"{distribution.name} needs {file}, which is made for this machine only.")
            continue
        target = folder / str(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(file.locate()), target)


def _zip(files: list[Path], folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), YEAR_ZIP_BEGINS)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            zipped.writestr(entry, path.read_bytes())
