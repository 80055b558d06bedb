"""Danger signs come first, in every state of the conversation, and in every locale."""

import functools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.conversation.conversation import Conversation
from skill.conversation.danger import CALL, CALL_NOW, danger_lines
from skill.conversation.lines import speak, words_of
from skill.conversation.place import Place
from skill.conversation.reply import Reply
from skill.conversation.turn import Turn, Want
from skill.library import Library
from skill.library.read import load, locales
from skill.library.readability import words
from speech.captions import plain_text

LIBRARY = load()
_library = functools.cache(lambda locale: load(locale=locale))
EVERY_LOCALE = [*sorted(locales()), "xx-XX"]
DANGERS = [danger.name for danger in LIBRARY.dangers]
ICE = Turn(Want.ANSWER, "ice")
NUMBERS = {
    "en-US": "nine one one",
    "en-CA": "nine one one",
    "en-GB": "nine nine nine",
    "en-AU": "zero zero zero",
    "en-IN": "one one two",
    "xx-XX": "your local emergency number",
}

turns = st.one_of(
    st.sampled_from([Turn(want) for want in Want if want not in {Want.ANSWER, Want.DEFINE, Want.DANGER}]),
    st.sampled_from(sorted(LIBRARY.scripts)).map(lambda name: Turn(Want.RELAX, name)),
    st.sampled_from(sorted(LIBRARY.entries)).map(lambda name: Turn(Want.ANSWER, name)),
    st.sampled_from(sorted(LIBRARY.terms)).map(lambda word: Turn(Want.DEFINE, word)),
    st.sampled_from(DANGERS).map(lambda name: Turn(Want.DANGER, name)),
)


def _talk(*said: Turn | Want, library: Library = LIBRARY) -> list[Reply]:
    conversation, place, replies = Conversation(library), Place(), []
    for want in said:
        reply = conversation.reply(place, want if isinstance(want, Turn) else Turn(want))
        replies.append(reply)
        place = reply.place
    return replies


def _text(reply: Reply) -> str:
    return plain_text(reply.words)


@settings(max_examples=150, deadline=None)
@given(st.lists(turns, max_size=10), st.sampled_from(DANGERS))
def test_a_danger_sign_gets_its_text_next_whatever_went_before(before: Sequence[Turn], name: str) -> None:
    fresh = _talk(Turn(Want.DANGER, name))[-1]
    reply = _talk(*before, Turn(Want.DANGER, name))[-1]
    assert _text(reply) == _text(fresh)
    assert reply.session is None
    assert reply.listening


@pytest.mark.parametrize("locale", EVERY_LOCALE)
@pytest.mark.parametrize("name", DANGERS)
def test_each_text_is_short_and_says_who_to_call_first(name: str, locale: str) -> None:
    library = _library(locale)
    danger = library.danger(name)
    text = " ".join(words_of(line, library) for line in danger_lines(danger))
    assert len(words(text)) <= 35
    assert not any(word in text for word in (" will ", " cure", "nothing to worry", "you have a ", " mg"))
    if danger.tier == "now":
        assert NUMBERS[locale] in " ".join(text.split()[:20])
        if locale in locales():
            assert text.count(NUMBERS[locale]) == 2
    if danger.tier in {"crisis", "abuse"}:
        assert NUMBERS[locale] in text


@pytest.mark.parametrize("locale", sorted(locales()))
def test_a_crisis_line_is_said_twice_digit_by_digit_and_shown_in_digits(locale: str) -> None:
    library = _library(locale)
    spoken = words_of("phrase:danger-crisis", library)
    digits = {"one": "1", "two": "2", "three": "3", "four": "4", "six": "6", "eight": "8", "nine": "9", "zero": "0"}
    numbers = "".join(digits.get(word, " ") for word in words(spoken)).split()
    line = numbers[0]
    assert numbers.count(line) == 2
    assert line in library.phrases["danger-crisis"].card.replace(" ", "")


@pytest.mark.parametrize("name", DANGERS)
def test_the_card_shows_the_number_and_whose_advice_it_is(name: str) -> None:
    reply = _talk(Turn(Want.DANGER, name))[-1]
    assert reply.title.startswith("Safety advice")
    assert reply.notes
    if LIBRARY.danger(name).reason:
        assert any("not from the article" in note for note in reply.notes)


def _urgent(tier: str) -> list[str]:
    return [danger.name for danger in LIBRARY.dangers if danger.tier == tier]


@pytest.mark.parametrize("name", _urgent("now") + _urgent("today") + _urgent("soon") + _urgent("abuse"))
def test_the_turn_after_a_danger_sign_begins_with_the_call_once_more_and_only_once(name: str) -> None:
    call = words_of(CALL[LIBRARY.danger(name).tier], LIBRARY)
    first, second = _talk(Turn(Want.DANGER, name), ICE, Turn(Want.ANSWER, "heat"))[1:]
    assert _text(first).startswith(call)
    assert LIBRARY.entries["ice"].says in _text(first)
    assert not _text(second).startswith(call)


@pytest.mark.parametrize("name", _urgent("crisis"))
def test_after_a_crisis_every_turn_gets_the_numbers_and_never_an_answer(name: str) -> None:
    crisis = words_of("phrase:danger-crisis", LIBRARY)
    for reply in _talk(Turn(Want.DANGER, name), ICE, Want.HELP, Want.UNCLEAR, Turn(Want.ANSWER, "exercise"))[1:]:
        assert _text(reply) == crisis
        assert reply.listening


@pytest.mark.parametrize("name", DANGERS)
def test_a_no_never_ends_it_without_a_way_to_help(name: str) -> None:
    no = _talk(Turn(Want.DANGER, name), Want.NO)[-1]
    if LIBRARY.danger(name).tier in CALL_NOW:
        assert no.words == speak([words_of("phrase:danger-no", LIBRARY)])
        again = _talk(Turn(Want.DANGER, name), Want.NO, Want.YES)[-1]
        assert again.words == _talk(Turn(Want.DANGER, name))[-1].words


@pytest.mark.parametrize("name", DANGERS)
def test_repeat_says_all_of_it_again(name: str) -> None:
    danger, again = _talk(Turn(Want.DANGER, name), Want.REPEAT)
    assert again.words == danger.words


def test_no_text_promises_to_call_anybody() -> None:
    for locale in EVERY_LOCALE:
        for phrase in _library(locale).phrases.values():
            assert "i will call" not in phrase.says.lower()
            assert "i'll call" not in phrase.says.lower()
            assert "calling" not in phrase.says.lower()
    assert "can't call for you" in LIBRARY.phrases["danger-now-again"].says


def test_the_source_of_safety_advice_is_not_the_article() -> None:
    assert "not from the article" in _text(_talk(Turn(Want.DANGER, "stroke"), Want.SOURCE)[-1])


def test_leaving_after_a_danger_sign_hears_the_number_once_more_and_no_question() -> None:
    for danger in LIBRARY.dangers:
        for want in (Want.STOP, Want.CANCEL):
            reply = _talk(Turn(Want.DANGER, danger.name), want)[-1]
            assert not reply.listening
            assert "call" in _text(reply).lower() or "see your doctor" in _text(reply)


@pytest.mark.parametrize("want", [Want.MORE, Want.THANKS, Want.UNCLEAR, Want.BACK, Want.VOLUME])
def test_words_that_name_no_subject_get_the_call_again_and_nothing_that_contradicts_it(want: Want) -> None:
    danger, after = _talk(ICE, Turn(Want.DANGER, "heart"), want)[1:]
    assert after.words == danger.words


def test_words_that_changed_during_a_session_do_not_end_an_alarm() -> None:
    place = Place(said=("phrase:gone",), alarm="suicide")
    for want in (Want.MORE, Want.UNCLEAR):
        assert "nine eight eight" in _text(Conversation(LIBRARY).reply(place, Turn(want)))
    for alarm in ("suicide", "heart"):
        yes = Conversation(LIBRARY).reply(Place(alarm=alarm), Turn(Want.YES))
        assert yes.words == speak([words_of("phrase:danger-yes", LIBRARY)])


def test_the_title_of_a_card_gives_no_secret_away() -> None:
    for name in _urgent("abuse") + _urgent("crisis"):
        assert _talk(Turn(Want.DANGER, name))[-1].title == "Safety advice"


@pytest.mark.parametrize("name", DANGERS)
@pytest.mark.parametrize("want", [Want.STOP, Want.CANCEL])
def test_whoever_leaves_hears_whom_to_call_by_the_danger_s_own_tier(name: str, want: Want) -> None:
    danger = LIBRARY.danger(name)
    left = _talk(Turn(Want.DANGER, name), want)[-1]
    called = "phrase:danger-crisis-leave" if danger.crisis else CALL[danger.tier if danger.tier != "abuse" else "now"]
    assert _text(left).startswith(words_of(called, LIBRARY))
    assert ("phrase:danger-leave" in left.place.said) == (danger.tier in {"now", "abuse"})
    assert not left.listening


SUBJECTS = [Want.HELP, Want.MEDICAL_ADVICE, Want.PRIVACY, Want.SCOPE]


@pytest.mark.parametrize("want", SUBJECTS)
def test_a_subject_of_its_own_is_answered_after_the_call(want: Want) -> None:
    name = next(danger.name for danger in LIBRARY.dangers if danger.tier == "now")
    answered, alone = _text(_talk(Turn(Want.DANGER, name), want)[-1]), _text(_talk(want)[-1])
    call = words_of(CALL["now"], LIBRARY)
    assert answered.startswith(call)
    assert answered.removeprefix(call).strip() == alone


@pytest.mark.parametrize("want", [Want.REPEAT, Want.SIMPLER, Want.SOURCE])
def test_hearing_it_again_does_not_begin_with_the_call_twice(want: Want) -> None:
    for name in DANGERS:
        danger = LIBRARY.danger(name)
        if not danger.crisis:
            again = _talk(Turn(Want.DANGER, name), want)[-1]
            assert _text(again).count(words_of(CALL[danger.tier], LIBRARY)) <= 1


@pytest.mark.parametrize("want", [Want.NOT_THAT, Want.UNDO])
@pytest.mark.parametrize("name", DANGERS)
def test_a_false_alarm_is_taken_back_in_either_way(name: str, want: Want) -> None:
    after = _talk(Turn(Want.DANGER, name), want)[-1]
    assert (after.place.alarm == "") == (not LIBRARY.danger(name).crisis)


@pytest.mark.parametrize("name", DANGERS)
def test_yes_and_no_after_a_danger_sign(name: str) -> None:
    """Yes to calling: the number stays on the card. Yes to less urgent advice says it again, and no ends it."""
    danger = LIBRARY.danger(name)
    first = _talk(Turn(Want.DANGER, name))[-1]
    yes, no = _talk(Turn(Want.DANGER, name), Want.YES)[-1], _talk(Turn(Want.DANGER, name), Want.NO)[-1]
    if danger.tier in CALL_NOW:
        assert yes.place.said == ("phrase:danger-yes",)
        assert yes.notes and set(yes.notes) <= set(first.notes)
        assert no.place.said == ("phrase:danger-no",)
        told = _talk(Turn(Want.DANGER, name), Want.NO, Want.NO)[-1]
        assert told.place.said == ("phrase:danger-leave",) and told.place.alarm == ""
        assert _talk(Turn(Want.DANGER, name), Want.NO, Want.YES)[-1].words == first.words
    else:
        assert yes.words == first.words
        assert no.place.said == ("phrase:anything-else",) and no.place.alarm == ""


def test_a_question_that_was_open_before_a_danger_sign_is_not_answered_after_it() -> None:
    for name in DANGERS:
        assert _talk(ICE, Turn(Want.DANGER, name))[-1].place.offer == ""
