"""`python tests/fuzz/fuzz.py TARGET --cases N`: feeds a part of the program with what nobody would send.

Guided by coverage where atheris is installed, else by chance. Whatever a target lets through as an exception that is
not told to people, an answer that is not legal, or memory that grows, ends it with status 1 or more.
"""

from __future__ import annotations

import argparse
import importlib
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]

TARGETS = ("request", "ssml", "content", "screening", "resolver", "command_line", "wordings", "sound")

MOST_GROWTH = 64.0
"""MiB that a process may grow after its first tenth: caches are bounded."""

LONGEST = 2048
"""Bytes of a case."""


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _watched(target: Callable[[bytes], None], cases: int) -> Callable[[bytes], None]:
    """Return the target, with an eye on memory; `peak` is the highest so far, so it can only grow."""
    count, after_warming = 0, 0.0

    def run(case: bytes) -> None:
        nonlocal count, after_warming
        try:
            target(case)
        except BaseException:
            print(f"The case: {case!r}", flush=True)  # noqa: T201
            raise
        count += 1
        if count == max(1, cases // 10):
            after_warming = _peak()
        if count == cases and _peak() > after_warming + MOST_GROWTH:
            raise MemoryError(f"memory grew from {after_warming:.0f} to {_peak():.0f} MiB")

    return run


def by_chance(target: Callable[[bytes], None], seeds: Sequence[bytes], cases: int, seed: int) -> None:
    """Feed so many cases: seeds with bytes changed, put in, left out and spliced, and plain noise."""
    chance = random.Random(seed)
    for _ in range(cases):
        case = bytearray(
            chance.choice(seeds) if seeds and chance.random() < 0.8 else chance.randbytes(chance.randrange(200))
        )
        for _ in range(chance.randrange(8)):
            at = chance.randrange(len(case) + 1)
            match chance.randrange(4):
                case 0:
                    case[at : at + 1] = chance.randbytes(1)
                case 1:
                    case[at:at] = chance.randbytes(chance.randrange(6))
                case 2:
                    del case[at : at + chance.randrange(12)]
                case 3 if seeds:
                    other = chance.choice(seeds)
                    case[at:at] = other[chance.randrange(len(other) + 1) :][:40]
        target(bytes(case[:LONGEST]))


def main(arguments: Sequence[str]) -> int:
    """Feed one target, and say how much it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="where chance begins; another number, other cases")
    parser.add_argument("--by-chance", action="store_true", help="without atheris")
    wanted = parser.parse_args(arguments)
    atheris = None
    if not wanted.by_chance:
        try:
            atheris = importlib.import_module("atheris")
        except ImportError:
            print("atheris is not installed: fed by chance alone.")  # noqa: T201
    if atheris:
        with atheris.instrument_imports(include=["skill", "speech", "interaction_model"]):
            targets = importlib.import_module("targets")
    else:
        targets = importlib.import_module("targets")
    target, seeds = getattr(targets, wanted.target)()
    print(f"{wanted.target}: {wanted.cases} cases", flush=True)  # noqa: T201
    watched = _watched(target, wanted.cases)
    if not atheris:
        by_chance(watched, seeds, wanted.cases, wanted.seed)
        return 0
    for seed in seeds:
        target(seed)
    mutator = random.Random(wanted.seed)

    def mixed(case: bytes) -> None:
        """Let coverage guide what is done to a seed: its first byte chooses one, the rest is put into it."""
        if seeds and len(case) > 2 and case[0] % 2:
            whole = seeds[case[0] // 2 % len(seeds)]
            at = int.from_bytes(case[1:3], "little") % (len(whole) + 1)
            case = whole[:at] + case[3:] + whole[at + mutator.randrange(4) :]
        watched(case[:LONGEST])

    atheris.Setup(
        [
            sys.argv[0],
            f"-runs={wanted.cases}",
            f"-seed={wanted.seed}",
            f"-max_len={LONGEST}",
            "-verbosity=0",
            f"-artifact_prefix={tempfile.gettempdir()}/",
        ],
        mixed,
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
