"""The table of what is promised to people who cannot see, hear, speak, press or remember well."""

import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "accessibility.md"
REQUIREMENTS = 47


def _rows() -> list[list[str]]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| R\d+ ", line)]


def test_all_47_requirements_are_told_with_tests_that_there_are() -> None:
    there_are = set()
    for path in Path(__file__).parent.rglob("test_*.py"):
        there_are |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    rows = _rows()
    assert [row[0] for row in rows] == [f"R{number}" for number in range(1, REQUIREMENTS + 1)]
    for number, _, where, shown_by, state in rows:
        named = set(re.findall(r"`(test_\w+)`", shown_by))
        assert named <= there_are, (number, named - there_are)
        assert named or state.startswith("not yet"), number
        assert set(where.split()) <= {"A", "W", "T", "docs", "process"}, number
        assert state.startswith(("holds", "not yet: ")), number


def test_only_what_needs_people_is_open_and_it_is_said_where_somebody_looks() -> None:
    assert [row[0] for row in _rows() if not row[4].startswith("holds")] == ["R47"]
    text = DOCUMENT.read_text(encoding="utf-8")
    assert "not yet been tried with people who have rheumatoid arthritis" in text
    for heading in ("What works without what", "What does not work", "Tell us"):
        assert f"## {heading}\n" in text
    readme = (DOCUMENT.parents[1] / "README.md").read_text(encoding="utf-8")
    assert "docs/accessibility.md" in readme
