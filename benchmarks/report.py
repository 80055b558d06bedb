"""The figures as a page to read."""

from __future__ import annotations

import os
import platform
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata

from benchmarks.measuring import Figure, Row

LIBRARIES = (
    "ask-sdk-core",
    "ask-sdk-model",
    "cryptography",
    "flask",
    "numpy",
    "pyttsx3",
    "rapidfuzz",
    "scikit-learn",
    "waitress",
)

INTRODUCTION = """# What was measured

Written by `make benchmark`, which takes some minutes and should have the machine to itself. Ours and the yardstick are
measured in turn, in one run; the ratio is the median of the pairs', with the least and the largest behind it. Absolute
times are this machine's. How a row is measured stands in the modules of this folder; what is behind the figures, and
why a promise is not kept, in `docs/performance.md`.
"""


def page(figures: Sequence[Figure], rows: Sequence[Row]) -> str:
    """Return the page as Markdown."""
    lines = [
        INTRODUCTION,
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors,",
        f"Python {platform.python_version()}, {ssl.OPENSSL_VERSION},",
        ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES) + ".\n",
        "| what | ours | yardstick | | ratio | promised | |",
        "|---|---|---|---|---|---|---|",
        *map(_line, figures),
    ]
    if rows:
        names = list(rows[0].shares)
        lines += [
            "\n## Understanding\n\nThe counted half of the unseen wordings. The yardsticks decline what is less like a",
            "sample than 95 in 100 of the tuned half's questions.\n",
            f"| | {' | '.join(names)} |",
            "|---" * (len(names) + 1) + "|",
            *(f"| {row.name} | {' | '.join(_share(*row.shares[name]) for name in names)} |" for row in rows),
        ]
    return "\n".join(lines) + "\n"


def _line(figure: Figure) -> str:
    promised = f"{figure.most:g}" if figure.most else ""
    verdict = ("kept" if figure.kept else "**not kept**") if figure.most else ""
    spread = f"{figure.ratio:.2f} ({min(figure.ratios):.2f} to {max(figure.ratios):.2f})"
    return (
        f"| {figure.what} | {figure.ours:.4g} {figure.unit} | {figure.theirs:.4g} {figure.unit} | {figure.against} "
        f"| {spread} | {promised} | {verdict} |"
    )


def _share(right: int, of: int) -> str:
    return f"{right / of:.1%}"
