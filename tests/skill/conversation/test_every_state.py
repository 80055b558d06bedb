"""What holds wherever a conversation is: repeating, going back, help, words explained, and the same few commands."""

import functools
from dataclasses import replace

import pytest

from interaction_model.names import ABOUT
from skill.conversation.conversation import Conversation
from skill.conversation.lines import MORE_SILENCE, SLOWER, words_of
from skill.conversation.place import RATES, Place
from skill.conversation.reply import Reply
from skill.conversation.turn import Turn, Want
from skill.library import Library
from skill.library.lint import _SUGGESTION, LONGEST_SIMPLE, MOST_OPTIONS, MOST_SIMPLE_OPTIONS, SAFETY
from skill.library.read import load, locales
from skill.library.readability import words
from skill.simulator.understanding import Understanding
from speech.captions import plain_text
from speech.document import Pause, Say

LIBRARY = load()
_library = functools.cache(lambda locale: load(locale=locale))
NOW = 1_800_000_000.0
ICE, HEAT, SCIATICA = (Turn(Want.ANSWER, name) for name in ("ice", "heat", "sciatica-and-ra"))

STATES: dict[str, list[Turn]] = {
    "the first welcome": [Turn(Want.LAUNCH)],
    "an answer": [ICE],
    "the next part": [ICE, Turn(Want.MORE)],
    "an answer that is not covered": [Turn(Want.ANSWER, "doses")],
    "a word explained": [Turn(Want.DEFINE, "sciatica")],
    "help": [ICE, Turn(Want.HELP)],
    "help again": [Turn(Want.HELP), Turn(Want.HELP)],
    "not understood": [Turn(Want.UNCLEAR)],
    "not understood twice": [Turn(Want.UNCLEAR)] * 2,
    "not understood three times": [Turn(Want.UNCLEAR)] * 3,
    "the source": [ICE, Turn(Want.SOURCE)],
    "what is not covered": [Turn(Want.SCOPE)],
    "thanks": [ICE, Turn(Want.THANKS)],
    "what else": [ICE, Turn(Want.NO)],
    "not what was asked": [ICE, HEAT, Turn(Want.NOT_THAT)],
    "which of two": [Turn(Want.WHICH, "ice", other="heat")],
    "how many minutes": [Turn(Want.RELAX)],
    "which session": [Turn(Want.KINDS)],
    "a session": [ICE, Turn(Want.RELAX, "body-scan")],
    "a session that is paused": [ICE, Turn(Want.RELAX, "body-scan"), Turn(Want.PAUSE)],
    "an answer while a session is paused": [Turn(Want.RELAX, "body-scan"), Turn(Want.PAUSE), HEAT],
    "an answer in the middle of a session": [Turn(Want.RELAX, "body-scan"), HEAT],
    "after a session": [Turn(Want.RELAX, "beach", 2), Turn(Want.RESUME, at=NOW + 600)],
    "a danger sign": [ICE, Turn(Want.DANGER, "heart")],
    "a danger sign for today": [ICE, Turn(Want.DANGER, "bleed-kidney")],
    "a crisis": [ICE, Turn(Want.DANGER, "suicide")],
    "a changed setting": [ICE, Turn(Want.SLOWER)],
}
COMMANDS = [
    Want.HELP, Want.REPEAT, Want.SLOWER, Want.FASTER, Want.PAUSE, Want.RESUME, Want.NEXT, Want.BACK, Want.MORE,
    Want.STOP,
]  # fmt: skip
"""What works everywhere, with louder and quieter, which the speaker takes itself: twelve in all, none needed."""

states = pytest.mark.parametrize("state", STATES)


def _at(state: str, library: Library = LIBRARY) -> Reply:
    """Lead a listener into a state, and return what they heard last."""
    conversation, place = Conversation(library), Place()
    for turn in STATES[state]:
        reply = conversation.reply(place, replace(turn, at=turn.at or NOW))
        place = Place.from_attributes(reply.place.to_attributes())
    return reply


def _say(before: Reply, want: Want | Turn, library: Library = LIBRARY) -> Reply:
    turn = want if isinstance(want, Turn) else Turn(want)
    place = Place.from_attributes(before.place.to_attributes())
    return Conversation(library).reply(place, replace(turn, at=NOW + 700 if place.practice is None else NOW + 30))


def _text(reply: Reply) -> str:
    return plain_text(reply.words)


@states
def test_repeat_says_the_last_words_again_wherever_it_is_said(state: str) -> None:
    """The content, never the reprompt; a session goes back to the start of its step."""
    before = _at(state)
    again = _say(before, Want.REPEAT)
    if state in {"a session", "a session that is paused"}:
        assert again.session
        assert _text(again) in _text(_at("a session"))
        return
    setting = state == "a changed setting"  # an aside: what was said before it is repeated
    assert _text(again) == _text(_at("an answer") if setting else before)


@states
def test_a_second_repeat_is_slower_or_simpler_or_both(state: str) -> None:
    once = _say(_at(state), Want.REPEAT)
    twice = _say(once, Want.REPEAT)
    if once.session:
        return  # a session has a pace of its own
    slowest = max(part.pace for part in twice.words if isinstance(part, Say))
    usual = max(part.pace for part in once.words if isinstance(part, Say))
    assert slowest <= SLOWER * usual + 0.01
    assert len(words(_text(twice))) <= len(words(_text(once)))


@pytest.mark.parametrize(
    "said",
    ["repeat", "say that again", "what?", "pardon", "sorry?", "come again", "can you repeat that", "i didn't hear you",
     "what did you say", "one more time"],
)  # fmt: skip
def test_people_ask_to_hear_it_again_in_many_words(said: str, understanding: Understanding) -> None:
    assert understanding.resolve(said).intent == "AMAZON.RepeatIntent"


def test_more_is_about_the_answer_that_a_paused_session_was_left_for() -> None:
    heat = LIBRARY.entries["heat"]
    assert _text(_say(_at("an answer while a session is paused"), Want.MORE)).startswith(heat.more)
    assert _say(_at("an answer in the middle of a session"), Want.MORE).session, "it was asked whether to go on"
    for want in (Want.RESUME, Want.PREVIOUS, Want.HOW_LONG):
        assert _say(_at("an answer while a session is paused"), want).place.practice


def test_a_later_launch_offers_the_last_answer() -> None:
    conversation = Conversation(LIBRARY)
    left = _say(_at("an answer"), Want.STOP)
    back = conversation.reply(Place.from_memory({**left.place.to_memory(), "been_here": True}), Turn(Want.LAUNCH))
    assert "To hear the last answer again, say repeat." in _text(back)
    assert len(words(_text(back))) <= 30
    assert _text(_say(back, Want.REPEAT)).startswith(LIBRARY.entries["ice"].says)
    assert "last answer" not in _text(_say(_say(back, Want.FORGET), Want.LAUNCH))


def test_a_place_that_makes_no_sense_is_a_fresh_one() -> None:
    for last, said in (("phrase:goodbye", "which:ice"), ("says:gone", "which:ice/heat/diet"), ("which:", "which:")):
        place = Place(been_here=True, last=last, said=(said,))
        assert _text(Conversation(LIBRARY).reply(place, Turn(Want.LAUNCH))).startswith("Welcome back")
        assert Conversation(LIBRARY).reply(place, Turn(Want.REPEAT)).listening
        assert Conversation(LIBRARY).reply(place, Turn(Want.LAUNCH)).place.last == ""


def test_an_answer_that_is_nobodys_business_is_not_offered_again() -> None:
    """Others in the house may say "repeat"."""
    for name in ("pregnancy-and-family", "feelings", "your-own-diagnosis"):
        conversation = Conversation(LIBRARY)
        left = conversation.left(conversation.reply(Place(), Turn(Want.ANSWER, name)).place, NOW)
        assert left.last == ""
    assert Conversation(LIBRARY).left(_at("a crisis").place, NOW).to_memory().get("last") == "says:ice"


@states
@pytest.mark.parametrize("want", COMMANDS)
def test_the_same_few_commands_are_understood_everywhere(state: str, want: Want) -> None:
    reply = _say(_at(state), want)
    assert reply.words
    if state in {"a danger sign", "a crisis"}:
        return  # whom to call comes first, whatever is said
    assert not any(line.startswith("unclear:") for line in reply.place.said) or "not understood" in state
    if want is Want.STOP:
        assert not reply.listening
    if want in {Want.SLOWER, Want.FASTER}:
        expected = RATES[RATES.index(_at(state).place.rate) + (1 if want is Want.FASTER else -1)]
        assert reply.place.rate == expected


@states
@pytest.mark.parametrize("locale", [*sorted(locales()), "en-ZZ"])
def test_help_begins_with_the_number_for_urgent_help_and_offers_three_things_at_most(state: str, locale: str) -> None:
    library = _library(locale)
    text = _text(_say(_at(state, library), Want.HELP, library))
    number = {"en-US": "nine one one", "en-CA": "nine one one", "en-GB": "nine nine nine", "en-IN": "one one two"}
    expected = number.get(locale, "zero zero zero" if locale == "en-AU" else "your local emergency number")
    assert expected in text.replace("triple zero", "zero zero zero").lower()
    assert len(_SUGGESTION.findall(text)) <= MOST_OPTIONS


@states
def test_every_word_of_the_glossary_is_explained_from_everywhere(state: str) -> None:
    before = _at(state)
    for word, term in LIBRARY.terms.items():
        reply = _say(before, Turn(Want.DEFINE, word))
        if state == "a crisis":
            continue  # nothing else is answered after a crisis
        assert term.says.rstrip(".") in _text(reply), word


# Undoing, and what was not meant.


@pytest.mark.parametrize("state", ["an answer", "a session"])
@pytest.mark.parametrize(
    "want", [Want.SLOWER, Want.FASTER, Want.SIMPLE_ON, Want.HEARING_ON], ids=["slower", "faster", "simple", "hearing"]
)
def test_undo_takes_a_setting_back_and_says_so(want: Want, state: str) -> None:
    before = _at(state)
    changed = _say(before, want)
    assert (changed.place.rate, changed.place.simple, changed.place.even) != (1.0, False, False)
    undone = _say(changed, Want.UNDO)
    assert (undone.place.rate, undone.place.simple, undone.place.even) == (1.0, False, False)
    assert (
        _text(undone).startswith("I speak at my normal") or "usual words" in _text(undone) or "slows" in _text(undone)
    )


def test_undo_where_nothing_was_changed_goes_back() -> None:
    place = Conversation(LIBRARY).reply(_at("an answer").place, HEAT)
    assert _text(_say(place, Want.UNDO)).startswith(LIBRARY.entries["ice"].says)


def test_an_undo_that_makes_no_sense_goes_back() -> None:
    for written in ("rate:9", "rate:fast", "colour:red", "even"):
        place = replace(_at("an answer").place, undo=written)
        reply = Conversation(LIBRARY).reply(place, Turn(Want.UNDO))
        assert _text(reply).startswith(LIBRARY.phrases["nothing-before"].says.partition(".")[0]), written


def test_what_was_not_asked_for_is_owned_up_to_and_passed_over_when_going_back() -> None:
    sorry = _say(_say(_at("an answer"), HEAT), Want.NOT_THAT)
    assert _text(sorry).startswith("Sorry")
    assert len(_SUGGESTION.findall(_text(sorry))) == 2
    assert _text(_say(sorry, Want.BACK)).startswith(LIBRARY.entries["ice"].says)
    after_more = _say(_say(_say(_at("an answer"), HEAT), Want.MORE), Want.NOT_THAT)
    assert _text(_say(after_more, Want.BACK)).startswith(LIBRARY.entries["ice"].says)


def test_a_false_alarm_can_be_taken_back_but_a_crisis_cannot() -> None:
    taken_back = _say(_at("a danger sign"), Want.NOT_THAT)
    assert "heard that wrong" in _text(taken_back)
    assert LIBRARY.phrases["urgent"].says in _text(taken_back)
    assert taken_back.place.alarm == ""
    assert _text(_say(_at("a crisis"), Want.NOT_THAT)) == _text(_at("a crisis"))


# Two things that may be meant.


def test_what_may_be_one_of_two_is_asked_about_and_either_can_be_said() -> None:
    asked = _at("which of two")
    assert _text(asked) == "Do you mean ice, or heat?"
    for want, name in ((Want.FIRST, "ice"), (Want.YES, "ice"), (Want.SECOND, "heat")):
        assert _text(_say(asked, want)).startswith(LIBRARY.entries[name].says)
    assert _say(asked, Want.NO).listening


def test_a_danger_sign_is_never_asked_about_first(understanding: Understanding, library: Library) -> None:
    """Nor is one ever among the two that are asked about: said with another subject, the danger is answered."""
    for danger in library.dangers:
        for said in danger.asks[:5]:
            for mixed in (said, f"{said} should i use ice", f"ice or heat {said}"):
                assert understanding.resolve(mixed).intent != ABOUT, mixed


# Simple mode, speed, and what was said once.


@states
def test_simple_mode_says_it_in_thirty_words_with_two_options_at_most(state: str) -> None:
    conversation, place = Conversation(LIBRARY), Place(simple=True)
    for turn in STATES[state]:
        reply = conversation.reply(place, replace(turn, at=turn.at or NOW))
        place = reply.place
    if reply.session or any(line.startswith((f"phrase:{SAFETY}", "reason:")) for line in place.said):
        return  # a session has its own words; safety advice leaves nothing out
    lines = [line for line in place.said if line != "phrase:urgent"]
    for line in lines:
        assert len(words(words_of(line, LIBRARY, simple=True))) <= LONGEST_SIMPLE
    assert len(_SUGGESTION.findall(_text(reply))) <= MOST_SIMPLE_OPTIONS


def test_simple_mode_is_slower_with_longer_silences() -> None:
    usual = Conversation(LIBRARY).reply(Place(), Turn(Want.HELP)).words
    simple = Conversation(LIBRARY).reply(Place(simple=True), Turn(Want.HELP)).words
    assert {part.pace for part in simple if isinstance(part, Say)} == {SLOWER}
    asked = Conversation(LIBRARY).reply(Place(simple=True), Turn(Want.HELP)).reprompt
    assert {part.pace for part in asked if isinstance(part, Say)} == {SLOWER}
    longest = [max(part.seconds for part in words if isinstance(part, Pause)) for words in (usual, simple)]
    assert longest[1] == longest[0] * MORE_SILENCE


def test_speed_has_five_steps_from_slow_to_fast_and_is_kept_for_the_next_visit() -> None:
    assert len(RATES) >= 5
    assert list(RATES) == sorted(RATES)
    assert (RATES[0], RATES[-1]) == (0.6, 1.4)
    place = Place()
    for _ in range(4):
        changed = Conversation(LIBRARY).reply(place, Turn(Want.SLOWER))
        place = Place.from_memory(changed.place.to_memory())
        assert {part.pace for part in changed.words if isinstance(part, Say)} == {place.rate}
        answer = Conversation(LIBRARY).reply(place, ICE)
        assert {part.pace for part in answer.words if isinstance(part, Say)} == {place.rate}
    assert place.rate == RATES[0]


def test_what_was_said_once_is_not_asked_again() -> None:
    """Posture and speed hold for the sessions that follow; the country comes from the device."""
    conversation = Conversation(LIBRARY)
    place = Place()
    for turn in (Turn(Want.LYING), Turn(Want.SLOWER), Turn(Want.RELAX, "body-scan"), Turn(Want.STOP)):
        place = conversation.reply(place, replace(turn, at=NOW)).place
    again = conversation.reply(replace(place, practice=None), Turn(Want.RELAX, "beach", at=NOW))
    assert again.place.practice
    assert (again.place.practice.posture, again.place.practice.rate) == ("lying", 0.8)
    assert again.session, "it begins, and asks nothing"


@pytest.mark.parametrize("name", sorted(LIBRARY.scripts))
def test_a_short_one_of_every_session_is_had_for_the_asking(name: str) -> None:
    """For whoever is too tired for more: two minutes at most."""
    begun = Conversation(LIBRARY).reply(Place(), Turn(Want.RELAX, name, at=NOW))
    for _ in range(2):
        begun = Conversation(LIBRARY).reply(begun.place, Turn(Want.SHORTER, at=NOW + 1))
    assert begun.session
    assert begun.session.plan.seconds <= 2 * 60 * 1.05


def test_a_short_one_can_be_asked_for_out_of_the_blue() -> None:
    reply = Conversation(LIBRARY).reply(_at("the first welcome").place, Turn(Want.SHORTER, at=NOW))
    assert reply.session
    assert reply.session.plan.seconds <= 126


def test_nobody_is_hurried_without_being_told_so_before() -> None:
    """Alexa's microphone closes after twice eight seconds: help and the reprompts of the welcome say so."""
    assert (
        "If I close, open me again" in _text(_at("help again")) or "open me again" in LIBRARY.phrases["help-start"].says
    )
    for name in ("welcome-first", "welcome-back", "welcome-again"):
        assert "just open me again" in LIBRARY.phrases[name].reprompt


@pytest.mark.parametrize("said", [Want.BACK, Want.UNDO])
def test_in_simple_mode_too_going_back_leaves_the_answer_that_is_heard(said: Want) -> None:
    conversation = Conversation(LIBRARY)
    place = conversation.reply(conversation.reply(Place(simple=True), ICE).place, HEAT).place
    assert _text(conversation.reply(place, Turn(said))).startswith(LIBRARY.entries["ice"].simple)
    sorry = conversation.reply(place, Turn(Want.NOT_THAT))
    assert _text(conversation.reply(sorry.place, Turn(Want.BACK))).startswith(LIBRARY.entries["ice"].simple)
