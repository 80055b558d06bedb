"""A real SQLite file."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState

from skill.memory.lost import MemoryLostError
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


@pytest.mark.parametrize("fault", ["no folder", "locked"])
def test_a_file_that_cannot_be_used_is_the_sdks_own_error(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "m"
    match fault:
        case "no folder":
            path.write_text("")
            path = path / "memory"
        case "locked":
            SqliteMemory(path).save_attributes(_from("a"), {})
            lock = sqlite3.connect(path)
            lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(PersistenceException, match="memory"):
        SqliteMemory(path).save_attributes(_from("a"), {"x": 1})
    if fault == "locked":
        lock.close()


def _overwrite(path: Path, start: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"no database any more " * 200)


def _read_all(memory: SqliteMemory) -> None:
    for number in range(200):
        memory.get_attributes(_from(f"{number}"))


@pytest.mark.parametrize("damage", ["another file", "its first page", "its inside"])
def test_a_damaged_file_is_set_aside_whole_and_a_new_one_begun(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "m"
    if damage == "another file":
        path.write_bytes(b"this is no database" * 100)
    else:
        before = SqliteMemory(path)
        for number in range(200):
            before.save_attributes(_from(f"{number}"), {"been_here": True, "padding": "x" * 100})
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _overwrite(path, 0 if damage == "its first page" else 4096)
    damaged = path.read_bytes()
    memory = SqliteMemory(path)
    with pytest.raises(MemoryLostError, match="set aside"):
        _read_all(memory)
    assert damaged in [kept.read_bytes() for kept in tmp_path.glob("m.damaged-*")]
    memory.save_attributes(_from("a"), {"been_here": True})
    assert SqliteMemory(path).get_attributes(_from("a")) == {"been_here": True, "version": 1}


def test_a_row_that_is_no_json_is_erased_and_the_others_stay(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "m")
    memory.save_attributes(_from("a"), {"x": 1})
    memory.save_attributes(_from("b"), {"x": 2})
    with sqlite3.connect(tmp_path / "m") as connection:
        connection.execute("UPDATE listener SET attributes = 'nonsense' WHERE id = 'a'")
    connection.close()
    with pytest.raises(MemoryLostError):
        memory.get_attributes(_from("a"))
    assert memory.get_attributes(_from("a")) == {}
    assert memory.get_attributes(_from("b"))["x"] == 2
    with sqlite3.connect(tmp_path / "m") as connection:
        assert connection.execute("SELECT count(*) FROM listener").fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("state", ["locked", "whole", "gone"])
def test_a_file_that_is_not_damaged_is_never_set_aside(state: str, tmp_path: Path) -> None:
    path = tmp_path / "m"
    memory = SqliteMemory(path)
    memory.save_attributes(_from("a"), {"x": 1})
    lock = sqlite3.connect(path)
    if state == "locked":
        lock.execute("PRAGMA journal_mode = DELETE")
        lock.execute("BEGIN EXCLUSIVE")
    if state == "gone":
        path.unlink()
    assert not memory._set_aside()
    lock.close()
    assert not list(tmp_path.glob("m.damaged-*"))


WRITER = """
import itertools, sys
from pathlib import Path
from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState
from skill.memory.sqlite import SqliteMemory
memory = SqliteMemory(Path(sys.argv[1]))
envelope = RequestEnvelope(context=Context(system=SystemState(user=User(user_id="a"))))
for number in itertools.count():
    known = memory.get_attributes(envelope)
    memory.save_attributes(envelope, {**known, "first": number, "second": number})
    print(number, flush=True)
"""


def test_whoever_is_killed_while_writing_leaves_what_was_written_before_or_after(tmp_path: Path) -> None:
    path = tmp_path / "m"
    for wait in (0.0, 0.003, 0.01, 0.02, 0.05):
        with subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True) as writer:
            writer.stdout.readline()
            time.sleep(wait)
            writer.kill()
            written = [line for line in writer.stdout.read().split("\n") if line]
        found = SqliteMemory(path).get_attributes(_from("a"))
        assert found["first"] == found["second"]
        assert not written or found["first"] >= int(written[-1])


FULL = """
import resource, sys
from pathlib import Path
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState
from skill.memory.sqlite import SqliteMemory
memory = SqliteMemory(Path(sys.argv[1]))
envelope = RequestEnvelope(context=Context(system=SystemState(user=User(user_id="a"))))
memory.save_attributes(envelope, {"x": 1})
size = sum(file.stat().st_size for file in Path(sys.argv[1]).parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))
try:
    memory.save_attributes(envelope, {**memory.get_attributes(envelope), "x": "y" * 100_000})
except PersistenceException as error:
    print("told")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a process's files")
def test_a_disk_that_takes_no_more_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", FULL, tmp_path / "m"], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.returncode) == ("told\n", 0), ran.stderr
    assert SqliteMemory(tmp_path / "m").get_attributes(_from("a"))["x"] == 1
