"""The conversation: a place and a turn in, a reply out.

Every reply is a list of lines; the last line decides what follows. A line that ends in a question keeps
the microphone open and says what a yes leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.conversation.danger import (
    CALL,
    CALL_NOW,
    LEAVING,
    call_again,
    danger_lines,
    leaving_lines,
    never_changes_the_subject,
)
from skill.conversation.lines import BETWEEN_SENTENCES, SLOWER, known, phrase_of, speak, words_of
from skill.conversation.place import LONGEST_TRAIL, Place
from skill.conversation.reply import Reply
from skill.conversation.turn import Turn, Want
from skill.library import Danger, Library
from speech.document import Pause, spoken

TITLE = "Gentle Back"

OPEN_QUESTIONS = frozenset(
    f"phrase:{name}" for name in ("anything-else", "no-more", "thanks", "welcome-back", "welcome-first")
)
"""Lines that ask what else there is: a no to one of them means that there is nothing."""

SUBJECTS = ("says:", "more:", "simple:", "term:")
"""Lines that tell something; a question after one of them is about it."""

FIRST_YES_NO = 2
"""The place in `unclear` from which on a yes or a no is enough to answer."""


class Conversation:
    """Knows the library; keeps nothing between turns."""

    def __init__(self, library: Library) -> None:
        """Talk with the words of one library."""
        self._library = library
        self._moves: Mapping[Want, Callable[[Place, Turn], Reply]] = {
            Want.LAUNCH: self._launch,
            Want.DANGER: self._danger,
            Want.ANSWER: self._answer,
            Want.DEFINE: self._define,
            Want.MORE: self._more,
            Want.REPEAT: self._repeat,
            Want.SIMPLER: self._simpler,
            Want.BACK: self._back,
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
        }

    def reply(self, place: Place, turn: Turn) -> Reply:
        """Return what is said to this turn, and the place afterwards."""
        if not known((*place.said, *place.trail, *filter(None, [place.offer])), self._library):
            place = Place(noticed=place.noticed, alarm=place.alarm)  # the words changed while the session was open
        alarm = self._alarm(place)
        if alarm is None or turn.want is Want.LAUNCH:
            return self._moves[turn.want](place, turn)
        if never_changes_the_subject(alarm, turn.want):
            return self._danger(place, Turn(Want.DANGER, alarm.name))
        if turn.want in {Want.YES, Want.NO}:
            return self._after_danger(place, turn, alarm)
        if turn.want in LEAVING:
            return self._say(place, leaving_lines(alarm), TITLE)
        reply = self._moves[turn.want](place, turn)
        return self._call_first(reply, alarm) if call_again(turn.want) else reply

    def _alarm(self, place: Place) -> Danger | None:
        return next((danger for danger in self._library.dangers if danger.name == place.alarm), None)

    def apologise(self, place: Place) -> Reply:
        """Return what is said when something broke; the place is kept as it was."""
        spoken = self._say(place, ("phrase:apology",), TITLE)
        return replace(spoken, place=replace(place, said=("phrase:apology",)))

    # The moves, in the order of the table.

    def _launch(self, _: Place, turn: Turn) -> Reply:
        name = "welcome-first" if turn.first_visit else "welcome-back"
        return self._say(Place(noticed=turn.first_visit), (f"phrase:{name}",), TITLE)

    def _danger(self, place: Place, turn: Turn) -> Reply:
        """Answer a danger sign; nothing that was going on before it matters."""
        danger = self._library.danger(turn.about)
        # A card may be read by others in the house: what is nobody's business is not in its title.
        title = "Safety advice" if danger.crisis or danger.tier == "abuse" else f"Safety advice: {danger.title}"
        reply = self._say(place, danger_lines(danger), title)
        return replace(reply, place=replace(reply.place, offer="", alarm=danger.name))

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
            return self._say(place, ("phrase:danger-yes",), TITLE)
        return self._say(place, ("phrase:danger-no",), TITLE)

    def _call_first(self, reply: Reply, danger: Danger) -> Reply:
        """Say once more whom to call before anything else, as the turn after a danger sign does."""
        line = CALL[danger.tier]
        words = spoken([*speak([words_of(line, self._library)]), Pause(BETWEEN_SENTENCES), *reply.words])
        place = replace(reply.place, said=(line, *reply.place.said), alarm="")
        return replace(reply, words=words, place=place, notes=(*self._notes((line,)), *reply.notes))

    def _answer(self, place: Place, turn: Turn) -> Reply:
        return self._tell(place, f"says:{turn.about}")

    def _define(self, place: Place, turn: Turn) -> Reply:
        if turn.about not in self._library.terms:
            return self._say(place, ("phrase:unknown-word",), TITLE)
        return self._tell(place, f"term:{turn.about}")

    def _more(self, place: Place, turn: Turn) -> Reply:
        if place.offer:  # the rest of this answer, or where it has none, what was offered next
            return self._tell(place, place.offer)
        if not place.trail:
            return self._say(place, ("phrase:nothing-yet",), TITLE)
        latest = place.trail[-1]
        kind, _, name = latest.partition(":")
        if kind == "says" and self._library.entries[name].more:
            return self._tell(place, f"more:{name}")
        return self._say(place, ("phrase:no-more",), TITLE)

    def _repeat(self, place: Place, turn: Turn) -> Reply:
        if not place.said:
            return self._say(place, ("phrase:nothing-yet",), TITLE)
        again = place.repeats >= 1
        lines = tuple(_simpler(line) for line in place.said) if again else place.said
        said = self._say(place, lines, self._title(place.said), pace=SLOWER if again else 1.0)
        kept = replace(place, repeats=place.repeats + 1, said=place.said)
        return replace(said, place=kept)

    def _simpler(self, place: Place, turn: Turn) -> Reply:
        return self._repeat(replace(place, repeats=max(1, place.repeats)), turn)

    def _back(self, place: Place, turn: Turn) -> Reply:
        """Return to the answer before; from help or an error, to the answer being heard."""
        if not place.trail:
            return self._say(place, ("phrase:nothing-yet",), TITLE)
        away = not place.said or place.said[0] != place.trail[-1]
        earlier = place.trail if away else place.trail[:-1]
        if not earlier:
            return self._say(place, ("phrase:nothing-before",), TITLE)
        return self._tell(replace(place, trail=earlier[:-1]), earlier[-1])

    def _yes(self, place: Place, turn: Turn) -> Reply:
        return self._tell(place, place.offer) if place.offer else self._say(place, ("phrase:ask-away",), TITLE)

    def _no(self, place: Place, turn: Turn) -> Reply:
        if place.misses > FIRST_YES_NO:
            return self._unclear(place, turn, urgent=False)
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
        kind, _, name = (place.trail[-1] if place.trail else "").partition(":")
        entry = self._library.entries.get(name) if kind in {"says", "more"} else None
        phrase = "source" if entry is None or entry.covered else "source-scope"
        phrase = "source-safety" if place.alarm else phrase
        return self._say(place, (f"phrase:{phrase}",), "Where this comes from")

    def _phrase(self, name: str, title: str) -> Callable[[Place, Turn], Reply]:
        return lambda place, _: self._say(place, (f"phrase:{name}",), title)

    def _aside(self, name: str) -> Callable[[Place, Turn], Reply]:
        """Say a line beside the conversation: what was said before it can still be repeated."""

        def move(place: Place, _: Turn) -> Reply:
            reply = self._say(place, (f"phrase:{name}",), TITLE)
            return replace(reply, place=replace(place, said=place.said or (f"phrase:{name}",)))

        return move

    def _unclear(self, place: Place, turn: Turn, *, urgent: bool = True) -> Reply:
        """Say that it was not understood, in other words each time, and ever easier to answer."""
        count = len(self._library.unclear)
        step = place.misses
        if step >= count:
            step = FIRST_YES_NO + (step - count) % (count - FIRST_YES_NO)
        lines = ("phrase:urgent",) if urgent else ()
        said = self._say(place, (*lines, f"unclear:{step}"), TITLE)
        return replace(said, place=replace(said.place, misses=place.misses + 1))

    # How lines become a reply.

    def _tell(self, place: Place, line: str) -> Reply:
        """Give an answer, with what always goes with it, and remember it for going back."""
        kind, _, name = line.partition(":")
        trail = (*place.trail, line)[-LONGEST_TRAIL:]
        place = replace(place, trail=trail)
        if kind == "term":
            return self._say(place, (line, "phrase:after-term"), f"What {name} means")
        entry = self._library.entries[name]
        lines = [line]
        if entry.tail:
            lines.append(f"phrase:{entry.tail}")
        lines.append("phrase:offer-more" if kind == "says" and entry.more else f"next:{name}")
        return self._say(place, tuple(lines), entry.title)

    def _say(self, place: Place, lines: tuple[str, ...], title: str, pace: float = 1.0) -> Reply:
        """Make a reply of lines; what the last one asks decides the offer and the reprompt."""
        offer, reprompt = self._follow(lines)
        # One spoken reminder a session that this is no advice: in the first reprompt after an answer,
        # where it lengthens no answer.
        remind = bool(reprompt) and bool(place.trail) and not place.noticed
        place = replace(
            place,
            said=lines,
            offer=offer,
            misses=0,
            repeats=0,
            helps=0,
            noticed=place.noticed or remind,
        )
        notice = [words_of("phrase:notice", self._library)] if remind else []
        return Reply(
            words=speak([words_of(line, self._library) for line in lines], pace),
            reprompt=speak([*notice, reprompt]) if reprompt else (),
            title=title,
            place=place,
            notes=self._notes(lines),
        )

    def _notes(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return what the card adds for these lines; safety advice says whose it is."""
        notes = [phrase_of(line, self._library).card for line in lines if line.startswith("phrase:")]
        reasons = [line.partition(":")[2] for line in lines if line.startswith("reason:")]
        notes += [f"Safety advice, not from the article. {self._library.danger(name).basis}." for name in reasons]
        return tuple(note for note in notes if note)

    def _follow(self, lines: tuple[str, ...]) -> tuple[str, str]:
        """Return what a yes to the last line leads to, and what is heard when nobody answers."""
        kind, _, name = lines[-1].partition(":")
        if kind == "next":
            offer = self._library.entries[name].offer
            return f"says:{offer.entry}", self._library.phrases["offer-next"].reprompt
        phrase = phrase_of(lines[-1], self._library)
        subject = next((line.partition(":")[2] for line in lines if line.startswith(SUBJECTS)), "")
        if name == "offer-more":
            return f"more:{subject}", phrase.reprompt
        if name == "after-term":
            return f"says:{self._library.terms[subject].entry}", phrase.reprompt
        return (f"says:{phrase.offer}" if phrase.offer else ""), phrase.reprompt

    def _title(self, lines: tuple[str, ...]) -> str:
        line = next((line for line in lines if line.startswith(SUBJECTS)), "")
        kind, _, name = line.partition(":")
        if not kind:
            return TITLE
        return f"What {name} means" if kind == "term" else self._library.entries[name].title


def _simpler(line: str) -> str:
    kind, _, name = line.partition(":")
    return f"simple:{name}" if kind == "says" else line
