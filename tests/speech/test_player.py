"""The real aplay, on a sound card that is a file."""

import os
import shutil
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from speech.audio import Audio, silence
from speech.errors import VoiceUnavailableError
from speech.player import PLAYERS, Player, PlayerProgram, find_player

RATE = 22050
TONE = Audio(bytes([0, 40]) * RATE, RATE)
"""One second that is not silent."""

APLAY = next(program for program in PLAYERS if program.name == "aplay")

_CARD = """
pcm.!default {{
  type file
  slave.pcm null
  file "{file}"
  format raw
}}
pcm.null {{ type null }}
"""


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    if shutil.which("aplay") is None:
        pytest.skip("aplay is not installed: 'apt install alsa-utils' to test with a real player")
    heard = tmp_path / "heard.raw"
    (tmp_path / "asound.conf").write_text(_CARD.format(file=heard))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    find_player.cache_clear()
    yield heard
    find_player.cache_clear()


def _program(folder: Path, text: str) -> PlayerProgram:
    """Make a player of our own, as a machine may have one that misbehaves."""
    path = folder / "player"
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return PlayerProgram(str(path), ())


def test_what_is_played_is_heard_to_the_last_sample(card: Path) -> None:
    assert Player(find_player()).play([TONE, silence(0.5, RATE), TONE])
    assert TONE.samples + silence(0.5, RATE).samples + TONE.samples in card.read_bytes()


def test_a_machine_without_a_card_is_not_said_to_be_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asound.conf").write_text('pcm.!default { type hw card "none" }')
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    find_player.cache_clear()
    with pytest.raises(VoiceUnavailableError):
        find_player()
    find_player.cache_clear()


def test_a_machine_without_a_player_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    find_player.cache_clear()
    with pytest.raises(VoiceUnavailableError, match="alsa-utils"):
        find_player()
    find_player.cache_clear()


def test_stop_ends_a_long_sound_soon_and_the_player_can_be_used_again(tmp_path: Path) -> None:
    slow = _program(tmp_path, "import sys, time\nwhile sys.stdin.buffer.read(4410): time.sleep(0.1)\n")
    player = Player(slow)
    results: list[bool] = []
    thread = threading.Thread(target=lambda: results.append(player.play([TONE] * 60)))
    thread.start()
    time.sleep(0.5)
    stopped = time.monotonic()
    player.stop()
    thread.join(timeout=5)
    assert results == [False]
    assert time.monotonic() - stopped < 1  # generous: the machine may be busy; benchmarks hold the figure
    assert player.play([silence(0.01, RATE)])


def test_a_player_that_breaks_off_is_never_reported_as_having_spoken(tmp_path: Path) -> None:
    broken = _program(tmp_path, "import sys\nsys.stdin.buffer.read(10)\nsys.exit(1)\n")
    with pytest.raises(VoiceUnavailableError, match="ended before the words did"):
        Player(broken).play([TONE] * 5)


@pytest.mark.parametrize("habit", ["takes nothing", "takes all and never ends"])
def test_a_player_that_hangs_is_ended_and_not_said_to_have_been_heard(
    habit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.player.HUNG_AFTER", 0.5)
    reads = "sys.stdin.buffer.read()" if habit == "takes all and never ends" else ""
    player = Player(_program(tmp_path, f"import sys, time\n{reads}\ntime.sleep(60)"))
    start = time.monotonic()
    with pytest.raises(VoiceUnavailableError, match="hung"):
        player.play([TONE, TONE, TONE])
    assert time.monotonic() - start < 15
