"""Sessions as recordings: as long as asked, breaths by the clock, made anew only where something changed."""

import dataclasses
import itertools
import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from skill.library import Library
from skill.library.read import load
from skill.relaxation.planner import plan
from skill.relaxation.practice import Practice
from skill.relaxation.recordings import has_recording, recording_name
from skill.relaxation.rendering import MANIFEST, Order, Renderer, standard_orders
from skill.relaxation.selection import parts_of
from speech.local_voice import LocalVoice
from speech.recording import Sentence, record

LIBRARY = load()
SCRIPTS = sorted(LIBRARY.scripts)
ORDER = Order("calm-breathing", 2, "sitting")


def _renderer(folder: Path, voice: LocalVoice, library: Library = LIBRARY, **changes: bool) -> Renderer:
    options = {"background": False, "wav": True, **changes}
    return Renderer(library, folder, voice, "test", **options)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_sound_of_a_session_is_as_long_as_asked_and_every_word_is_in_its_place(
    name: str, voice: LocalVoice
) -> None:
    script = LIBRARY.scripts[name]
    for minutes in sorted({2, min(5, script.longest), min(10, script.longest)}):
        made = plan(script, LIBRARY.frame, minutes=minutes, posture=script.postures[0])
        recording = record((Sentence(cue.start, cue.say) for cue in made.cues), made.seconds, voice, 155)
        assert recording.audio.seconds == pytest.approx(minutes * 60, rel=0.03)
        begins = [word.start for word in recording.audio.words if word.position == 0]
        assert begins == pytest.approx([cue.start for cue in made.cues], abs=0.15)


def test_breaths_of_the_sound_go_by_the_clock(voice: LocalVoice) -> None:
    measured = 0
    for name in ("calm-breathing", "longer-out-breathing", "box-breathing", "four-seven-eight"):
        script = LIBRARY.scripts[name]
        parts = parts_of(script, LIBRARY.frame, "sitting", script.longest)
        made = plan(script, LIBRARY.frame, minutes=script.longest, posture="sitting")
        recording = record((Sentence(cue.start, cue.say) for cue in made.cues), made.seconds, voice, 155)
        heard = iter(word.start for word in recording.audio.words if word.position == 0)
        for step in made.steps:
            breathing = parts[step.part].breathing
            times = [(next(heard), cue.say.text) for cue in step.cues]
            inward = [at for at, text in times if breathing and text in {row[0] for row in breathing.says}]
            for earlier, later in itertools.pairwise(inward):
                assert breathing
                assert later - earlier == pytest.approx(breathing.seconds, abs=0.5)
                measured += 1
    assert measured > 40


def test_a_recording_comes_with_captions_and_a_line_in_the_manifest(tmp_path: Path, voice: LocalVoice) -> None:
    made = _renderer(tmp_path, voice).render(ORDER)
    assert made.anew
    names = {f"{ORDER.name}{ending}" for ending in (".mp3", ".wav", ".vtt")}
    assert {path.name for path in tmp_path.iterdir()} == {*names, MANIFEST}
    entry = json.loads((tmp_path / MANIFEST).read_text())[ORDER.name]
    assert set(entry["files"]) == names
    assert (entry["session"], entry["minutes"], entry["posture"]) == ("calm-breathing", 2, "sitting")
    expected = plan(LIBRARY.scripts["calm-breathing"], LIBRARY.frame, minutes=2, posture="sitting")
    assert entry["steps"] == [round(step.start, 3) for step in expected.steps]
    with wave.open(str(tmp_path / f"{ORDER.name}.wav")) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(120, rel=0.03)
    captions = (tmp_path / f"{ORDER.name}.vtt").read_text()
    assert captions.count("-->") == len(expected.cues)


def test_a_second_run_makes_nothing_anew(tmp_path: Path, voice: LocalVoice) -> None:
    _renderer(tmp_path, voice).render(ORDER)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert not _renderer(tmp_path, voice).render(ORDER).anew
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("ending", [".mp3", ".vtt", ".wav"])
def test_a_file_that_is_gone_or_damaged_is_made_anew(ending: str, tmp_path: Path, voice: LocalVoice) -> None:
    _renderer(tmp_path, voice).render(ORDER)
    path = tmp_path / f"{ORDER.name}{ending}"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert _renderer(tmp_path, voice).render(ORDER).anew
    assert len(path.read_bytes()) == len(whole)  # the voice itself varies by a few milliseconds
    path.unlink()
    assert _renderer(tmp_path, voice).render(ORDER).anew


def test_a_manifest_that_cannot_be_read_costs_only_time(tmp_path: Path, voice: LocalVoice) -> None:
    _renderer(tmp_path, voice).render(ORDER)
    (tmp_path / MANIFEST).write_text("{ not json")
    assert _renderer(tmp_path, voice).render(ORDER).anew
    assert not _renderer(tmp_path, voice).render(ORDER).anew


def test_only_the_session_whose_words_changed_is_made_anew(tmp_path: Path, voice: LocalVoice) -> None:
    other = Order("box-breathing", 2, "sitting")
    for order in (ORDER, other):
        _renderer(tmp_path, voice).render(order)
    script = LIBRARY.scripts["calm-breathing"]
    line = dataclasses.replace(script.steps[0].lines[0], text="Notice your breath, just as it comes.")
    step = dataclasses.replace(script.steps[0], lines=(line, *script.steps[0].lines[1:]))
    changed = dataclasses.replace(script, steps=(step, *script.steps[1:]))
    library = dataclasses.replace(LIBRARY, scripts={**LIBRARY.scripts, "calm-breathing": changed})
    assert _renderer(tmp_path, voice, library).render(ORDER).anew
    assert not _renderer(tmp_path, voice, library).render(other).anew


def test_another_background_or_rate_is_another_recording(tmp_path: Path, voice: LocalVoice) -> None:
    _renderer(tmp_path, voice).render(ORDER)
    slower = dataclasses.replace(ORDER, rate=124)
    assert slower.name != ORDER.name
    assert _renderer(tmp_path, voice).render(slower).anew
    assert _renderer(tmp_path, voice, background=True).render(ORDER).anew


def test_whatever_the_skill_streams_is_rendered_where_nothing_else_is_asked_for() -> None:
    orders = {order.name for order in standard_orders(LIBRARY, SCRIPTS, None, 155)}
    streamed = {
        recording_name(script.name, minutes, posture)
        for script in LIBRARY.scripts.values()
        for minutes in script.lengths
        for posture in script.postures
        if has_recording(Practice(script.name, minutes, posture), script)
    }
    assert orders == streamed


def test_a_run_that_is_killed_leaves_whole_files_and_can_be_begun_again(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "skill", "render", "calm-breathing", "--to", str(tmp_path), "--no-wav"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (tmp_path / MANIFEST).exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    made_before = set(json.loads((tmp_path / MANIFEST).read_text()))
    assert made_before
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.count("Kept ") >= len(made_before)
    assert not list(tmp_path.glob(".*"))
    for entry in json.loads((tmp_path / MANIFEST).read_text()).values():
        assert all((tmp_path / name).exists() for name in entry["files"])
