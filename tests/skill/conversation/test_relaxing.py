"""Relaxation in the conversation: whatever is said at whatever moment, the place is right and nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from skill.conversation.conversation import Conversation
from skill.conversation.place import RATES, Place
from skill.conversation.reply import Reply
from skill.conversation.turn import Turn, Want
from skill.library.read import load
from speech.captions import plain_text
from speech.document import Pause, Say, Spoken
from speech.duration import seconds_to_say, seconds_to_say_all

LIBRARY = load()
CONVERSATION = Conversation(LIBRARY)
START = 1_800_000_000.0
LONGEST_STEP = 61
"""Seconds that may be heard again."""


def _text(reply: Reply) -> str:
    return plain_text(reply.words)


class Listener:
    """Somebody who hears a reply and breaks in after a while."""

    def __init__(self) -> None:
        self.place = Place()
        self.now = START

    def say(self, want: Want, after: float = 0.0, about: str = "", minutes: int = 0) -> Reply:
        self.now += after
        reply = CONVERSATION.reply(self.place, Turn(want, about, minutes, at=self.now))
        # What is kept between turns goes through Alexa as JSON.
        self.place = Place.from_attributes(reply.place.to_attributes())
        return reply

    def return_later(self, after: float = 86_400) -> Reply:
        """Come back in a new session, with nothing but what is remembered."""
        self.place = Place.from_memory(self.place.to_memory())
        return self.say(Want.LAUNCH, after)


def _timed(words: Spoken) -> Iterator[tuple[float, str]]:
    """Yield each sentence and when it begins, told from the words alone."""
    now = 0.0
    for part in words:
        if isinstance(part, Say):
            yield now, part.text
            now += seconds_to_say(part.text, part.pace)
        else:
            now += part.seconds


def _sentences(words: Spoken) -> list[str]:
    return [part.text for part in words if isinstance(part, Say)]


def _ends_with(longer: Spoken, shorter: Spoken) -> bool:
    """Tell whether one is the end of the other: the same sentences at the same pace, the same silences.

    The end may begin within a silence.
    """
    if not shorter:
        return True
    first, *rest = _rounded(shorter)
    place, *after = _rounded(longer)[-len(shorter) :]
    if isinstance(shorter[0], Pause) and place[0] == "":
        return after == rest and len(after) == len(rest) and first[1] <= place[1]
    return [place, *after] == [first, *rest]


def _rounded(words: Spoken) -> list[tuple[object, float]]:
    return [(part.text, part.pace) if isinstance(part, Say) else ("", round(part.seconds, 1)) for part in words]


class Steering(RuleBasedStateMachine):
    """A listener who steers at random moments, held against nothing but the words that were heard."""

    @initialize(name=st.sampled_from(sorted(LIBRARY.scripts)), minutes=st.integers(1, 15), lying=st.booleans())
    def begin(self, *, name: str, minutes: int, lying: bool) -> None:
        self.listener = Listener()
        self.paused = False
        self.listener.say(Want.LAUNCH)
        if lying:
            self.listener.place = replace(self.listener.place, posture="lying")
        self.reply = self.listener.say(Want.RELAX, 1, name, minutes)
        self.name = name
        self.hurt = False

    def _break_in(self, want: Want, share: float, **turn: int) -> tuple[Reply, Spoken, str]:
        """Say something while a share of the words was heard; return also what was heard before, and the sentence."""
        before = self.reply.words
        length = seconds_to_say_all(before)
        moment = share * (length - 1)
        heard = [text for start, text in _timed(before) if start <= moment][-1:]
        reply = self.listener.say(want, moment, **turn)
        return reply, before, heard[0] if heard else ""

    def _playing(self) -> bool:
        return self.reply.session is not None

    def _goes_on_from_where_it_was(self, reply: Reply, before: Spoken, heard: str) -> None:
        """The words end as they would have, and begin no later than at the sentence that was being heard."""
        assert reply.session
        words = reply.session.plan.words(self._step(reply))
        told = _without_preface(self.reply)
        assert _ends_with(before, words) or _ends_with(words, told)  # a short word goes on within the step
        if heard in _sentences(before) and heard not in _preface(self.reply):
            assert heard in _sentences(words)
        assert seconds_to_say_all(words) <= seconds_to_say_all(before) + LONGEST_STEP

    def _step(self, reply: Reply) -> int:
        assert reply.place.practice
        return reply.place.practice.step

    shares = st.floats(0, 0.999)

    @precondition(lambda self: self._playing())
    @rule(share=shares, wait=st.floats(0, 5000))
    def pause_and_go_on(self, share: float, wait: float) -> None:
        reply, before, heard = self._break_in(Want.PAUSE, share)
        assert reply.session is None and reply.listening
        resumed = self.listener.say(Want.RESUME, wait)
        self._goes_on_from_where_it_was(resumed, before, heard)
        self.reply = resumed

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def hear_it_again(self, share: float) -> None:
        reply, before, heard = self._break_in(Want.REPEAT, share)
        self._goes_on_from_where_it_was(reply, before, heard)
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares, want=st.sampled_from([Want.HOW_LONG, Want.VOLUME, Want.THANKS, Want.UNCLEAR]))
    def say_something_short(self, share: float, want: Want) -> None:
        reply, before, heard = self._break_in(want, share)
        self._goes_on_from_where_it_was(reply, before, heard)
        assert reply.session and reply.session.preface
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def leave_and_come_back_another_day(self, share: float) -> None:
        reply, before, heard = self._break_in(Want.STOP, share)
        assert not reply.listening and "?" not in _text(reply)
        welcome = self.listener.return_later()
        assert _text(welcome).endswith(LIBRARY.scripts[self.name].go_on)
        resumed = self.listener.say(Want.YES, 3)
        self._goes_on_from_where_it_was(resumed, before, heard)
        self.reply = resumed
        self.hurt = False  # another day

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def ask_a_question_in_between(self, share: float) -> None:
        reply, before, heard = self._break_in(Want.ANSWER, share, about="ice")
        assert _text(reply).startswith(LIBRARY.entries["ice"].says)
        assert _text(reply).endswith(LIBRARY.phrases["offer-resume"].says)
        resumed = self.listener.say(Want.YES, 5)
        self._goes_on_from_where_it_was(resumed, before, heard)
        self.reply = resumed

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def go_a_step_on(self, share: float) -> None:
        reply, before, _ = self._break_in(Want.NEXT, share)
        if reply.session is None:
            assert reply.place.practice is None and reply.listening
        else:
            words = reply.session.plan.words(self._step(reply))
            assert _ends_with(before, words) or _ends_with(words, _without_preface(self.reply))
            assert seconds_to_say_all(words) < seconds_to_say_all(before) + LONGEST_STEP
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def go_a_step_back(self, share: float) -> None:
        reply, before, heard = self._break_in(Want.BACK, share)
        assert reply.session
        if heard not in _preface(self.reply):  # whoever goes back hears what they heard, and something before it
            assert heard in _sentences(reply.words)
        if share == 0 and not _preface(self.reply):
            assert seconds_to_say_all(reply.words) <= seconds_to_say_all(before) + LONGEST_STEP
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares, want=st.sampled_from([Want.SLOWER, Want.FASTER, Want.NORMAL_SPEED, Want.HEARING_ON]))
    def change_how_it_is_said(self, share: float, want: Want) -> None:
        rate = self.listener.place.rate
        reply, _, _ = self._break_in(want, share)
        after = self.listener.place.rate
        assert after in RATES
        assert after <= rate if want is Want.SLOWER else after >= rate or want is not Want.FASTER
        assert reply.session is None or reply.place.practice
        if reply.session:
            assert reply.place.practice and reply.place.practice.rate == after
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def make_it_shorter(self, share: float) -> None:
        reply, before, _ = self._break_in(Want.SHORTER, share)
        if reply.session:
            assert seconds_to_say_all(reply.words) <= seconds_to_say_all(before) + 10
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares, minutes=st.integers(0, 99))
    def ask_for_another_length(self, share: float, minutes: int) -> None:
        self.reply = self._break_in(Want.MINUTES, share, minutes=minutes)[0]

    @precondition(lambda self: self._playing())
    @rule(share=shares, posture=st.sampled_from([Want.LYING, Want.SITTING]))
    def change_posture(self, share: float, posture: Want) -> None:
        self.reply = self._break_in(posture, share)[0]

    @precondition(lambda self: self._playing())
    @rule(share=shares)
    def it_hurts(self, share: float) -> None:
        reply, before, _ = self._break_in(Want.HURTS, share)
        if reply.session:
            assert reply.place.practice
            step = reply.session.plan.steps[reply.place.practice.step]
            assert not step.moves
            assert not self.hurt
            assert seconds_to_say_all(reply.session.plan.words(reply.place.practice.step)) < seconds_to_say_all(before)
            self.hurt = True
        else:
            assert reply.place.practice is None
            assert "doctor" in _text(reply)
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule(share=shares, name=st.sampled_from([danger.name for danger in LIBRARY.dangers]))
    def a_danger_sign_stops_it(self, share: float, name: str) -> None:
        reply, _, _ = self._break_in(Want.DANGER, share, about=name)
        fresh = CONVERSATION.reply(Place(), Turn(Want.DANGER, name))
        assert _text(reply) == _text(fresh)
        assert reply.session is None and not (reply.place.practice and reply.place.practice.playing)
        self.listener.place = Place(been_here=True)
        self.reply = reply

    @precondition(lambda self: self._playing())
    @rule()
    def start_over(self) -> None:
        reply, _, _ = self._break_in(Want.START_OVER, 0.3)
        assert reply.session and reply.place.practice
        assert reply.place.practice.step == 0 and reply.place.practice.first == 0
        assert reply.session.plan.seconds == pytest.approx(reply.place.practice.minutes * 60, rel=0.03)
        self.hurt = False
        self.reply = reply

    @precondition(lambda self: not self._playing())
    @rule(name=st.sampled_from(sorted(LIBRARY.scripts)))
    def begin_again(self, name: str) -> None:
        self.hurt = False
        self.name = name
        self.reply = self.listener.say(Want.RELAX, 2, name)

    @invariant()
    def every_reply_fits(self) -> None:
        if not hasattr(self, "reply"):
            return
        text = _text(self.reply)
        assert text
        assert len(str(self.reply.place.to_attributes())) < 1000
        if self.reply.session:
            assert "?" not in text and self.reply.listening
            assert self.reply.place.practice and self.reply.place.practice.playing
            script = LIBRARY.scripts[self.name]
            assert bool(self.reply.reprompt) != script.sleep
            assert self.reply.session.plan.seconds <= script.longest * 60 * 1.03 + LONGEST_STEP
        else:
            assert text.endswith("?") == self.reply.listening


def _without_preface(reply: Reply) -> Spoken:
    """Return what is heard after the preface, whose last silence may have joined the next."""
    if not reply.session or not reply.session.preface:
        return reply.words
    *_, last = preface = reply.session.preface
    joined = reply.words[len(preface) - 1]
    if isinstance(last, Pause) and isinstance(joined, Pause) and joined.seconds > last.seconds:
        return (Pause(joined.seconds - last.seconds), *reply.words[len(preface) :])
    return reply.words[len(preface) :]


def _preface(reply: Reply) -> list[str]:
    return _sentences(reply.session.preface) if reply.session else []


TestSteering = Steering.TestCase
TestSteering.settings = settings(max_examples=50, stateful_step_count=20, deadline=None, report_multiple_bugs=False)


@pytest.mark.parametrize("name", sorted(LIBRARY.scripts))
def test_a_session_runs_to_its_end_with_no_word_from_anybody(name: str) -> None:
    script = LIBRARY.scripts[name]
    listener = Listener()
    reply = listener.say(Want.RELAX, about=name)
    assert seconds_to_say_all(reply.words) == pytest.approx(script.usual * 60, rel=0.03)
    after = listener.say(Want.STOP, script.usual * 60 + 2)
    assert after.place.practice is None
    assert LIBRARY.scripts[name].go_on not in _text(listener.return_later())


def test_help_me_relax_asks_how_long_and_yes_is_enough() -> None:
    listener = Listener()
    assert _text(listener.say(Want.RELAX)).endswith("How many minutes would you like?")
    yes = listener.say(Want.YES)
    assert yes.session and yes.place.practice
    assert (yes.place.practice.script, yes.place.practice.minutes) == ("calm-breathing", 5)


@pytest.mark.parametrize(
    ("want", "minutes", "expected"),
    [(Want.MINUTES, 7, 7), (Want.MINUTES, 1, 2), (Want.MINUTES, 99, 10), (Want.SHORTER, 0, 2), (Want.MORE, 0, 5)],
)
def test_the_answer_to_how_long_is_kept_within_what_the_session_allows(want: Want, minutes: int, expected: int) -> None:
    listener = Listener()
    listener.say(Want.RELAX)
    reply = listener.say(want, minutes=minutes)
    assert reply.place.practice and reply.place.practice.minutes == expected


def test_every_kind_that_is_offered_can_be_begun_and_breath_holding_is_not_offered() -> None:
    listener = Listener()
    listener.say(Want.RELAX)
    texts = [_text(listener.say(Want.KINDS)) for _ in range(4)]
    assert len(set(texts)) == 3 and texts[3] == texts[0]
    assert not any(word in text for text in texts for word in ("box", "four"))


def test_lying_down_is_remembered_for_the_session_that_follows() -> None:
    listener = Listener()
    listener.say(Want.RELAX)
    reply = listener.say(Want.LYING)
    assert reply.place.practice and reply.place.practice.posture == "lying"


def test_the_rate_is_said_at_the_new_rate_and_remembered_for_the_next_visit() -> None:
    listener = Listener()
    reply = listener.say(Want.SLOWER)
    assert {part.pace for part in reply.words if isinstance(part, Say)} == {0.8}
    listener.return_later()
    answer = listener.say(Want.ANSWER, about="ice")
    assert {part.pace for part in answer.words if isinstance(part, Say)} == {0.8}
    for _ in RATES:
        listener.say(Want.SLOWER)
    assert listener.place.rate == min(RATES)
    for _ in RATES:
        listener.say(Want.FASTER)
    assert listener.place.rate == max(RATES)


def test_simple_mode_gives_every_answer_in_easy_words_until_it_is_off() -> None:
    listener = Listener()
    listener.say(Want.SIMPLE_ON)
    listener.return_later()
    assert _text(listener.say(Want.ANSWER, about="ice")).startswith(LIBRARY.entries["ice"].simple)
    listener.say(Want.SIMPLE_OFF)
    assert _text(listener.say(Want.ANSWER, about="ice")).startswith(LIBRARY.entries["ice"].says)


def test_hearing_mode_keeps_the_voice_even_in_every_session() -> None:
    listener = Listener()
    listener.say(Want.HEARING_ON)
    listener.return_later()
    reply = listener.say(Want.RELAX, about="beach")
    assert len({part.pace for part in reply.words if isinstance(part, Say)}) == 1


def test_a_changed_setting_keeps_the_last_answer_for_repeating() -> None:
    listener = Listener()
    first = listener.say(Want.ANSWER, about="ice")
    listener.say(Want.SLOWER)
    assert _text(listener.say(Want.REPEAT)) == _text(first)


def test_forget_me_erases_all_that_is_remembered_and_says_so() -> None:
    listener = Listener()
    listener.say(Want.LAUNCH)
    listener.say(Want.SLOWER)
    listener.say(Want.SIMPLE_ON)
    listener.say(Want.RELAX, about="beach")
    forgotten = listener.say(Want.FORGET, 30)
    assert "forgotten" in _text(forgotten)
    assert forgotten.place.to_memory() == {}
    assert _text(listener.return_later()).startswith(LIBRARY.phrases["welcome-first"].says)


def test_while_somebody_is_there_nothing_they_asked_or_said_is_remembered() -> None:
    listener = Listener()
    listener.say(Want.LAUNCH)
    for name in LIBRARY.entries:
        listener.say(Want.ANSWER, about=name)
    listener.say(Want.DANGER, about="heart")
    assert listener.place.to_memory() == {"been_here": True}
    listener = Listener()
    listener.say(Want.RELAX, about="seated-movement")
    listener.say(Want.HURTS, 60)
    assert listener.place.practice and listener.place.practice.hurt
    assert "hurt" not in str(listener.place.to_memory())


def test_of_all_that_was_asked_only_the_last_answer_is_remembered_and_only_when_the_listener_leaves() -> None:
    listener = Listener()
    for name in ("ice", "heat", "massage"):
        listener.say(Want.ANSWER, about=name)
    assert listener.place.to_memory() == {}
    listener.say(Want.STOP)
    assert listener.place.to_memory() == {"last": "says:massage"}


def test_no_to_going_on_is_taken_for_an_answer() -> None:
    listener = Listener()
    listener.say(Want.LAUNCH)
    listener.say(Want.RELAX, about="beach")
    listener.say(Want.STOP, 60)
    listener.return_later()
    listener.say(Want.NO)
    assert "beach" not in _text(listener.return_later())


def test_it_hurts_in_a_movement_session_leads_to_rest_and_the_second_time_it_stops() -> None:
    listener = Listener()
    first = listener.say(Want.RELAX, about="seated-movement")
    moving = next(start for start, text in _timed(first.words) if "toes" in text)
    gentler = listener.say(Want.HURTS, moving + 1)
    assert gentler.session and not any(step.moves for step in gentler.session.plan.steps[_step_of(gentler) :])
    assert _text(gentler).startswith("Then leave that one out. Let that part rest.")
    stopped = listener.say(Want.HURTS, 15)
    assert stopped.session is None and stopped.place.practice is None
    assert "call your doctor" in _text(stopped)


def _step_of(reply: Reply) -> int:
    assert reply.place.practice
    return reply.place.practice.step


@pytest.mark.parametrize("after", [0, 20, 45, 60, 90, 120, 200])
@pytest.mark.parametrize("minutes", [2, 3, 5, 10])
def test_nothing_moves_any_more_once_it_hurt(minutes: int, after: int) -> None:
    listener = Listener()
    listener.say(Want.RELAX, about="seated-movement", minutes=minutes)
    reply = listener.say(Want.HURTS, min(after, minutes * 60 - 5))
    if reply.session:
        assert not any(step.moves for step in reply.session.plan.steps[_step_of(reply) :])
        back = listener.say(Want.BACK, 1)
        assert back.session and not back.session.plan.steps[_step_of(back)].moves


@pytest.mark.parametrize("asked", [11, 15, 18, 30, 60, 9999])
@pytest.mark.parametrize("name", ["calm-breathing", "box-breathing", "four-seven-eight", "sleep-wind-down"])
def test_a_length_asked_for_on_the_way_is_kept_to_what_the_session_allows(name: str, asked: int) -> None:
    listener = Listener()
    listener.say(Want.RELAX, about=name)
    reply = listener.say(Want.MINUTES, 50, minutes=asked)
    assert reply.session
    allowed = min(asked, LIBRARY.scripts[name].longest) * 60
    assert reply.session.plan.seconds <= allowed + 10


def test_a_length_asked_for_on_the_way_is_that_of_the_whole_even_after_other_changes() -> None:
    listener = Listener()
    listener.say(Want.RELAX, about="body-scan", minutes=10)
    listener.say(Want.SHORTER, 120)
    reply = listener.say(Want.MINUTES, 1, minutes=5)
    assert reply.session
    assert reply.session.plan.seconds == pytest.approx(200, abs=40)


def test_shorter_at_the_very_start_tells_one_length_only() -> None:
    listener = Listener()
    listener.say(Want.RELAX, about="beach", minutes=10)
    text = _text(listener.say(Want.SHORTER, 2))
    assert text.startswith("About five minutes are left. This takes about five minutes.")


def test_a_number_that_was_not_understood_ends_nothing() -> None:
    listener = Listener()
    first = listener.say(Want.RELAX, about="beach")
    again = listener.say(Want.MINUTES, 100, minutes=0)
    assert again.session and "catch" in _text(again)
    assert again.session.plan == first.session.plan if first.session else False


def test_however_often_it_is_made_shorter_it_comes_to_its_end_kindly() -> None:
    for name in sorted(LIBRARY.scripts):
        listener = Listener()
        reply = listener.say(Want.RELAX, about=name)
        for _ in range(12):
            reply = listener.say(Want.SHORTER, 40)
            assert _text(reply)
            if reply.session is None:
                break  # its end was told
        assert reply.session is None or reply.session.plan.seconds < 90


def test_the_time_of_an_apology_is_not_counted_as_heard() -> None:
    listener = Listener()
    listener.say(Want.RELAX, about="calm-breathing")
    broken = CONVERSATION.apologise(listener.place, listener.now + 60)
    listener.place = broken.place
    resumed = listener.say(Want.RESUME, 160)
    expected = resumed.session.plan.step_at(60) if resumed.session else -1
    assert _step_of(resumed) == expected


def test_the_reminder_that_this_is_no_advice_is_not_lost_in_a_session() -> None:
    listener = Listener()
    listener.say(Want.RELAX, about="beach")
    answer = listener.say(Want.ANSWER, 30, about="ice")
    assert LIBRARY.phrases["notice"].says in plain_text(answer.reprompt)


def test_a_call_for_help_now_is_not_followed_by_relaxing() -> None:
    listener = Listener()
    listener.say(Want.LAUNCH)
    listener.say(Want.RELAX, about="beach")
    listener.say(Want.DANGER, 20, about="heart")
    assert listener.place.practice is None
    assert "beach" not in _text(listener.return_later())


def test_the_length_that_is_told_is_what_is_left() -> None:
    listener = Listener()
    listener.say(Want.RELAX, about="body-scan", minutes=10)
    assert _text(listener.say(Want.HOW_LONG, 300)).startswith("About five minutes are left.")
    assert _text(listener.say(Want.HOW_LONG, 120)).startswith("About three minutes are left.")
    assert _text(listener.say(Want.HOW_LONG, 160)).startswith("Less than a minute is left.")


def test_whoever_keeps_asking_how_long_still_comes_to_the_end() -> None:
    listener = Listener()
    reply = listener.say(Want.RELAX, about="calm-breathing")
    for _ in range(40):
        reply = listener.say(Want.HOW_LONG, 15)
        if reply.session is None:
            break
    assert reply.session is None


def test_longer_never_makes_it_shorter_and_keeps_to_what_the_session_allows() -> None:
    for name in sorted(LIBRARY.scripts):
        listener = Listener()
        reply = listener.say(Want.RELAX, about=name)
        for _ in range(8):
            before = seconds_to_say_all(reply.words)
            reply = listener.say(Want.LONGER, 20)
            assert reply.session and reply.place.practice
            whole = reply.place.practice.before + reply.session.plan.seconds
            assert whole <= LIBRARY.scripts[name].longest * 60 * 1.05
            assert seconds_to_say_all(reply.words) >= before - 20 - LONGEST_STEP / 2


def test_where_relaxing_comes_from_is_not_said_to_be_the_article() -> None:
    for after in (30, 400):  # while it is heard, and when its end was heard
        listener = Listener()
        listener.say(Want.RELAX, about="beach")
        text = _text(listener.say(Want.SOURCE, after))
        assert "not from my article" in text
        assert "one published" not in text


def test_going_on_after_a_doctor_is_named_says_so_first_and_keeps_the_place() -> None:
    soon = next(danger.name for danger in LIBRARY.dangers if danger.tier == "soon")
    listener = Listener()
    listener.say(Want.RELAX, about="body-scan", minutes=10)
    listener.say(Want.DANGER, 100, about=soon)
    reply = listener.say(Want.RESUME, 5)
    assert reply.session is None
    assert "doctor" in _text(reply)
    moment = next(start for start, text in _timed(reply.words) if text == "Now notice your feet.") + 1
    paused = listener.say(Want.PAUSE, moment)
    assert paused.place.practice
    step = paused.place.practice.plan(LIBRARY).steps[paused.place.practice.step]
    assert "Now notice your feet." in [cue.say.text for cue in step.cues]


def _begun(minutes: int = 10, name: str = "body-scan") -> Listener:
    listener = Listener()
    listener.say(Want.RELAX, about=name, minutes=minutes)
    return listener


def test_a_notice_before_a_session_is_not_counted_as_heard() -> None:
    reply = CONVERSATION.reply(Place(), Turn(Want.RELAX, "beach", 5, at=START))
    noticed = CONVERSATION.begin_with("phrase:memory-away", reply)
    assert reply.place.practice and noticed.place.practice and reply.session and noticed.session
    longer = seconds_to_say_all(noticed.words) - seconds_to_say_all(reply.words)
    assert longer > 1
    assert noticed.place.practice.began - reply.place.practice.began == pytest.approx(longer, abs=0.01)
    assert noticed.session.preface[-len(reply.session.preface) :] == reply.session.preface or not reply.session.preface


@pytest.mark.parametrize("want", [Want.REPEAT, Want.SIMPLER, Want.BACK, Want.UNDO, Want.NOT_THAT])
def test_words_about_the_last_words_are_about_the_answer_a_session_was_left_for(want: Want) -> None:
    listener = _begun()
    listener.say(Want.ANSWER, 30, "heat")
    listener.say(Want.ANSWER, 5, "ice")
    reply = listener.say(want, 5)
    assert reply.session is None
    assert "session" not in " ".join(reply.place.said)
    assert reply.place.practice, "the session can still be gone on with"


def test_assent_goes_on_and_no_pauses_a_session_that_is_heard() -> None:
    assert _begun().say(Want.YES, 30).session
    paused = _begun().say(Want.NO, 30)
    assert paused.session is None and paused.place.said == ("phrase:paused",)


def test_next_and_more_answer_an_offer_before_they_move_a_paused_session() -> None:
    for want in (Want.MORE, Want.NEXT):
        listener = _begun()
        listener.say(Want.PAUSE, 60)
        listener.place = replace(listener.place, offer="says:ice")
        assert listener.say(want, 5).place.said[0] == "says:ice"
        listener = _begun()
        listener.say(Want.PAUSE, 60)
        assert listener.say(want, 5).session


def test_dizzy_or_upset_ends_it_with_the_number_and_a_question() -> None:
    reply = _begun().say(Want.UNEASY, 30)
    assert reply.place.said == ("phrase:uneasy", "phrase:urgent", "phrase:what-next")
    assert reply.place.practice is None and reply.listening


def test_help_in_a_session_names_urgent_help_first_and_keeps_it() -> None:
    reply = _begun().say(Want.HELP, 30)
    assert reply.place.said == ("phrase:urgent", "phrase:help-session")
    assert reply.place.practice


def test_a_setting_of_a_paused_session_is_said_and_the_session_offered_anew() -> None:
    for want, line in ((Want.SLOWER, "phrase:slower-now"), (Want.HEARING_ON, "phrase:hearing-on")):
        listener = _begun()
        listener.say(Want.PAUSE, 60)
        reply = listener.say(want, 5)
        assert reply.place.said == (line, "phrase:offer-resume")
        practice = reply.place.practice
        assert practice and (practice.rate, practice.even) == (reply.place.rate, reply.place.even) != (1.0, False)


def test_a_setting_that_is_not_heard_in_a_session_plans_nothing_anew() -> None:
    listener = _begun()
    before = listener.place.practice
    after = listener.say(Want.SIMPLE_ON, 30).place.practice
    assert before and after and (after.first, after.seconds) == (before.first, before.seconds)


def test_lying_down_on_the_way_plans_what_is_left_for_it() -> None:
    both = next(name for name, script in LIBRARY.scripts.items() if len(script.postures) > 1)
    one = next(name for name, script in LIBRARY.scripts.items() if len(script.postures) == 1)
    changed = _begun(name=both).say(Want.LYING, 60)
    assert changed.session and changed.place.practice and changed.place.practice.posture == "lying"
    assert changed.place.posture == "lying"
    kept = _begun(name=one, minutes=5).say(Want.LYING, 60)
    assert kept.session and kept.place.practice and kept.place.practice.posture == "sitting"


def test_repeat_of_a_recording_begins_its_step_and_not_where_it_stopped() -> None:
    listener = _begun()
    listener.say(Want.PAUSE, 200)
    assert listener.place.practice
    listener.place = replace(listener.place, practice=replace(listener.place.practice, offset=205.5))
    reply = listener.say(Want.REPEAT, 5)
    assert reply.session and reply.place.practice and reply.place.practice.offset == 0


def test_start_over_after_the_end_begins_the_same_session_of_the_same_length() -> None:
    place = Place(said=("session:beach/7",), trail=("says:ice",))
    reply = CONVERSATION.reply(place, Turn(Want.START_OVER, at=START))
    assert reply.place.practice and (reply.place.practice.script, reply.place.practice.minutes) == ("beach", 7)


def test_how_long_is_told_in_whole_minutes_of_what_is_left() -> None:
    listener = _begun(10)
    told = CONVERSATION.reply(listener.place, Turn(Want.HOW_LONG, at=START + 240))
    assert LIBRARY.frame.left[6] in _text(told)


def test_a_clock_that_stands_at_nothing_loses_no_session() -> None:
    listener = Listener()
    listener.now = 0.0
    listener.say(Want.RELAX, about="beach", minutes=5)
    for want in (Want.HOW_LONG, Want.RESUME, Want.HOW_LONG):
        assert listener.say(want).place.practice
        assert listener.place.practice
