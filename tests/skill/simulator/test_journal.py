"""What an open session leaves behind: found by the next program, never taken from a living one."""

import time
from pathlib import Path

from skill.simulator.clock import Clock
from skill.simulator.envelope import Session
from skill.simulator.journal import DEAD_AFTER, Journal

ATTRIBUTES = {"practice": {"script": "beach", "minutes": 5, "posture": "sitting"}}


def _session() -> Session:
    return Session(new=False, attributes=ATTRIBUTES)


def _die(journal: Journal) -> None:
    """Stop the signs of life as a kill does: the file stays."""
    journal._over.set()
    assert journal._beats
    journal._beats.join()
    journal._beats = None


def test_a_session_that_nobody_ended_is_found_with_when_it_last_lived(tmp_path: Path) -> None:
    clock = Clock()
    clock.put_forward(500)  # a script's own time
    journal = Journal(tmp_path, clock)
    session = _session()
    journal.note(session)
    _die(journal)
    died = clock.now()
    time.sleep(DEAD_AFTER)
    (left,) = Journal(tmp_path, Clock()).left_behind()
    assert (left.session.id, left.session.attributes) == (session.id, ATTRIBUTES)
    assert abs(left.alive - died) < 1
    assert list(tmp_path.iterdir()) == []


def test_the_session_of_a_living_program_is_left_alone_even_while_somebody_types(tmp_path: Path) -> None:
    clock = Clock()
    journal = Journal(tmp_path, clock)
    journal.note(_session())
    journal._path.rename(tmp_path / "session-1.json")  # as if it were another program's
    journal._path = tmp_path / "session-1.json"
    with clock.held():
        time.sleep(DEAD_AFTER + 0.3)
        assert list(Journal(tmp_path, Clock()).left_behind()) == []
    journal.close()


def test_a_program_with_the_number_of_the_dead_one_finds_its_session(tmp_path: Path) -> None:
    journal = Journal(tmp_path, Clock())
    journal.note(_session())
    _die(journal)
    time.sleep(DEAD_AFTER)
    assert len(list(Journal(tmp_path, Clock()).left_behind())) == 1


def test_a_session_that_ended_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, Clock())
    journal.note(_session())
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_session_is_taken_away_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "session-7.json").write_text("{ half")
    time.sleep(DEAD_AFTER)
    assert list(Journal(tmp_path, Clock()).left_behind()) == []
    assert list(tmp_path.iterdir()) == []


def test_the_clock_stands_still_while_somebody_types() -> None:
    clock = Clock()
    with clock.held():
        before = clock.now()
        time.sleep(0.2)
        assert clock.now() == before
    assert abs(clock.now() - before) < 0.1
