"""Relaxation sessions in the conversation: beginning one, and every way to steer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.conversation.lines import BETWEEN_SENTENCES, speak, words_of
from skill.conversation.place import Place
from skill.conversation.replies import SUBJECTS, Replies, after
from skill.conversation.reply import Reply, Session
from skill.conversation.settings import SETTINGS, to_undo, undone
from skill.conversation.turn import Turn, Want
from skill.library import Library
from skill.library.scripts import LYING, SITTING, Script
from skill.relaxation import rest
from skill.relaxation.practice import Practice
from speech.document import Pause, Spoken, spoken
from speech.duration import seconds_to_say_all

KINDS = ("phrase:relax-kinds", "phrase:relax-kinds-2", "phrase:relax-kinds-3")
"""What can be chosen from, three at a time."""

MORE_SECONDS = 120.0
"""What "longer" adds."""

OF_THE_LAST_WORDS = frozenset({Want.REPEAT, Want.SIMPLER, Want.BACK, Want.UNDO, Want.NOT_THAT})
ONWARDS = frozenset({Want.MORE, Want.NEXT})

Steer = Callable[[Place, Turn, Practice], Reply]


class Relaxing:
    """Begins and steers the sessions of one library."""

    def __init__(self, library: Library, replies: Replies) -> None:
        """Take the words."""
        self._library = library
        self._replies = replies
        self._steering: Mapping[Want, Steer] = {
            Want.PAUSE: self._pause,
            Want.RESUME: self._resume,
            Want.MORE: self._resume,
            Want.REPEAT: self._repeat,
            Want.SIMPLER: self._repeat,
            Want.NEXT: self._next,
            Want.PREVIOUS: self._previous,
            Want.BACK: self._previous,
            Want.UNDO: self._undo,
            Want.NOT_THAT: self._not_that,
            Want.START_OVER: self._start_over,
            Want.MINUTES: self._of_other_length,
            Want.SHORTER: self._shorter,
            Want.LONGER: self._longer,
            Want.UNEASY: self.uneasy,
            Want.LYING: self._lying,
            Want.SITTING: self._sitting,
            Want.STOP: self._stop,
            Want.CANCEL: self._stop,
            Want.HELP: self._help,
            Want.HURTS: self._hurts,
            Want.HOW_LONG: self._how_long,
            Want.VOLUME: self._with_a_word("phrase:volume-session"),
            Want.THANKS: self._with_a_word("phrase:thanks-session"),
            Want.STRAIGHT_THROUGH: self._with_a_word("phrase:straight-through"),
            Want.UNCLEAR: self._with_a_word("phrase:unclear-session", "phrase:urgent"),
            **dict.fromkeys(SETTINGS, self._setting),
        }

    def steers(self, want: Want, place: Place, *, playing: bool) -> bool:
        """Tell whether this is something to do with a session; a word of assent only while one is heard.

        Where a paused session was left for an answer, "repeat" and the like are about that answer.
        """
        if playing:
            return want in self._steering or want in {Want.YES, Want.NO}
        if want in OF_THE_LAST_WORDS and place.said and place.said[0].startswith(SUBJECTS):
            return False
        return want in self._steering and (want not in ONWARDS or place.offer in {"", "resume:"})

    def steer(self, place: Place, turn: Turn, practice: Practice) -> Reply:
        """Do it; `practice` is the place's own, as it was before this turn interrupted it."""
        if turn.want in {Want.YES, Want.NO}:  # "okay", "mm"; "no, not now"
            steer = self._with_a_word() if turn.want is Want.YES else self._pause
            return steer(place, turn, practice)
        return self._steering[turn.want](place, turn, practice)

    # Beginning.

    def relax(self, place: Place, turn: Turn) -> Reply:
        """Begin the session that was asked for; where none was and no length, ask how long."""
        if not turn.about and not turn.minutes:
            return self._replies.say(replace(place, practice=None), ("phrase:relax-how-long",))
        return self.begin(place, turn.about or self._library.frame.first, turn)

    def begin(self, place: Place, name: str, turn: Turn) -> Reply:
        """Begin a session from its start."""
        script = self._library.scripts[name]
        minutes = max(script.shortest, min(script.longest, turn.minutes or script.usual))
        posture = place.posture if place.posture in script.postures else script.postures[0]
        practice = Practice(name, minutes, posture, rate=place.rate, even=place.even)
        return self._go(place, practice, turn.at)

    def begin_shortest(self, place: Place, name: str, turn: Turn) -> Reply:
        """Begin the short form of a session."""
        return self.begin(place, name, replace(turn, minutes=self._library.scripts[name].shortest))

    def kinds(self, place: Place, turn: Turn) -> Reply:
        """Name three sessions, and three others each time that it is asked again."""
        last = KINDS.index(place.said[-1]) if place.said and place.said[-1] in KINDS else -1
        return self._replies.say(place, (KINDS[(last + 1) % len(KINDS)],))

    def over(self, place: Place) -> Reply:
        """Say that the session has come to its end."""
        return self._replies.say(replace(place, practice=None), ("phrase:session-over",))

    # Going on, from the start of a step.

    def _go(
        self,
        place: Place,
        practice: Practice,
        now: float,
        *lines: str,
        extra: Spoken = (),
        heard: float = 0.0,
    ) -> Reply:
        """Say the lines, then go on with the session until something is said.

        It goes on at the start of the step; or, after a short word, where it was at the second `heard`.
        """
        plan = practice.plan(self._library)
        if not plan.steps:
            return self.over(place)
        script = self._script(practice)
        said = speak([words_of(line, self._library) for line in lines], practice.rate)
        preface = spoken([*said, *([Pause(BETWEEN_SENTENCES)] if said else []), *extra])
        start = plan.steps[practice.step].start
        sentence = plan.going_on_at(heard, practice.step)
        began = max(0.0, now + seconds_to_say_all(preface) - (sentence - start))  # a request may name no time
        closing = words_of("phrase:after-session", self._library)
        return Reply(
            words=spoken([*preface, *plan.words(practice.step, sentence)]),
            reprompt=() if script.sleep else speak([closing], place.rate),
            title=script.title,
            place=replace(
                after(place, (f"session:{practice.script}/{practice.minutes}",)),
                practice=replace(practice, began=began, since=sentence if sentence > start else 0.0),
            ),
            listening=True,
            session=Session(plan, preface),
        )

    def _script(self, practice: Practice) -> Script:
        return self._library.scripts[practice.script]

    def _resume(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._go(place, self._here(place), turn.at)

    def _here(self, place: Place) -> Practice:
        if place.practice is None:
            raise LookupError("there is no session to steer")
        return place.practice

    def _repeat(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._go(place, replace(self._here(place), offset=0.0), turn.at)

    def _next(self, place: Place, turn: Turn, before: Practice) -> Reply:
        later = rest.step_after(self._here(place), self._library)
        return self._go(place, later, turn.at) if later else self.over(place)

    def _previous(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._go(place, rest.step_before(self._here(place), self._library), turn.at)

    def _start_over(self, place: Place, turn: Turn, before: Practice) -> Reply:
        practice = self._here(place)
        again = Practice(practice.script, practice.minutes, practice.posture, rate=place.rate, even=place.even)
        return self._go(place, again, turn.at)

    def _with_a_word(self, *lines: str) -> Steer:
        """Say something short and go on; a session that was paused stays so."""

        def steer(place: Place, turn: Turn, before: Practice) -> Reply:
            practice = self._here(place)
            if before.playing:
                return self._go(place, practice, turn.at, *lines, heard=self._heard(before, turn))
            return self._on(place, turn, before, practice, *lines)

        return steer

    def _heard(self, before: Practice, turn: Turn) -> float:
        """Return the second of the plan that was being heard, or was to be heard after the preface."""
        heard = before.plan(self._library).steps[before.step].start + turn.at - before.began
        return max(heard, before.since)

    def _on(self, place: Place, turn: Turn, before: Practice, practice: Practice, *lines: str) -> Reply:
        """Go on with a session that was playing; offer to, where it was paused."""
        if before.playing:
            return self._go(place, practice, turn.at, *lines)
        return self._replies.say(replace(place, practice=practice), (*lines, "phrase:offer-resume"))

    def _setting(self, place: Place, turn: Turn, before: Practice) -> Reply:
        after, line = SETTINGS[turn.want](place)
        reply = self._changed(place, after, line, turn, before)
        return replace(reply, place=replace(reply.place, undo=to_undo(place, after)))

    def _undo(self, place: Place, turn: Turn, before: Practice) -> Reply:
        """Take the last change of a setting back; where there was none, go a step back."""
        after, line = undone(place)
        return self._changed(place, after, line, turn, before) if line else self._previous(place, turn, before)

    def _changed(self, place: Place, after: Place, line: str, turn: Turn, before: Practice) -> Reply:
        """Say what was changed, and go on; what is left is planned anew where the change is heard in it."""
        practice = self._here(place)
        if (after.rate, after.even) == (practice.rate, practice.even):
            return self._with_a_word(line)(after, turn, before)
        practice = rest.planned_anew(practice, self._library, rate=after.rate, even=after.even)
        return self._on(after, turn, before, practice, line)

    def _not_that(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._replies.say(place, ("phrase:not-that-session",))

    def _how_long(self, place: Place, turn: Turn, before: Practice) -> Reply:
        left = self._left(before, turn) if before.playing else rest.left(self._here(place), self._library)
        return self._with_a_word(f"left:{round(left / 60)}")(place, turn, before)

    def _left(self, before: Practice, turn: Turn) -> float:
        """Return the seconds from what was being heard to the end."""
        return before.plan(self._library).seconds - self._heard(before, turn)

    # Changing what is left.

    def _shorter(self, place: Place, turn: Turn, before: Practice) -> Reply:
        practice, script = self._here(place), self._script(self._here(place))
        if rest.only_opened(practice) and practice.minutes > script.shortest:  # 15, 5 and 2 minutes
            minutes = script.usual if practice.minutes > script.usual else script.shortest
            return self._of_length(place, turn, minutes * 60.0)
        shorter = rest.planned_anew(practice, self._library, seconds=rest.left(practice, self._library) / 2)
        if before.playing and shorter.plan(self._library).seconds >= self._left(before, turn):
            return self._how_long(place, turn, before)  # nothing is left that could be left out
        return self._of_plan(place, turn, shorter)

    def _longer(self, place: Place, turn: Turn, before: Practice) -> Reply:
        practice = self._here(place)
        left = rest.left(practice, self._library)
        most = self._script(practice).longest * 60 - rest.heard(practice, self._library)
        return self._of_length(place, turn, max(left, min(most, left + MORE_SECONDS)))

    def _of_other_length(self, place: Place, turn: Turn, before: Practice) -> Reply:
        """Take a number of minutes to be the length of the whole, within what the session allows."""
        if not turn.minutes:
            return self._steering[Want.UNCLEAR](place, turn, before)
        practice = self._here(place)
        script = self._script(practice)
        minutes = max(script.shortest, min(script.longest, turn.minutes))
        return self._of_length(place, turn, max(1.0, minutes * 60 - rest.heard(practice, self._library)))

    def _of_length(self, place: Place, turn: Turn, seconds: float) -> Reply:
        return self._of_plan(place, turn, rest.planned_anew(self._here(place), self._library, seconds=seconds))

    def _of_plan(self, place: Place, turn: Turn, practice: Practice) -> Reply:
        return self._go(place, practice, turn.at, f"left:{round(practice.plan(self._library).seconds / 60)}")

    def _lying(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._in_posture(place, turn, before, LYING, "phrase:lying")

    def _sitting(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._in_posture(place, turn, before, SITTING, "phrase:sitting")

    def _in_posture(self, place: Place, turn: Turn, before: Practice, posture: str, line: str) -> Reply:
        practice = self._here(place)
        if posture not in self._script(practice).postures:
            return self._on(place, turn, before, practice, "phrase:only-sitting")
        if posture != practice.posture:
            practice = rest.planned_anew(practice, self._library, posture=posture)
        return self._on(replace(place, posture=posture), turn, before, practice, line)

    # Stopping.

    def _pause(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._replies.say(place, ("phrase:paused",))

    def _stop(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._replies.say(place, ("phrase:relax-stopped",))

    def _help(self, place: Place, turn: Turn, before: Practice) -> Reply:
        return self._replies.say(place, ("phrase:urgent", "phrase:help-session"), "Help")

    def uneasy(self, place: Place, turn: Turn, before: Practice | None = None) -> Reply:
        """Stop for good: nobody who is dizzy or upset is led further."""
        return self._replies.say(replace(place, practice=None), ("phrase:uneasy", "phrase:urgent", "phrase:what-next"))

    def _hurts(self, place: Place, turn: Turn, before: Practice) -> Reply:
        """End this step and go on with a gentler one; the second time, stop."""
        practice = self._here(place)
        gentler = rest.after_hurting(practice, self._library)
        if practice.hurt or gentler is None:
            return self._replies.say(replace(place, practice=None), ("phrase:hurts-stop",))
        easy = rest.easy_breath(practice, self._library)
        return self._go(place, gentler, turn.at, "phrase:hurts-session", extra=easy)
