"""Where in a session somebody is: small, remembered, and never believed blindly."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.library.read import load
from skill.relaxation import rest
from skill.relaxation.practice import Practice

LIBRARY = load()

practices = st.sampled_from(sorted(LIBRARY.scripts)).flatmap(
    lambda name: st.builds(
        Practice,
        script=st.just(name),
        minutes=st.sampled_from(LIBRARY.scripts[name].lengths),
        posture=st.sampled_from(LIBRARY.scripts[name].postures),
        rate=st.sampled_from((0.6, 0.8, 1.0, 1.2, 1.4)),
        even=st.booleans(),
        step=st.integers(0, 4),
        hurt=st.booleans(),
    )
)


@given(practices)
def test_what_is_remembered_is_what_was_there(practice: Practice) -> None:
    assert Practice.from_attributes(practice.to_attributes()) == practice
    assert len(str(practice.to_attributes())) < 300


@pytest.mark.parametrize(
    "attributes",
    [
        None, "beach", [], {"script": "beach"}, {"script": 1, "minutes": 5, "posture": "sitting"},
        {"script": "beach", "minutes": "5", "posture": "sitting"},
        {"script": "beach", "minutes": True, "posture": "sitting"},
        {"script": "beach", "minutes": 5, "posture": "flying"},
        {"script": "beach", "minutes": 5, "posture": "sitting", "rate": 99},
        {"script": "beach", "minutes": 5, "posture": "sitting", "step": -1},
        {"script": "beach", "minutes": 5, "posture": "sitting", "began": float("nan")},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_no_practice(attributes: object) -> None:
    assert Practice.from_attributes(attributes) is None


def test_a_session_that_the_content_no_longer_has_is_not_known() -> None:
    assert Practice("beach", 5, "sitting").known(LIBRARY)
    for strange in (
        Practice("moon", 5, "sitting"),
        Practice("beach", 99, "sitting"),
        Practice("seated-movement", 5, "lying"),
        Practice("beach", 5, "sitting", step=500),
        Practice("beach", 5, "sitting", first=500, seconds=60),
        Practice("beach", 5, "sitting", first=3, seconds=1e6),
    ):
        assert not strange.known(LIBRARY)


@settings(deadline=None, max_examples=60)
@given(practices, st.floats(0, 2))
def test_the_step_that_is_heard_is_worked_out_from_the_time(practice: Practice, share: float) -> None:
    made = practice.plan(LIBRARY)
    playing = replace(practice, step=0, began=1000.0)
    now = 1000.0 + share * made.seconds
    paused = playing.paused_at(now, LIBRARY)
    if share * made.seconds >= made.seconds + 1e-6:
        assert paused is None
    elif share * made.seconds < made.seconds - 1e-6:
        assert paused is not None
        start = made.steps[paused.step].start
        end = made.steps[paused.step + 1].start if paused.step + 1 < len(made.steps) else made.seconds
        assert start <= share * made.seconds < end + 1e-6


@settings(deadline=None, max_examples=60)
@given(practices, st.integers(0, 30), st.sampled_from((0.6, 1.0, 1.4)))
def test_the_rest_planned_anew_begins_where_the_listener_is_and_ends_when_it_would_have(
    practice: Practice, step: int, rate: float
) -> None:
    made = practice.plan(LIBRARY)
    practice = replace(practice, step=min(step, len(made.steps) - 1))
    left = made.left(practice.step)
    anew = rest.planned_anew(practice, LIBRARY, rate=rate)
    assert anew.known(LIBRARY)
    after = anew.plan(LIBRARY)
    assert after.steps[0].part >= made.steps[practice.step].part
    if left > 90:
        assert after.seconds == pytest.approx(left, rel=0.05, abs=5)


def test_going_back_reaches_the_very_start_even_after_a_change() -> None:
    practice = Practice("body-scan", 10, "lying", step=9)
    practice = rest.planned_anew(practice, LIBRARY, rate=0.8)
    for _ in range(60):
        practice = rest.step_before(practice, LIBRARY)
        assert practice.known(LIBRARY)
    assert practice.plan(LIBRARY).steps[practice.step].part == 0
