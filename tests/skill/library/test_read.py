"""A small content folder of made-up words, broken in one place at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.library.faults import ContentError
from skill.library.read import CONTENT, load


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "en"))


def _edit(old: str, new: str) -> Callable[[Path], None]:
    def edit(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def test_the_real_content_loads(content: Path) -> None:
    library = load(content)
    assert library.entries["ice"].names[0] == "ice"
    assert len(library.facts) == 46


BROKEN = {
    "a missing key": ("answers/ice.toml", _edit('title = "Ice packs"\n', ""), "title", "is missing"),
    "a misspelt key": ("answers/ice.toml", _edit("simple =", "simpel ="), "simpel", "is not a known key"),
    "a number for a text": ("answers/ice.toml", _edit('title = "Ice packs"', "title = 5"), "title", "is not text"),
    "an empty text": ("answers/ice.toml", _edit('title = "Ice packs"', 'title = " "'), "title", "is not text"),
    "a text for a list": ("answers/ice.toml", _edit('facts = ["F23"]', 'facts = "F23"'), "facts", "list of texts"),
    "a quoted date": ("answers/ice.toml", _edit("2026-11-22", '"2026-11-22"'), "reviewed", "is not a date"),
    "an unknown fact": ("answers/ice.toml", _edit("F23", "F99"), "facts", "F99"),
    "an offer that leads nowhere": ("answers/ice.toml", _edit('entry = "heat"', 'entry = "haet"'), "next", "haet"),
    "the wrong source": ("answers/ice.toml", _edit('"article"', '"scope"'), "source", "scope"),
    "an open quote": ("answers/ice.toml", _edit('"Ice packs"', '"Ice packs'), "file", "is not TOML"),
    "no table": ("phrases.toml", _edit("[urgent]\n", "odd = 1\n[urgent]\n"), "odd", "is not a table"),
    "bytes that are no text": ("glossary.toml", lambda p: p.write_bytes(b"\xff\xfe"), "byte 0", "UTF-8"),
    "a missing file": ("commands.toml", Path.unlink, "file", "cannot be read"),
    "an impossible length": (
        "relaxation/calm-breathing.toml",
        _edit("usual = 5", "usual = 99"),
        "longest",
        "does not fit",
    ),
    "an unknown posture": ("relaxation/calm-breathing.toml", _edit('"lying"]', '"flying"]'), "postures", "flying"),
    "a session of another source": (
        "relaxation/calm-breathing.toml",
        _edit('"relaxation"', '"article"'),
        "source",
        "is another",
    ),
    "a line that is none": (
        "relaxation/calm-breathing.toml",
        _edit('{ notice = "Let your belly be soft.", least = 3 }', "7"),
        "lines 2",
        "not a line",
    ),
    "a line of two silences": (
        "relaxation/calm-breathing.toml",
        _edit('{ notice = "Let your belly be soft.", least = 3 }', '{ notice = "Soft.", say = "Soft." }'),
        "lines 2",
        "not a line",
    ),
    "an empty line": (
        "relaxation/calm-breathing.toml",
        _edit('"Let\'s count a few breaths."', '" "'),
        "lines 1",
        "not a line",
    ),
    "a step of nothing": (
        "relaxation/calm-breathing.toml",
        _edit('lines = ["Let\'s count a few breaths."]\nbreathing', "lines = []\nbreathing_"),
        "lines",
        "are missing",
    ),
    "a breath without words": (
        "relaxation/calm-breathing.toml",
        _edit('says = [["In.", "Out."]]', 'says = [["In."]]'),
        "says",
        "does not fit",
    ),
    "a count of half seconds": (
        "relaxation/calm-breathing.toml",
        _edit("[4, 6], counted", "[4.5, 6], counted"),
        "counted",
        "needs whole seconds",
    ),
    "a length too few": (
        "session-frame.toml",
        _edit('"This takes about fifteen minutes.",', ""),
        "lengths",
        "holds 14 sentences",
    ),
    "an entry of two folders": ("not-covered/ice.toml", lambda p: p.write_text(""), "file", "name of another entry"),
    "a session with no name": ("relaxation/Bad.toml", lambda p: p.write_text(""), "file", "cannot be an intent"),
    "a first session that is none": (
        "session-frame.toml",
        _edit('first = "calm-breathing"', 'first = "nothing"'),
        "first",
        "is no session",
    ),
    "no flag": (
        "relaxation/sleep-wind-down.toml",
        _edit("sleep = true", "sleep = 1"),
        "sleep",
        "neither true nor false",
    ),
    "no list of tables": ("glossary.toml", lambda p: p.write_text("term = 1"), "term", "is not a list of tables"),
    "a term of no entry": (
        "glossary.toml",
        _edit('entry = "what-is-ra"', 'entry = "nothing"'),
        "rheumatoid",
        "nothing",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_fault_names_the_file_the_place_and_the_mend(broken: str, content: Path) -> None:
    name, edit, place, wrong = BROKEN[broken]
    edit(content / name)
    with pytest.raises(ContentError) as error:
        load(content)
    assert any(f.file == name and place in f.place and wrong in f.wrong and f.mend for f in error.value.faults)


def test_all_faults_of_all_files_are_told_at_once(content: Path) -> None:
    for broken in ("a missing key", "bytes that are no text", "no table"):
        name, edit, _, _ = BROKEN[broken]
        edit(content / name)
    (content / "answers" / "Bad Name.toml").write_text("")
    with pytest.raises(ContentError) as error:
        load(content)
    told = {fault.file for fault in error.value.faults}
    assert {"answers/ice.toml", "glossary.toml", "phrases.toml", "answers/Bad Name.toml"} <= told


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "xx-XX", "../../etc", "", "en"])
def test_any_locale_has_words(locale: str) -> None:
    assert load(locale=locale).phrases["urgent"].says


def test_a_locale_says_its_own_emergency_number_and_an_unknown_one_the_general_words() -> None:
    assert "nine one one" in load(locale="en-US").phrases["urgent"].says
    assert "local emergency number" in load(locale="xx-XX").phrases["urgent"].says


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is not there"):
        load(tmp_path / "nowhere")


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_in_a_file_are_words_or_faults_but_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, rubbish: bytes
) -> None:
    folder = tmp_path_factory.mktemp("content") / "en"
    shutil.copytree(CONTENT, folder)
    (folder / "answers" / "ice.toml").write_bytes(rubbish)
    with pytest.raises(ContentError):
        load(folder)
    shutil.rmtree(folder)
