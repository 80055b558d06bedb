"""A clock that jumps, back or far ahead, while a session is heard: always a reply, and a place to go on from."""

from hypothesis import given, settings
from hypothesis import strategies as st

from skill.conversation.conversation import Conversation
from skill.conversation.place import Place
from skill.conversation.turn import Turn, Want
from skill.library.read import load

LIBRARY = load()
CONVERSATION = Conversation(LIBRARY)
NOW = 1_790_000_000.0
WANTS = (
    *(Want.PAUSE, Want.RESUME, Want.NEXT, Want.PREVIOUS, Want.REPEAT, Want.HOW_LONG, Want.SLOWER, Want.FASTER),
    *(Want.LONGER, Want.SHORTER, Want.HURTS, Want.LAUNCH, Want.YES, Want.STOP),
)
JUMPS = st.one_of(st.floats(-20, 400), st.floats(-1e6, 1e6), st.sampled_from([-1e9, 1e9, -NOW]))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(LIBRARY.scripts)), st.lists(st.tuples(st.sampled_from(WANTS), JUMPS), max_size=8))
def test_there_is_a_reply_and_a_place_whatever_the_clock_says(name: str, turns: list[tuple[Want, float]]) -> None:
    at = NOW
    place = CONVERSATION.reply(Place(been_here=True), Turn(Want.RELAX, name, minutes=5, at=at)).place
    for want, jump in turns:
        at = max(0.0, at + jump)
        reply = CONVERSATION.reply(place, Turn(want, at=at))
        assert reply.words
        place = Place.from_attributes(reply.place.to_attributes())
        assert place == reply.place, (want, at)  # what is written down is read back as it was
        if place.practice:
            assert place.practice.known(LIBRARY)
            assert 0 <= place.practice.step < len(place.practice.plan(LIBRARY).steps)


def test_a_clock_that_goes_back_takes_nobody_to_the_end_of_a_session() -> None:
    begun = CONVERSATION.reply(Place(been_here=True), Turn(Want.RELAX, "beach", minutes=5, at=NOW)).place
    paused = CONVERSATION.reply(begun, Turn(Want.PAUSE, at=NOW - 3600)).place
    assert paused.practice is not None
    assert paused.practice.step == 0
