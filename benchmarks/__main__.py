"""`python -m benchmarks [NAME ...]`: measures all, or some, and writes RESULTS.md when it was all."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from benchmarks.measuring import Figure, Row

RESULTS = Path(__file__).with_name("RESULTS.md")
PARTS = ("lambda_requests", "verifying", "growth", "serving", "speaking", "shell", "understanding")


def main(wanted: list[str]) -> int:
    """Measure; return 1 when a promise is not kept."""
    strange = sorted(set(wanted) - set(PARTS))
    if strange:
        print(f"There is no benchmark {strange[0]}. There are: {', '.join(PARTS)}.")  # noqa: T201
        return 2
    figures: list[Figure] = []
    rows: list[Row] = []
    for name in wanted or PARTS:
        module = importlib.import_module(f"benchmarks.{name}")
        if name == "understanding":
            rows, found = module.rows_and_figures()
        else:
            found = module.figures()
        for figure in found:
            figures.append(figure)
            print(  # noqa: T201 (somebody waits for it)
                f"{figure.what}: {figure.ours:.4g} {figure.unit}, {figure.ratio:.2f} x {figure.against}"
                f"{'' if figure.kept else f', promised {figure.most:g}'}",
                flush=True,
            )
    if not wanted:
        from benchmarks.report import page  # noqa: PLC0415

        RESULTS.write_text(page(figures, rows), encoding="utf-8")
        print(f"Written: {RESULTS.name}")  # noqa: T201
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
