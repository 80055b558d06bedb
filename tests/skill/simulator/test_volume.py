"""The volume of this computer's speaker."""

from pathlib import Path

import pytest

from skill.library import Library
from skill.simulator.volume import STEPS, Volume, change


def test_it_is_as_loud_next_time(tmp_path: Path, library: Library) -> None:
    volume = Volume(tmp_path / "data")
    volume.change(change("quieter", library))
    assert Volume(tmp_path / "data").steps == volume.steps == STEPS - 2


def test_it_is_never_silent_and_never_too_loud(tmp_path: Path) -> None:
    volume = Volume(tmp_path)
    for _ in range(20):
        volume.change(-2)
    assert volume.share > 0
    for _ in range(20):
        volume.change(2)
    assert volume.share == 1


@pytest.mark.parametrize("kept", ["", "loud", "99", "-4", "\u00e9"])
def test_what_makes_no_sense_is_some_volume(kept: str, tmp_path: Path) -> None:
    (tmp_path / "volume.txt").write_text(kept, encoding="utf-8")
    assert 1 <= Volume(tmp_path).steps <= STEPS


def test_a_folder_that_cannot_be_written_costs_only_the_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    volume = Volume(tmp_path / "file" / "data")
    volume.change(-2)
    assert volume.steps == STEPS - 2
    assert "cannot be kept" in caplog.text


def test_only_words_for_the_speaker_change_it(library: Library) -> None:
    assert change("Turn it  UP", library) > 0 > change("quieter please", library)
    assert change("louder music helps me", library) == 0
