"""Plans of every session, in every length: what a tired listener with sore joints is promised."""

import dataclasses
import itertools
from collections.abc import Iterator

import pytest

from skill.conversation.place import RATES
from skill.library import Library
from skill.library.read import load
from skill.library.readability import words
from skill.library.scripts import After, Line, Script
from skill.relaxation.lint import RATES as CHECKED_RATES
from skill.relaxation.lint import lint
from skill.relaxation.plan import Plan
from skill.relaxation.planner import EVEN_PACE, SILENCES, SLOWEST_PACE, PlanError, plan
from skill.relaxation.selection import lines_of, parts_of

LIBRARY = load()
SCRIPTS = sorted(LIBRARY.scripts)
EXACT = 0.02
"""Seconds: sums of many floating point numbers."""


def _plans(script: Script, *, even: bool = False, rates: tuple[float, ...] = RATES) -> Iterator[tuple[int, Plan]]:
    for minutes, posture, rate in itertools.product(script.lengths, script.postures, rates):
        yield minutes, plan(script, LIBRARY.frame, minutes=minutes, posture=posture, rate=rate, even=even)


def _lines(script: Script) -> dict[str, Line]:
    frame = LIBRARY.frame
    lines = {
        line.text: line
        for posture in script.postures
        for part in parts_of(script, frame, posture, script.shortest)
        for line in lines_of(part, posture)
    }
    milestones = (frame.half_way, frame.last_minute, *frame.lengths)
    return lines | {text: Line(text) for text in milestones}


def test_the_catalogue_is_whole() -> None:
    assert set(SCRIPTS) == {
        "calm-breathing", "longer-out-breathing", "muscle-relaxation", "body-scan", "beach", "garden", "warm-water",
        "mindful-listening", "sleep-wind-down", "seated-movement", "journaling-guide", "box-breathing",
        "four-seven-eight",
    }  # fmt: skip
    assert LIBRARY.frame.first == "calm-breathing"
    for script in LIBRARY.scripts.values():
        assert script.shortest <= 2, "everybody has a day on which two minutes are enough"
    assert LIBRARY.scripts["sleep-wind-down"].longest == LIBRARY.scripts["body-scan"].longest == 15


def test_the_content_keeps_every_rule_of_sessions() -> None:
    assert [str(fault) for fault in lint(LIBRARY)] == []
    assert CHECKED_RATES == RATES


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_session_lasts_as_long_as_was_asked_at_every_rate(name: str) -> None:
    for minutes, made in _plans(LIBRARY.scripts[name]):
        assert made.seconds == pytest.approx(minutes * 60, rel=0.03)
        assert made.cues[-1].end <= made.seconds + EXACT


@pytest.mark.parametrize("name", SCRIPTS)
def test_words_and_silence_are_in_the_measure_of_recordings_that_relax(name: str) -> None:
    for minutes, made in _plans(LIBRARY.scripts[name], rates=(0.6, 1.0)):
        assert 39.5 <= made.words_per_minute <= 70.5, minutes
        assert 0.3 <= sum(silence for _, silence in made.silences) / made.seconds <= 0.75, minutes
    assert all(made.words_per_minute <= 70.5 for _, made in _plans(LIBRARY.scripts[name]))


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_silence_after_each_line_is_of_its_kind_and_a_long_one_is_announced(name: str) -> None:
    script = LIBRARY.scripts[name]
    lines = _lines(script)
    breath_starts = {text for step in script.steps if step.breathing for row in step.breathing.says for text in row}
    for _, made in _plans(script):
        for cue, silence in made.silences:
            if cue.say.text in breath_starts or cue.say.text in LIBRARY.frame.counts:
                assert silence <= 10 + EXACT
                continue
            low, high = SILENCES[lines[cue.say.text].after]
            assert low - EXACT <= silence <= high + EXACT, cue.say.text
            assert silence <= 30
            if silence > 10 + EXACT:
                assert "quiet" in cue.say.text


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_voice_slows_down_and_comes_back_at_the_end(name: str) -> None:
    script = LIBRARY.scripts[name]
    for _, made in _plans(script, rates=(1.0,)):
        closing = made.steps[-1].part
        practice = [cue.say.pace for step in made.steps if step.part != closing for cue in step.cues]
        assert practice == sorted(practice, reverse=True)
        assert practice[-1] < practice[0]
        assert min(practice) >= SLOWEST_PACE
        if not script.sleep:
            assert made.steps[-1].cues[-1].say.pace > practice[0]


@pytest.mark.parametrize("name", SCRIPTS)
def test_in_hearing_mode_the_voice_stays_as_it_is(name: str) -> None:
    for _, made in _plans(LIBRARY.scripts[name], even=True, rates=(1.0,)):
        assert {cue.say.pace for cue in made.cues} == {EVEN_PACE}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_session_begins_with_its_length_safety_and_how_to_pause(name: str) -> None:
    script = LIBRARY.scripts[name]
    for minutes, made in _plans(script):
        opening = [cue.say.text for step in made.steps if step.part == 0 for cue in step.cues]
        assert opening[0] == LIBRARY.frame.lengths[minutes - 1]
        said = " ".join(opening)
        assert len(words(said)) <= 35
        assert all(word in said for word in ("driving", "hurt", "dizzy", "pause", "stop"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_is_asked_and_sleep_ends_without_waking_anyone(name: str) -> None:
    script = LIBRARY.scripts[name]
    for _, made in _plans(script):
        assert "?" not in " ".join(cue.say.text for cue in made.cues)
        closing = next(step.start for step in made.steps if step.part == made.steps[-1].part)
        if script.sleep:
            said = {cue.say.text for cue in made.cues}
            assert not said & {line.text for line in LIBRARY.frame.closing}
            assert not said & {LIBRARY.frame.half_way, LIBRARY.frame.last_minute}
        else:
            assert made.seconds - closing >= 20


@pytest.mark.parametrize("name", [name for name in SCRIPTS if not LIBRARY.scripts[name].sleep])
def test_a_longer_session_says_where_it_is(name: str) -> None:
    script = LIBRARY.scripts[name]
    frame = LIBRARY.frame
    for minutes, made in _plans(script, rates=(1.0,)):
        times = {cue.say.text: cue.start for cue in made.cues}
        if minutes < 4:
            assert frame.half_way not in times and frame.last_minute not in times
        if frame.half_way in times:
            assert times[frame.half_way] == pytest.approx(made.seconds / 2, abs=made.seconds * 0.15)
        if frame.last_minute in times:
            assert made.seconds - times[frame.last_minute] == pytest.approx(60, abs=20)
        if minutes >= 5 and name != "box-breathing":
            assert frame.half_way in times or frame.last_minute in times


def test_breaths_go_by_the_clock() -> None:
    counted = 0
    for script in LIBRARY.scripts.values():
        parts = parts_of(script, LIBRARY.frame, script.postures[0], script.shortest)
        for _, made in _plans(script):
            for step in made.steps:
                breathing = parts[step.part].breathing
                if breathing is None:
                    continue
                inward = {row[0] for row in breathing.says}
                starts = [cue.start for cue in step.cues if cue.say.text in inward]
                gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
                assert all(abs(gap - breathing.seconds) < EXACT for gap in gaps), script.name
                counted += len(gaps)
    assert counted > 1000


def test_the_first_breaths_are_counted_a_second_a_number() -> None:
    made = plan(LIBRARY.scripts["calm-breathing"], LIBRARY.frame, minutes=5, posture="sitting")
    cues = [(cue.start, cue.say.text) for cue in made.cues]
    begin = next(start for start, text in cues if text == "In.")
    said = [(round(start - begin, 2), text) for start, text in cues if begin <= start < begin + 10]
    assert said == [
        (0, "In."), (1, "Two."), (2, "Three."), (3, "Four."),
        (4, "Out."), (5, "Two."), (6, "Three."), (7, "Four."), (8, "Five."), (9, "Six."),
    ]  # fmt: skip


def test_breath_holding_is_cautioned_about_and_never_offered(library: Library) -> None:
    for name in ("box-breathing", "four-seven-eight"):
        script = library.scripts[name]
        said = " ".join(script.caution)
        assert all(word in said for word in ("heart", "lung", "blood pressure", "pregnancy", "panic"))
        made = plan(script, library.frame, minutes=script.shortest, posture="sitting")
        first_hold = next(cue.start for cue in made.cues if cue.say.text == "Wait.")
        assert next(cue.start for cue in made.cues if cue.say.text == script.caution[1]) < first_hold
        assert not any(name in phrase.offer for phrase in library.phrases.values())
        offered = " ".join(phrase.says for phrase in library.phrases.values())
        assert script.names[0] not in offered


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_listener_who_goes_back_hears_little_again(name: str) -> None:
    for _, made in _plans(LIBRARY.scripts[name], rates=(1.0,)):
        ends = [*(step.start for step in made.steps[1:]), made.seconds]
        assert max(end - step.start for step, end in zip(made.steps, ends, strict=True)) <= 60


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Roll your neck slowly.", "leave this movement out"),
        ("Bring your ear to your shoulder.", "leave this movement out"),
        ("Put your chin to your chest.", "leave this movement out"),
        ("Drop your head back.", "leave this movement out"),
        ("Look up at the ceiling.", "leave this movement out"),
        ("Clench your hands.", "leave this movement out"),
        ("Bend forward, as far as you can.", "leave this movement out"),
        ("Close your eyes.", "leave a choice"),
        ("Surrender to the chair.", "leave a choice"),
        ("Are you warm?", "ask nothing"),
    ],
)
def test_what_could_harm_a_listener_is_a_fault(line: str, rule: str, library: Library) -> None:
    script = library.scripts["beach"]
    step = dataclasses.replace(script.steps[0], lines=(Line(line), *script.steps[0].lines))
    changed = dataclasses.replace(script, steps=(step, *script.steps[1:]))
    faults = lint(dataclasses.replace(library, scripts={"beach": changed}))
    assert any(fault.file == "relaxation/beach.toml" and rule in fault.mend for fault in faults)


def test_a_silence_that_nobody_announced_is_a_fault(library: Library) -> None:
    script = library.scripts["beach"]
    step = dataclasses.replace(script.steps[0], lines=(Line("Rest.", After.QUIET),))
    changed = dataclasses.replace(script, steps=(step, *script.steps[1:]))
    faults = lint(dataclasses.replace(library, scripts={"beach": changed}))
    assert any("quiet" in fault.mend for fault in faults)


def test_a_script_without_enough_words_says_what_to_do(library: Library) -> None:
    script = library.scripts["beach"]
    short = dataclasses.replace(script, steps=script.steps[:1])
    with pytest.raises(PlanError, match="write more lines"):
        plan(short, library.frame, minutes=10, posture="sitting")


@pytest.mark.parametrize("name", SCRIPTS)
def test_led_breaths_keep_to_what_the_script_allows_and_their_introduction_is_said_once(name: str) -> None:
    script = LIBRARY.scripts[name]
    for step in (step for step in script.steps if step.breathing):
        breathing = step.breathing
        assert breathing is not None
        firsts = {row[0] for row in breathing.says}
        for minutes, made in _plans(script, rates=(1.0,)):
            parts = parts_of(script, LIBRARY.frame, script.postures[0], minutes)
            own = [cue.say.text for s in made.steps for cue in s.cues if parts[s.part].name == step.name]
            breaths = sum(text in firsts for text in own)
            if breaths:
                assert breathing.fewest <= breaths
                assert not breathing.most or breaths <= breathing.most
            for line in step.lines:
                assert own.count(line.text) <= 1


def test_a_breath_s_words_are_as_many_as_its_parts() -> None:
    broken = dataclasses.replace(
        LIBRARY.scripts["calm-breathing"],
        steps=tuple(
            dataclasses.replace(step, breathing=dataclasses.replace(step.breathing, says=(("In.",),)))
            if step.breathing
            else step
            for step in LIBRARY.scripts["calm-breathing"].steps
        ),
    )
    with pytest.raises(ValueError, match="argument"):
        plan(broken, LIBRARY.frame, minutes=broken.usual, posture=broken.postures[0])
