"""A real SQLite file."""

import sqlite3
import threading
from pathlib import Path

import pytest
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState

from skill.memory.sqlite import SqliteMemory


def _from(user: str) -> RequestEnvelope:
    return RequestEnvelope(context=Context(system=SystemState(user=User(user_id=user))))


def test_each_listener_has_a_row_of_their_own(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "deep" / "memory.sqlite3")
    memory.save_attributes(_from("a"), {"been_here": True})
    assert memory.get_attributes(_from("a")) == {"been_here": True, "version": 1}
    assert memory.get_attributes(_from("b")) == {}


def test_what_was_kept_is_there_for_another_process_and_can_be_erased(tmp_path: Path) -> None:
    SqliteMemory(tmp_path / "m").save_attributes(_from("a"), {"x": 1})
    again = SqliteMemory(tmp_path / "m")
    again.save_attributes(_from("a"), {**again.get_attributes(_from("a")), "x": 2})
    assert SqliteMemory(tmp_path / "m").get_attributes(_from("a")) == {"x": 2, "version": 2}
    again.delete_attributes(_from("a"))
    assert again.get_attributes(_from("a")) == {}


def test_many_threads_can_write_at_once(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "m")
    memory.save_attributes(_from("first"), {})
    threads = [threading.Thread(target=memory.save_attributes, args=(_from(str(n)), {"n": n})) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [memory.get_attributes(_from(str(n))) for n in range(20)] == [{"n": n, "version": 1} for n in range(20)]


@pytest.mark.parametrize("fault", ["no folder", "corrupt", "locked"])
def test_a_file_that_cannot_be_used_is_the_sdks_own_error(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "m"
    match fault:
        case "no folder":
            path.write_text("")
            path = path / "memory"
        case "corrupt":
            path.write_bytes(b"this is no database" * 100)
        case "locked":
            SqliteMemory(path).save_attributes(_from("a"), {})
            lock = sqlite3.connect(path)
            lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(PersistenceException, match="memory"):
        SqliteMemory(path).save_attributes(_from("a"), {"x": 1})
    if fault == "locked":
        lock.close()
