"""Measures ours and a yardstick in turn, so that a machine that slows down slows both."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

ROUNDS = 11
"""Pairs; the median of their ratios is what counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim, and what was found."""

    what: str
    against: str
    """The yardstick."""
    unit: str
    ours: float
    theirs: float
    ratios: tuple[float, ...]
    """Ours by the yardstick's, pair by pair."""
    most: float = 0.0
    """The ratio that was promised; 0 where none was."""

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return not self.most or self.ratio <= self.most


@dataclass(frozen=True, slots=True)
class Row:
    """How well one way understands the counted half."""

    name: str
    shares: dict[str, tuple[int, int]]


def compared(  # noqa: PLR0917 (each is a column of the table)
    what: str, against: str, unit: str, ours: Sequence[float], theirs: Sequence[float], most: float = 0.0
) -> Figure:
    """Return the figure of two series that were measured in turn."""
    ratios = tuple(mine / other for mine, other in zip(ours, theirs, strict=True))
    return Figure(what, against, unit, statistics.median(ours), statistics.median(theirs), ratios, most)


def in_turn(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Measure each once to warm up, and then in turn."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return [mine for mine, _ in pairs], [other for _, other in pairs]


def microseconds(call: Callable[[], object], times: int) -> Callable[[], float]:
    """Return what measures the processor's microseconds of one call, on the average of so many."""

    def measure() -> float:
        gc.collect()
        start = time.process_time()
        for _ in range(times):
            call()
        return (time.process_time() - start) / times * 1e6

    return measure


@dataclass(frozen=True, slots=True)
class Run:
    """What a whole process took, by the kernel's account."""

    cpu: float
    """Milliseconds, of it and of what it waited for."""
    peak: float
    """MiB."""


_WATCH = """
import os, sys
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, used = os.wait4(process, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small program that begins another: the kernel counts the beginner's own memory among a process's peak."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a program to its end.

    Raises:
        RuntimeError: when it fails; the message has what it said.
    """
    watched = subprocess.run(  # noqa: S603 (our own programs)
        [sys.executable, "-I", "-S", "-c", _WATCH, *command],
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
        check=True,
    )
    code, seconds, kilobytes = watched.stdout.split()
    if code != "0":
        raise RuntimeError(f"{command[0]} ended with {code}: {watched.stderr[-800:]}")
    return Run(float(seconds) * 1000, int(kilobytes) / 1024)


def processes(  # noqa: PLR0917 (each is a column of the table)
    what: str,
    against: str,
    ours: Sequence[str],
    theirs: Sequence[str],
    environment: Mapping[str, str] | None = None,
    most: float = 0.0,
) -> Iterator[Figure]:
    """Run two programs in turn; yield what they take of the processor and of memory."""
    pairs = [(run(ours, environment), run(theirs, environment)) for _ in range(ROUNDS + 1)][1:]
    cpu = [a.cpu for a, _ in pairs], [b.cpu for _, b in pairs]
    peak = [a.peak for a, _ in pairs], [b.peak for _, b in pairs]
    yield compared(f"{what}: processor", against, "ms", *cpu, most=most)
    yield compared(f"{what}: memory", against, "MiB", *peak, most=most)
