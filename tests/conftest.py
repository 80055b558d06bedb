"""Real parts, made once: the library, the resolver and a pretend Echo with a memory of its own."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from interaction_model.names import ABOUT, TOPIC
from interaction_model.resolver import Resolver
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library import Library
from skill.library.read import load, locales
from skill.memory.sqlite import SqliteMemory
from skill.safety.screening import Screen
from skill.simulator import room
from skill.simulator.echo import PretendEcho
from skill.simulator.envelope import SKILL_ID, Device
from skill.simulator.understanding import Understanding
from speech.local_voice import LocalVoice

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from what this computer's listener has, and in one cache for all that run side by side."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    cache.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENTLE_BACK_DATA", str(tmp_path_factory.mktemp("data")))
        patch.setenv("GENTLE_BACK_CACHE", str(cache))
        yield


LEARNING = """
from filelock import FileLock
from skill.simulator import room
with FileLock(room.cache_folder() / "learning.lock"):
    room.resolver("en-US")
"""


@pytest.fixture(scope="session", autouse=True)
def _learning(_own_folders: None) -> Iterator[None]:
    """Learn the model in a process of its own, a minute or two, while tests run that need none."""
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        yield
        return
    with subprocess.Popen([sys.executable, "-c", LEARNING]) as learning:
        yield
        learning.kill()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs the learnt model last."""
    items.sort(key=lambda item: "resolver" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def resolver(_own_folders: None) -> Resolver:
    with FileLock(room.cache_folder() / "learning.lock"):  # it may still be learnt
        return room.resolver("en-US")


@pytest.fixture(scope="session")
def voice(library: Library) -> LocalVoice:
    return LocalVoice(library.pronunciations)


@pytest.fixture(scope="session")
def words() -> WordsByLocale:
    return WordsByLocale(lambda locale: load(locale=locale), locales())


@pytest.fixture(scope="session")
def understanding(resolver: Resolver, library: Library) -> Understanding:
    return Understanding(resolver, library, Screen(library))


@pytest.fixture(scope="session")
def in_doubt(understanding: Understanding, library: Library) -> tuple[str, str, str]:
    """Return an utterance that may mean either of two entries, and these; which ones do so changes with the samples."""
    names = [entry.names[0] for entry in library.entries.values() if entry.covered and entry.names]
    for first, second in itertools.permutations(names, 2):
        found = understanding.resolve(f"{first} {second}")
        if found.intent == ABOUT and (topic := found.slots[TOPIC]).also:
            return f"{first} {second}", topic.id, topic.also[0]
    raise AssertionError("no two names are in doubt")


@pytest.fixture
def endpoint(words: WordsByLocale, tmp_path: Path) -> Endpoint:
    return Endpoint(words, SqliteMemory(tmp_path / "memory.sqlite3"), SKILL_ID)


@pytest.fixture
def echo(endpoint: Endpoint, understanding: Understanding, library: Library) -> PretendEcho:
    return PretendEcho(endpoint, understanding, library.pronunciations, Device("en-US"))


@pytest.fixture
def gentle_back(program: Run, resolver: Resolver) -> Run:
    """Run the real command line as a process; the resolver's cache is warm."""
    return program


@pytest.fixture
def program(tmp_path: Path) -> Run:
    """Run the real command line as a process, for commands that understand nobody."""

    def run(*arguments: str, said: bytes = b"", env: dict[str, str] | None = None, **options: object) -> object:
        environment = {**os.environ, "GENTLE_BACK_DATA": str(tmp_path / "data"), **(env or {})}
        command: Sequence[str] = [sys.executable, "-m", "skill", *arguments]
        return subprocess.run(command, input=said, capture_output=True, env=environment, check=False, **options)

    return run
