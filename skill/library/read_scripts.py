"""Reads relaxation sessions: one script a file, and the frame that all of them share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from skill.library.fields import Fields
from skill.library.scripts import POSTURES, After, Breathing, Frame, Line, Script, Step

NO_FRAME = Frame("", (), (), (), {}, (), (), (), "", "", ())

SOURCE = "relaxation"
LONGEST_SESSION = 15
"""Minutes."""

MOST_COUNTS = 8
"""A breath is counted no further."""


def read_frame(file: Fields) -> Frame:
    """Take the table of `session-frame.toml`."""
    settle = file.table("settle")
    frame = Frame(
        first=file.text("first"),
        lengths=_of_every_length(file, "lengths", LONGEST_SESSION),
        left=_of_every_length(file, "left", LONGEST_SESSION + 1),
        opening=_lines(file, "opening"),
        settle={posture: _lines(settle, posture) for posture in POSTURES},
        closing=_lines(file, "closing"),
        linger=_lines(file, "linger"),
        easy_breath=_lines(file, "easy_breath"),
        half_way=file.text("half_way"),
        last_minute=file.text("last_minute"),
        counts=_of_every_length(file, "counts", MOST_COUNTS),
    )
    settle.finish()
    return frame


def _of_every_length(file: Fields, key: str, count: int) -> tuple[str, ...]:
    texts = file.texts(key)
    if len(texts) != count:
        file.fault(key, f"holds {len(texts)} sentences", f"write {count}: one for each length")
    return texts


def read_script(name: str, file: Fields) -> dict[str, Script]:
    """Take the table of one file in `relaxation/`."""
    minutes = file.table("minutes")
    shortest, usual, longest = (minutes.number(key, 5) for key in ("shortest", "usual", "longest"))
    if not shortest <= usual <= longest <= LONGEST_SESSION:
        minutes.fault("longest", "does not fit", f"write shortest <= usual <= longest <= {LONGEST_SESSION}")
    minutes.finish()
    postures = file.texts("postures")
    if not postures or not set(postures) <= set(POSTURES):
        file.fault("postures", f"are {list(postures)}", f"use {' and '.join(POSTURES)}")
    if file.text("source") != SOURCE:
        file.fault("source", "is another", f'sessions have "{SOURCE}"')
    script = Script(
        name=name,
        title=file.text("title"),
        names=file.texts("names"),
        asks=file.texts("asks"),
        shortest=shortest,
        usual=usual,
        longest=longest,
        postures=postures or POSTURES,
        steps=tuple(_step(step) for step in file.tables("steps")),
        settle=_lines(file, "settle") if "settle" in file else (),
        caution=file.texts("caution", required=False),
        sleep=file.flag("sleep"),
        go_on=file.text("go_on"),
        basis=file.text("basis"),
        reviewed=file.day("reviewed"),
    )
    return {name: script}


def _step(fields: Fields) -> Step:
    name = fields.text("name")
    lines = _lines(fields, "lines") if "lines" in fields else ()
    breathing = _breathing(fields.table("breathing")) if "breathing" in fields else None
    step = Step(name, lines, breathing, fields.number("least", 1), fields.flag("moves"))
    if not lines and breathing is None:
        fields.fault("lines", "are missing", 'write lines = ["..."], or breathing = { ... }')
    fields.finish()
    return step


def _lines(fields: Fields, key: str) -> tuple[Line, ...]:
    """Take a list of sentences, each plain or a table that names its silence."""
    lines = []
    for number, item in enumerate(fields.items(key), start=1):
        line = _line(item)
        if line is None:
            kinds = ", ".join(After)
            fields.fault(f"{key} {number}", "is not a line", f'write "...", or {{ notice = "..." }}; kinds: {kinds}')
        else:
            lines.append(line)
    return tuple(lines)


def _line(item: Any) -> Line | None:  # noqa: ANN401 (TOML values have any type)
    """Return the line that this value writes, or None where it writes none."""
    if isinstance(item, str):
        return Line(item.strip()) if item.strip() else None
    if not isinstance(item, dict):
        return None
    kinds = [kind for kind in After if isinstance(item.get(kind), str) and item[kind].strip()]
    least, posture = item.get("least", 1), item.get("posture", "")
    keys_known = len(item) == 1 + ("least" in item) + ("posture" in item)
    if len(kinds) != 1 or not keys_known or type(least) is not int or least < 1 or posture not in {"", *POSTURES}:
        return None
    return Line(item[kinds[0]].strip(), kinds[0], least, posture)


def _breathing(fields: Fields) -> Breathing:
    parts = tuple(float(part) for part in fields.items("parts") if isinstance(part, int | float) and part > 0)
    says = tuple(tuple(map(str, row)) for row in fields.items("says") if isinstance(row, list))
    if not parts or not says or any(len(row) != len(parts) or not all(map(str.strip, row)) for row in says):
        fields.fault("says", "does not fit parts", 'write one text for each part of a breath: [["In.", "Out."]]')
    breathing = Breathing(
        parts=parts,
        says=says,
        counted=fields.number("counted", 0),
        fewest=fields.number("fewest", 1),
        most=fields.number("most", 0),
    )
    if breathing.counted and not (_whole(parts) and max(parts, default=0) <= MOST_COUNTS):
        mend = f"write parts as whole numbers up to {MOST_COUNTS}, or take counted out"
        fields.fault("counted", "needs whole seconds", mend)
    fields.finish()
    return breathing


def _whole(parts: Sequence[float]) -> bool:
    return all(math.isclose(part, round(part)) for part in parts)
