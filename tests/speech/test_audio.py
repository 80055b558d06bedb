import resource
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from speech.audio import Audio, Word, silence, write_wav

RATE = 1000


def _audio(*samples: int) -> Audio:
    return Audio(b"".join(s.to_bytes(2, "little", signed=True) for s in samples), RATE)


def test_silence_at_the_edges_goes_and_word_times_move_along() -> None:
    audio = Audio(_audio(*[0] * 100, *[5000] * 50, *[0] * 200).samples, RATE, (Word(0.1, 0, 4),))
    trimmed = audio.trimmed()
    assert trimmed.seconds == pytest.approx(0.060)
    assert trimmed.words == (Word(pytest.approx(0.005), 0, 4),)


def test_a_wav_holds_all_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    assert write_wav(path, [_audio(1, 2), silence(0.5, RATE), _audio(3)]) == pytest.approx(0.503)
    with wave.open(str(path)) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (503, RATE, 1)


def test_nothing_to_record_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing"):
        write_wav(tmp_path / "a.wav", [])
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_recording_survives_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, [_audio(1, 2)])
    before = path.read_bytes()

    def broken() -> object:
        yield _audio(9)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_wav(path, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_error_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """The kernel refuses to let the file grow, as a full disk does."""
    program = (
        "import sys; from pathlib import Path; from speech.audio import silence, write_wav\n"
        "write_wav(Path(sys.argv[1]), [silence(10, 22050)] * 10)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.wav")],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert b"OSError" in done.stderr
    assert list(tmp_path.iterdir()) == []
