"""The conversation on the real words: promises about any words, never about these."""

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.conversation.conversation import FIRST_YES_NO, Conversation
from skill.conversation.lines import SLOWER, speak
from skill.conversation.place import LONGEST_TRAIL, Place
from skill.conversation.reply import Reply
from skill.conversation.turn import Turn, Want
from skill.library import Library
from skill.library.read import load
from speech.captions import plain_text
from speech.document import Say

LIBRARY = load()
ICE, HEAT = Turn(Want.ANSWER, "ice"), Turn(Want.ANSWER, "heat")

turns = st.one_of(
    st.sampled_from([Turn(want) for want in Want if want not in {Want.ANSWER, Want.DEFINE, Want.DANGER}]),
    st.sampled_from(sorted(LIBRARY.scripts)).map(lambda name: Turn(Want.RELAX, name)),
    st.sampled_from(sorted(LIBRARY.entries)).map(lambda name: Turn(Want.ANSWER, name)),
    st.sampled_from([*sorted(LIBRARY.terms), ""]).map(lambda word: Turn(Want.DEFINE, word)),
)


def _text(reply: Reply) -> str:
    return plain_text(reply.words)


def _talk(*wants: Turn | Want, library: Library = LIBRARY) -> list[Reply]:
    """Hold a conversation from the start; return its replies."""
    conversation, place, replies = Conversation(library), Place(), []
    for want in wants:
        reply = conversation.reply(place, want if isinstance(want, Turn) else Turn(want))
        replies.append(reply)
        place = reply.place
    return replies


def _last(*wants: Turn | Want) -> Reply:
    return _talk(*wants)[-1]


def _starts_with(reply: Reply, text: str) -> bool:
    return reply.words[: len(speak([text]))] == speak([text])


@settings(max_examples=150, deadline=None)
@given(st.lists(turns, max_size=12))
def test_any_conversation_keeps_the_rules_of_every_turn(said: Sequence[Turn]) -> None:
    """One question and it is last, the microphone open exactly then, and a place that stays small."""
    for reply in _talk(*said):
        text = _text(reply)
        asks = reply.listening and reply.session is None  # a session asks nothing, and can be steered all the while
        assert text.count("?") == (1 if asks else 0)
        assert text.endswith("?") == asks
        if asks:
            assert plain_text(reply.reprompt).endswith("?")
            assert plain_text(reply.reprompt) != text
        kept = json.dumps(reply.place.to_attributes())
        assert len(kept) < 1000
        assert Place.from_attributes(json.loads(kept)) == reply.place


def test_every_entry_is_answered_with_its_own_words() -> None:
    for name, entry in LIBRARY.entries.items():
        reply = _last(Turn(Want.ANSWER, name))
        assert _starts_with(reply, entry.says)
        assert reply.title == entry.title


def test_more_tells_the_next_part_then_what_was_offered() -> None:
    ice = LIBRARY.entries["ice"]
    first, second, third = _talk(ICE, Want.MORE, Want.MORE)
    assert _starts_with(second, ice.more)
    assert _text(second).endswith(ice.offer.question)
    assert _starts_with(third, LIBRARY.entries[ice.offer.entry].says)
    assert _text(first) != _text(second)


def test_yes_leads_to_what_was_offered() -> None:
    assert _text(_last(ICE, Want.YES)) == _text(_last(ICE, Want.MORE))
    assert _starts_with(_last(ICE, Want.MORE, Want.YES), LIBRARY.entries["heat"].says)


def test_no_asks_what_else_and_a_second_no_says_goodbye() -> None:
    first, second = _talk(ICE, Want.NO, Want.NO)[1:]
    assert first.listening
    assert not second.listening


@pytest.mark.parametrize("before", [[Want.LAUNCH], [ICE], [ICE, Want.MORE], [ICE, Want.HELP], [Want.UNCLEAR] * 4])
def test_repeat_says_the_last_words_again_whatever_they_were(before: list[Turn | Want]) -> None:
    *_, last, again = _talk(*before, Want.REPEAT)
    assert again.words == last.words
    assert again.place.offer == last.place.offer


def test_a_second_repeat_in_a_row_is_simpler_and_slower() -> None:
    again = _last(ICE, Want.REPEAT, Want.REPEAT)
    assert _starts_with_text(again, LIBRARY.entries["ice"].simple)
    assert all(part.pace == SLOWER for part in again.words if isinstance(part, Say))
    assert _starts_with(_last(ICE, Want.REPEAT, HEAT, Want.REPEAT), LIBRARY.entries["heat"].says)


def test_simpler_can_be_asked_for_at_once() -> None:
    assert _starts_with_text(_last(ICE, Want.SIMPLER), LIBRARY.entries["ice"].simple)


def test_a_yes_after_a_repeat_still_leads_on() -> None:
    assert _text(_last(ICE, Want.REPEAT, Want.REPEAT, Want.YES)) == _text(_last(ICE, Want.YES))


def test_going_back_returns_through_five_answers() -> None:
    names = list(LIBRARY.entries)[: LONGEST_TRAIL + 1]
    visits = [Turn(Want.ANSWER, name) for name in names]
    for steps in range(1, LONGEST_TRAIL):
        back = _last(*visits, *[Want.BACK] * steps)
        assert _starts_with(back, LIBRARY.entries[names[-1 - steps]].says), steps
    assert _last(*visits, *[Want.BACK] * LONGEST_TRAIL).listening


def test_going_back_from_help_or_an_error_returns_to_the_answer() -> None:
    for aside in (Want.HELP, Want.UNCLEAR, Want.SOURCE):
        assert _starts_with(_last(ICE, aside, Want.BACK), LIBRARY.entries["ice"].says)


def test_a_first_visit_is_greeted_otherwise_than_a_return() -> None:
    first = _last(Want.LAUNCH)
    again = Conversation(LIBRARY).reply(Place.from_memory(first.place.to_memory()), Turn(Want.LAUNCH))
    assert _text(first) != _text(again)
    assert len(_text(first).split()) < 30
    assert len(_text(again).split()) < len(_text(first).split())


def test_not_being_understood_never_ends_the_session_and_never_sounds_the_same_twice_running() -> None:
    replies = _talk(*[Want.UNCLEAR] * 20)
    assert all(reply.listening for reply in replies)
    texts = [_text(reply) for reply in replies]
    assert len(set(texts[:5])) == 5
    assert all(one != two for one, two in pairwise(texts))


def test_from_the_third_miss_on_yes_and_no_are_enough() -> None:
    for misses in range(FIRST_YES_NO + 1, 10):
        unclear = [Want.UNCLEAR] * misses
        offered = _last(*unclear).place.offer.removeprefix("says:")
        assert _starts_with(_last(*unclear, Want.YES), LIBRARY.entries[offered].says)
        assert _text(_last(*unclear, Want.NO)) != _text(_last(*unclear))
        assert _last(*unclear, Want.NO).listening


@pytest.mark.parametrize("want", [Want.HELP, Want.UNCLEAR])
@pytest.mark.parametrize("before", [[], [Want.LAUNCH], [ICE], [Want.UNCLEAR] * 3, [ICE, Want.HELP]])
def test_the_first_words_of_help_and_of_every_miss_are_how_to_get_urgent_help(
    before: list[Turn | Want], want: Want
) -> None:
    assert _starts_with(_last(*before, want), LIBRARY.phrases["urgent"].says)


def test_help_fits_where_the_listener_is_and_keeps_what_was_offered() -> None:
    helps = [_text(_last(*before, Want.HELP)) for before in ([], [ICE], [Want.UNCLEAR] * 3, [ICE, Want.HELP])]
    assert len(set(helps)) == len(helps)
    assert _text(_last(ICE, Want.HELP, Want.YES)) == _text(_last(ICE, Want.YES))


def test_stop_ends_and_cancel_leaves_a_yes_or_no_question_first() -> None:
    assert not _last(ICE, Want.STOP).listening
    assert not _last(ICE, Want.CANCEL).listening
    assert _last(*[Want.UNCLEAR] * 3, Want.CANCEL).listening


def test_the_source_tells_when_an_answer_was_not_from_the_article() -> None:
    assert _text(_last(ICE, Want.SOURCE)) != _text(_last(Turn(Want.ANSWER, "doses"), Want.SOURCE))


def test_a_word_is_explained_from_any_state_and_leads_to_its_entry() -> None:
    term = LIBRARY.terms["sciatica"]
    for before in ([], [ICE], [Want.UNCLEAR] * 4, [ICE, Want.STOP]):
        reply = _last(*before, Turn(Want.DEFINE, "sciatica"))
        assert _starts_with(reply, term.says)
        assert reply.listening
    assert _starts_with(_last(Turn(Want.DEFINE, "sciatica"), Want.YES), LIBRARY.entries[term.entry].says)


def test_an_answer_near_an_emergency_ends_with_what_to_do_now() -> None:
    tail = LIBRARY.phrases[LIBRARY.entries["stroke-risk"].tail].says
    assert tail in _text(_last(Turn(Want.ANSWER, "stroke-risk")))


def test_a_session_says_once_that_it_is_not_medical_advice() -> None:
    notice = LIBRARY.phrases["notice"].says
    said = [notice in plain_text(reply.reprompt) for reply in _talk(ICE, HEAT, ICE)]
    assert said == [True, False, False]


def test_words_that_vanished_during_a_session_break_nothing() -> None:
    place = Place(said=("says:gone", "phrase:offer-more"), offer="more:gone", trail=("says:gone",))
    for want in Want:
        if want not in {Want.ANSWER, Want.DEFINE, Want.DANGER}:
            assert Conversation(LIBRARY).reply(place, Turn(want)).words


def _starts_with_text(reply: Reply, text: str) -> bool:
    return _text(reply).startswith(text)


def test_more_goes_on_with_the_answer_after_a_word_on_something_else() -> None:
    told = _last(ICE, Want.PRIVACY, Want.MORE)
    assert told.place.said[0] == "more:ice"
    assert _last(ICE, Want.MORE, Want.PRIVACY, Want.MORE).place.said == ("phrase:no-more",)
    assert _last(Turn(Want.DEFINE, min(LIBRARY.terms)), Want.PRIVACY, Want.MORE).place.said == ("phrase:no-more",)


@pytest.mark.parametrize(
    "line", ["anything-else", "no-more", "thanks", "welcome-again", "welcome-back", "welcome-first"]
)
def test_no_to_an_open_question_says_goodbye(line: str) -> None:
    place = Place(said=(f"phrase:{line}",))
    assert Conversation(LIBRARY).reply(place, Turn(Want.NO)).place.said[0].startswith("phrase:goodbye")


def test_a_word_that_was_explained_is_not_offered_at_the_next_visit() -> None:
    term = Turn(Want.DEFINE, min(LIBRARY.terms))
    assert _last(ICE, term, Want.STOP).place.last == "says:ice"
    assert _last(HEAT, ICE, Want.STOP).place.last == "says:ice"


def test_the_source_of_the_answer_that_was_heard_last_is_told() -> None:
    covered = next(name for name, entry in LIBRARY.entries.items() if entry.covered)
    elsewhere = next(name for name, entry in LIBRARY.entries.items() if not entry.covered)
    for before, line in (
        ((Turn(Want.ANSWER, covered),), "source"),
        ((Turn(Want.ANSWER, elsewhere),), "source-scope"),
        ((Turn(Want.ANSWER, covered), Turn(Want.ANSWER, elsewhere)), "source-scope"),
        ((Turn(Want.ANSWER, elsewhere), Turn(Want.ANSWER, covered)), "source"),
        ((Turn(Want.DEFINE, min(LIBRARY.terms)),), "source"),
    ):
        assert _last(*before, Want.SOURCE).place.said == (f"phrase:{line}",)


def test_a_question_is_set_apart_by_a_longer_silence() -> None:
    said, asked = speak(["It is ice.", "It is cold."]), speak(["It is ice.", "Is it cold?"])
    assert said[1].seconds < asked[1].seconds  # type: ignore[union-attr] # between two sentences stands a pause


def test_a_setting_is_taken_back_by_undo_and_only_right_after_it() -> None:
    for want, name in ((Want.SIMPLE_ON, "simple"), (Want.HEARING_ON, "even")):
        assert getattr(_last(want).place, name) is True
        assert getattr(_last(want, Want.UNDO).place, name) is False
        assert getattr(_last(ICE, want, HEAT, Want.UNDO).place, name) is True
    for off, on, name in ((Want.SIMPLE_OFF, Want.SIMPLE_ON, "simple"), (Want.HEARING_OFF, Want.HEARING_ON, "even")):
        assert getattr(_last(on, off).place, name) is False
        assert getattr(_last(on, off, Want.UNDO).place, name) is True


def test_what_begins_with_a_notice_says_all_else_and_keeps_its_card() -> None:
    conversation = Conversation(LIBRARY)
    reply = conversation.reply(Place(), Turn(Want.DANGER, LIBRARY.dangers[0].name))
    noticed = conversation.begin_with("phrase:memory-away", reply)
    assert _text(noticed) == f"{LIBRARY.phrases['memory-away'].says} {_text(reply)}"
    assert reply.notes and noticed.notes[-len(reply.notes) :] == reply.notes
    assert noticed.place == reply.place
