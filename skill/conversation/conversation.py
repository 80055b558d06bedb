"""The conversation: a place and a turn in, a reply out.

Every reply is a list of lines; the last line decides what follows. A line that ends in a question keeps
the microphone open and says what a yes leads to.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from skill.conversation.danger import (
    CALL,
    CALL_NOW,
    LEAVING,
    call_again,
    danger_lines,
    is_taken_back,
    leaving_lines,
    never_changes_the_subject,
)
from skill.conversation.lines import BETWEEN_SENTENCES, SLOWER, known, speak, words_of
from skill.conversation.place import LONGEST_TRAIL, Place
from skill.conversation.replies import TITLE, Replies, simpler
from skill.conversation.reply import Reply
from skill.conversation.settings import SETTINGS, to_undo, undone
from skill.conversation.turn import Turn, Want
from skill.library import Danger, Library
from skill.library.scripts import LYING, SITTING
from speech.document import Pause, spoken
from speech.duration import seconds_to_say_all

if TYPE_CHECKING:
    from skill.conversation.relaxing import Relaxing
    from skill.relaxation.practice import Practice

OPEN_QUESTIONS = frozenset(
    f"phrase:{name}"
    for name in ("anything-else", "no-more", "thanks", "welcome-again", "welcome-back", "welcome-first")
)
"""Lines that ask what else there is: a no to one of them means that there is nothing."""

QUESTIONS = ("next:", "phrase:offer-more", "phrase:after-term")
"""Lines that only ask what comes next."""

FIRST_YES_NO = 2
"""The place in `unclear` from which on a yes or a no is enough to answer."""


class Conversation:
    """Knows the library; keeps nothing between turns."""

    def __init__(self, library: Library) -> None:
        """Talk with the words of one library."""
        self._library = library
        self._replies = Replies(library)
        self._moves: Mapping[Want, Callable[[Place, Turn], Reply]] = {
            Want.LAUNCH: self._launch,
            Want.DANGER: self._danger,
            Want.ANSWER: self._answer,
            Want.DEFINE: self._define,
            Want.MORE: self._more,
            Want.REPEAT: self._repeat,
            Want.SIMPLER: self._simpler,
            Want.BACK: self._back,
            Want.UNDO: self._undo,
            Want.NOT_THAT: self._not_that,
            Want.WHICH: self._which,
            Want.FIRST: self._of_two(0),
            Want.SECOND: self._of_two(1),
            Want.YES: self._yes,
            Want.NO: self._no,
            Want.HELP: self._help,
            Want.STOP: self._stop,
            Want.CANCEL: self._cancel,
            Want.SOURCE: self._source,
            Want.MEDICAL_ADVICE: self._phrase("medical-advice", "Is this medical advice?"),
            Want.SCOPE: self._phrase("scope", "What I don't cover"),
            Want.PRIVACY: self._phrase("privacy", "Your privacy"),
            Want.VOLUME: self._aside("volume"),
            Want.THANKS: self._phrase("thanks", TITLE),
            Want.UNCLEAR: self._unclear,
            Want.RELAX: self._relax,
            Want.KINDS: self._kinds,
            Want.MINUTES: self._minutes,
            Want.SHORTER: self._shorter,
            Want.LONGER: self._phrase("no-session", TITLE),
            Want.UNEASY: self._uneasy,
            Want.PAUSE: self._phrase("take-your-time", TITLE),
            Want.RESUME: self._more,
            Want.NEXT: self._more,
            Want.PREVIOUS: self._back,
            Want.START_OVER: self._start_over,
            Want.HOW_LONG: self._phrase("no-session", TITLE),
            Want.HURTS: self._phrase("hurts", TITLE),
            Want.LYING: self._posture(LYING),
            Want.SITTING: self._posture(SITTING),
            Want.STRAIGHT_THROUGH: self._aside("straight-through"),
            Want.FORGET: self._forget,
            **dict.fromkeys(SETTINGS, self._setting),
        }

    @functools.cached_property
    def _relaxing(self) -> Relaxing:
        """What begins and steers sessions: most starts are for a question, and need not wait for it."""
        from skill.conversation.relaxing import Relaxing  # noqa: PLC0415

        return Relaxing(self._library, self._replies)

    def reply(self, place: Place, turn: Turn) -> Reply:
        """Return what is said to this turn, and the place afterwards.

        Whatever is said interrupts a relaxation session that is being heard.
        """
        reply = self._reply(place, turn)
        return reply if reply.listening else replace(reply, place=self._leaving(reply.place))

    def left(self, place: Place, now: float) -> Place:
        """Return the place when the listener has gone, at a time in seconds since 1970: what is offered next time."""
        place = self._known(place)
        practice = place.practice.paused_at(now, self._library) if place.practice else None
        return self._leaving(replace(place, practice=practice))

    def _leaving(self, place: Place) -> Place:
        """Remember the last answer, unless it says that something is not covered: others may hear it."""
        told = [line for line in place.trail if not line.startswith("term:")]
        entry = self._library.entries.get(told[-1].partition(":")[2]) if told else None
        return replace(place, last=told[-1]) if entry and entry.covered else place

    def _reply(self, place: Place, turn: Turn) -> Reply:
        place = self._known(place)
        before = place.practice
        if before is not None:
            place = replace(place, practice=before.paused_at(turn.at, self._library))
        alarm = self._alarm(place)
        if alarm is None or turn.want is Want.LAUNCH:
            return self._move(place, turn, before)
        if is_taken_back(alarm, turn.want):
            lines = ("phrase:danger-mistaken", "phrase:urgent", "phrase:what-next")
            return self._say(replace(place, alarm=""), lines, TITLE)
        if never_changes_the_subject(alarm, turn.want):
            return self._danger(place, Turn(Want.DANGER, alarm.name))
        if turn.want in {Want.YES, Want.NO}:
            return self._after_danger(place, turn, alarm)
        if turn.want in LEAVING:
            return self._replies.say(place, leaving_lines(alarm))
        reply = self._move(place, turn, before)
        return self._call_first(reply, alarm) if call_again(turn.want) else reply

    def _known(self, place: Place) -> Place:
        """Return the place without what the library no longer holds: words may change between two turns."""
        if place.practice and not place.practice.known(self._library):
            place = replace(place, practice=None)
        if place.last and not (place.last.startswith(("says:", "more:")) and known([place.last], self._library)):
            place = replace(place, last="")
        if known((*place.said, *place.trail, *filter(None, [place.offer])), self._library):
            return place
        return replace(place, said=(), trail=(), offer="")

    def _move(self, place: Place, turn: Turn, before: Practice | None) -> Reply:
        """Steer the session that is under way; or do what the turn asks for, and offer to go on with it."""
        if place.practice is None or before is None:
            return self._moves[turn.want](place, turn)
        if self._relaxing.steers(turn.want, place, playing=before.playing):
            return self._relaxing.steer(place, turn, before)
        reply = self._moves[turn.want](place, turn)
        if self._must_not_go_on(place.practice, turn):
            return replace(reply, place=replace(reply.place, practice=None))
        lines = reply.place.said
        if not before.playing or reply.place.practice is None or not lines or not lines[-1].startswith(QUESTIONS):
            return reply
        place = replace(reply.place, noticed=place.noticed)
        asked = self._replies.say(place, (*lines[:-1], "phrase:offer-resume"), reply.title)
        return replace(asked, notes=reply.notes)

    def _alarm(self, place: Place) -> Danger | None:
        return next((danger for danger in self._library.dangers if danger.name == place.alarm), None)

    def unforgotten(self, place: Place) -> Reply:
        """Return what is said when the memory could not be erased."""
        return self._replies.say(place, ("phrase:not-forgotten",))

    def _must_not_go_on(self, practice: Practice, turn: Turn) -> bool:
        """Tell whether somebody named a condition in a session that names conditions to leave it out for."""
        entry = self._library.entries.get(turn.about) if turn.want is Want.ANSWER else None
        return entry is not None and not entry.covered and bool(self._library.scripts[practice.script].caution)

    def apologise(self, place: Place, now: float) -> Reply:
        """Return what is said when something broke; the place is kept, and a session paused."""
        place = self._known(place)
        if place.practice:
            place = replace(place, practice=place.practice.paused_at(now, self._library))
        spoken = self._replies.say(place, ("phrase:apology",))
        return replace(spoken, place=replace(place, said=("phrase:apology",)))

    def begin_with(self, line: str, reply: Reply) -> Reply:
        """Return a reply that begins with a line, which is not repeated; a session in it begins later by as much."""
        first = spoken([*speak([words_of(line, self._library)]), Pause(BETWEEN_SENTENCES)])
        words = spoken([*first, *reply.words])
        place = reply.place
        if place.practice and place.practice.playing:
            later = place.practice.began + seconds_to_say_all(first)
            place = replace(place, practice=replace(place.practice, began=later))
        notes = (*self._replies.notes((line,)), *reply.notes)
        session = reply.session and replace(reply.session, preface=spoken([*first, *reply.session.preface]))
        return replace(reply, words=words, place=place, notes=notes, session=session)

    # The moves, in the order of the table.

    def _launch(self, place: Place, turn: Turn) -> Reply:
        """Greet; somebody who left a relaxation session is asked whether to go on with it."""
        back = "welcome-again" if place.last else "welcome-back"
        name = back if place.been_here else "welcome-first"
        lines: tuple[str, ...] = (f"phrase:{name}",)
        if place.practice:
            name = "welcome-short" if place.been_here else "welcome-first-short"
            lines = (f"phrase:{name}", f"go-on:{place.practice.script}")
        return self._replies.say(replace(_afresh(place), noticed=not place.been_here, been_here=True), lines)

    def _danger(self, place: Place, turn: Turn) -> Reply:
        """Answer a danger sign; nothing that was going on before it matters."""
        danger = self._library.danger(turn.about)
        # A card may be read by others in the house: what is nobody's business is not in its title.
        title = "Safety advice" if danger.crisis or danger.tier == "abuse" else f"Safety advice: {danger.title}"
        practice = None if danger.tier in CALL_NOW else place.practice
        reply = self._replies.say(place, danger_lines(danger), title)
        return replace(reply, place=replace(reply.place, offer="", alarm=danger.name, practice=practice))

    def _after_danger(self, place: Place, turn: Turn, danger: Danger) -> Reply:
        """Take a yes or a no to what a danger sign was answered with."""
        again = Turn(Want.DANGER, danger.name)
        asked_to_hear_again = place.said[-1:] != () and place.said[-1] in {"phrase:danger-no", "phrase:source-safety"}
        if danger.tier not in CALL_NOW or asked_to_hear_again:
            if turn.want is Want.YES:
                return self._danger(place, again)
            line = "phrase:danger-leave" if danger.tier in CALL_NOW else "phrase:anything-else"
            return self._say(replace(place, alarm=""), (line,), TITLE)
        if turn.want is Want.YES:
            reply = self._say(place, ("phrase:danger-yes",), TITLE)
            return replace(reply, notes=self._replies.notes((CALL[danger.tier],)))  # whoever dials reads it
        return self._say(place, ("phrase:danger-no",), TITLE)

    def _call_first(self, reply: Reply, danger: Danger) -> Reply:
        """Say once more whom to call before anything else, as the turn after a danger sign does."""
        line = CALL[danger.tier]
        first = self.begin_with(line, reply)
        place = replace(first.place, said=(line, *reply.place.said), alarm="")
        return replace(first, place=place, session=None)

    def _answer(self, place: Place, turn: Turn) -> Reply:
        return self._tell(place, f"says:{turn.about}")

    def _define(self, place: Place, turn: Turn) -> Reply:
        if turn.about not in self._library.terms:
            return self._say(place, ("phrase:unknown-word",), TITLE)
        return self._tell(place, f"term:{turn.about}")

    def _more(self, place: Place, turn: Turn) -> Reply:
        if place.offer:  # the rest of this answer, or where it has none, what was offered next
            return self._offered(place, turn)
        if _after_a_session(place):
            return self._relaxing.over(place)
        if not place.trail:
            return self._say(place, ("phrase:nothing-yet",), TITLE)
        latest = place.trail[-1]
        kind, _, name = latest.partition(":")
        if kind == "says" and self._library.entries[name].more:
            return self._tell(place, f"more:{name}")
        return self._say(place, ("phrase:no-more",), TITLE)

    def _offered(self, place: Place, turn: Turn) -> Reply:
        """Give what the last question offered: an answer, a session, or to go on with one."""
        kind, _, name = place.offer.partition(":")
        if kind == "relax":
            return self._relaxing.begin(place, name, turn)
        if kind == "resume":
            if place.practice is None:
                return self._say(place, ("phrase:no-session",), TITLE)
            return self._relaxing.steer(place, replace(turn, want=Want.RESUME), place.practice)
        return self._tell(place, place.offer)

    def _repeat(self, place: Place, turn: Turn) -> Reply:
        if not place.said:
            return self._say(place, ("phrase:nothing-yet",), TITLE)
        if place.said[-1] == "phrase:welcome-again" and place.last:
            return self._tell(place, place.last)
        again = place.repeats >= 1
        if _after_a_session(place):
            return self._start_over(place, turn)
        lines = tuple(simpler(line) for line in place.said) if again else place.said
        said = self._replies.say(place, lines, self._replies.title(place.said), pace=SLOWER if again else 1.0)
        kept = replace(place, repeats=place.repeats + 1, said=place.said)
        return replace(said, place=kept)

    def _simpler(self, place: Place, turn: Turn) -> Reply:
        if _after_a_session(place):
            return self._relaxing.over(place)
        return self._repeat(replace(place, repeats=max(1, place.repeats)), turn)

    def _back(self, place: Place, turn: Turn) -> Reply:
        """Return to the answer before; from help or an error, to the answer being heard."""
        if _after_a_session(place):
            return self._relaxing.over(place)
        if not place.trail:
            return self._say(place, ("phrase:nothing-yet",), TITLE)
        away = not place.said or place.said[0] not in {place.trail[-1], simpler(place.trail[-1])}
        earlier = place.trail if away else place.trail[:-1]
        if not earlier:
            return self._say(place, ("phrase:nothing-before",), TITLE)
        return self._tell(replace(place, trail=earlier[:-1]), earlier[-1])

    def _undo(self, place: Place, turn: Turn) -> Reply:
        """Take the last change of a setting back; where there was none, go back."""
        after, line = undone(place)
        return self._replies.aside(after, line, "phrase:what-next") if line else self._back(place, turn)

    def _not_that(self, place: Place, turn: Turn) -> Reply:
        """Own up to a misunderstanding, and offer two ways on; going back passes over what was not asked for."""
        about = place.said[0].partition(":")[2] if place.said else ""
        while place.trail and place.trail[-1].partition(":")[2] == about:
            place = replace(place, trail=place.trail[:-1])
        return self._say(place, ("phrase:not-that" if place.trail else "phrase:not-that-first",), TITLE)

    def _which(self, place: Place, turn: Turn) -> Reply:
        line = f"which:{turn.about}/{turn.other}"
        return self._say(place, (line,), TITLE) if known([line], self._library) else self._unclear(place, turn)

    def _of_two(self, number: int) -> Callable[[Place, Turn], Reply]:
        """Take the first or the second of two things that were named."""

        def move(place: Place, turn: Turn) -> Reply:
            kind, _, named = (place.said[-1] if place.said else "").partition(":")
            if kind == "which":
                return self._tell(place, f"says:{named.split('/')[number]}")
            return self._unclear(place, turn) if number or not place.offer else self._offered(place, turn)

        return move

    def _yes(self, place: Place, turn: Turn) -> Reply:
        return self._offered(place, turn) if place.offer else self._say(place, ("phrase:ask-away",), TITLE)

    def _no(self, place: Place, turn: Turn) -> Reply:
        if place.misses > FIRST_YES_NO:
            return self._unclear(place, turn, urgent=False)
        if place.said and place.said[-1].startswith("go-on:"):
            place = replace(place, practice=None)
        if not place.offer and (not place.said or place.said[-1] in OPEN_QUESTIONS):
            return self._stop(place, turn)
        return self._say(place, ("phrase:anything-else",), TITLE)

    def _help(self, place: Place, turn: Turn) -> Reply:
        if place.misses > FIRST_YES_NO:
            name = "help-choice"
        elif place.helps:
            name = "help-again"
        else:
            name = "help-answer" if place.trail else "help-start"
        said = self._say(place, ("phrase:urgent", f"phrase:{name}"), "Help")
        return replace(said, place=replace(said.place, offer=place.offer, helps=place.helps + 1, misses=place.misses))

    def _stop(self, place: Place, turn: Turn) -> Reply:
        heard_something = bool(place.trail)
        name = "goodbye" if heard_something else "goodbye-unheard"
        return self._say(place, (f"phrase:{name}",), TITLE)

    def _cancel(self, place: Place, turn: Turn) -> Reply:
        """Leave the question that is open; where there is none, leave the skill."""
        if place.misses > FIRST_YES_NO and place.offer:
            return self._say(place, ("phrase:anything-else",), TITLE)
        return self._stop(place, turn)

    def _source(self, place: Place, turn: Turn) -> Reply:
        if place.practice or _after_a_session(place):
            question = "phrase:offer-resume" if place.practice else "phrase:what-next"
            return self._say(place, ("phrase:source-relaxation", question), "Where this comes from")
        kind, _, name = (place.trail[-1] if place.trail else "").partition(":")
        entry = self._library.entries.get(name) if kind in {"says", "more"} else None
        phrase = "source" if entry is None or entry.covered else "source-scope"
        phrase = "source-safety" if place.alarm else phrase
        return self._say(place, (f"phrase:{phrase}",), "Where this comes from")

    def _relax(self, place: Place, turn: Turn) -> Reply:
        return self._relaxing.relax(place, turn)

    def _kinds(self, place: Place, turn: Turn) -> Reply:
        return self._relaxing.kinds(place, turn)

    def _uneasy(self, place: Place, turn: Turn) -> Reply:
        return self._relaxing.uneasy(place, turn)

    def _minutes(self, place: Place, turn: Turn) -> Reply:
        """Take a number of minutes as the answer to how long; said out of the blue, it is unclear."""
        kind, _, name = place.offer.partition(":")
        return self._relaxing.begin(place, name, turn) if kind == "relax" else self._unclear(place, turn)

    def _shorter(self, place: Place, turn: Turn) -> Reply:
        kind, _, name = place.offer.partition(":")
        if kind == "relax":
            return self._relaxing.begin_shortest(place, name, turn)
        if not place.trail and not _after_a_session(place):  # nothing was told that could be said in fewer words
            return self._relaxing.begin_shortest(place, self._library.frame.first, turn)
        return self._simpler(place, turn)

    def _start_over(self, place: Place, turn: Turn) -> Reply:
        """Begin again: the session whose end was heard, or else the conversation."""
        kind, _, session = (place.said[-1] if place.said else "").partition(":")
        if kind != "session":
            return self._launch(place, turn)
        name, _, minutes = session.partition("/")
        return self._relaxing.begin(place, name, replace(turn, minutes=int(minutes)))

    def _posture(self, posture: str) -> Callable[[Place, Turn], Reply]:
        """Remember how the listener rests for the session that may begin next."""

        def move(place: Place, turn: Turn) -> Reply:
            kind, _, name = place.offer.partition(":")
            place = replace(place, posture=posture)
            if kind == "relax":
                return self._relaxing.begin(place, name, turn)
            return self._say(place, ("phrase:no-session",), TITLE)

        return move

    def _setting(self, place: Place, turn: Turn) -> Reply:
        """Change how we speak, and say so in the new way."""
        after, line = SETTINGS[turn.want](place)
        reply = self._replies.aside(after, line, "phrase:what-next")
        return replace(reply, place=replace(reply.place, undo=to_undo(place, after)))

    def _forget(self, place: Place, turn: Turn) -> Reply:
        return self._say(Place(), ("phrase:forgotten",), TITLE)

    def _phrase(self, name: str, title: str) -> Callable[[Place, Turn], Reply]:
        return lambda place, _: self._say(place, (f"phrase:{name}",), title)

    def _aside(self, name: str) -> Callable[[Place, Turn], Reply]:
        """Say a line beside the conversation: what was said before it can still be repeated."""
        return lambda place, _: self._replies.aside(place, f"phrase:{name}")

    def _unclear(self, place: Place, turn: Turn, *, urgent: bool = True) -> Reply:
        """Say that it was not understood, in other words each time, and ever easier to answer."""
        count = len(self._library.unclear)
        step = place.misses
        if step >= count:
            step = FIRST_YES_NO + (step - count) % (count - FIRST_YES_NO)
        lines = ("phrase:urgent",) if urgent else ()
        said = self._say(place, (*lines, f"unclear:{step}"), TITLE)
        return replace(said, place=replace(said.place, misses=place.misses + 1))

    def _tell(self, place: Place, line: str) -> Reply:
        return self._replies.tell(replace(place, trail=place.trail[1 - LONGEST_TRAIL :]), line)

    def _say(self, place: Place, lines: tuple[str, ...], title: str) -> Reply:
        return self._replies.say(place, lines, title)


def _after_a_session(place: Place) -> bool:
    """Tell whether the end of a relaxation session was the last thing heard."""
    return bool(place.said) and place.said[-1].startswith("session:")


def _afresh(place: Place) -> Place:
    """Return a place that has nothing but what outlasts a session."""
    return Place.from_memory(place.to_memory())
