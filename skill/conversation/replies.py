"""Lines to a reply: their words, what a yes leads to, what is heard when nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.conversation.lines import MORE_SILENCE, SLOWER, phrase_of, speak, words_of
from skill.conversation.place import Place
from skill.conversation.reply import Reply
from skill.library import Library

TITLE = "Gentle Back"

SUBJECTS = ("says:", "more:", "simple:", "term:")
"""Lines that tell something; a question after one of them is about it."""


class Replies:
    """Makes replies of the lines of one library."""

    def __init__(self, library: Library) -> None:
        """Take the words."""
        self._library = library

    def tell(self, place: Place, line: str) -> Reply:
        """Give an answer, with what always goes with it, and remember it for going back."""
        kind, _, name = line.partition(":")
        place = replace(place, trail=(*place.trail, line))
        if kind == "term":
            return self.say(place, (line, "phrase:after-term"), f"What {name} means")
        entry = self._library.entries[name]
        lines = [simpler(line) if place.simple else line]
        if entry.tail:
            lines.append(f"phrase:{entry.tail}")
        lines.append("phrase:offer-more" if kind == "says" and entry.more else f"next:{name}")
        return self.say(place, tuple(lines), entry.title)

    def say(self, place: Place, lines: tuple[str, ...], title: str = TITLE, pace: float = 1.0) -> Reply:
        """Make a reply of lines; what the last one asks decides the offer and the reprompt."""
        offer, reprompt = self._follow(lines)
        # One spoken reminder a session that this is no advice: in the first reprompt after an answer,
        # where it lengthens no answer.
        remind = bool(reprompt) and bool(place.trail) and not place.noticed
        notice = [words_of("phrase:notice", self._library)] if remind else []
        texts = [words_of(line, self._library, simple=place.simple) for line in lines]
        usual = place.rate * (SLOWER if place.simple else 1)
        silence = MORE_SILENCE if place.simple else 1
        return Reply(
            words=speak(texts, pace * usual, silence),
            reprompt=speak([*notice, reprompt], usual, silence) if reprompt else (),
            title=title,
            place=replace(after(place, lines), offer=offer, noticed=place.noticed or remind),
            listening=bool(reprompt),
            notes=self.notes(lines),
        )

    def aside(self, place: Place, *lines: str) -> Reply:
        """Say lines beside the conversation: what was said before them can still be repeated."""
        reply = self.say(place, lines)
        kept = replace(reply.place, said=place.said or lines, offer=place.offer, misses=place.misses)
        return replace(reply, place=kept)

    def notes(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return what the card adds for these lines; safety advice says whose it is."""
        notes = [phrase_of(line, self._library).card for line in lines if line.startswith("phrase:")]
        reasons = [line.partition(":")[2] for line in lines if line.startswith("reason:")]
        notes += [f"Safety advice, not from the article. {self._library.danger(name).basis}." for name in reasons]
        return tuple(note for note in notes if note)

    def title(self, lines: tuple[str, ...]) -> str:
        """Return the card's title for what these lines tell."""
        line = next((line for line in lines if line.startswith(SUBJECTS)), "")
        kind, _, name = line.partition(":")
        if not kind:
            return TITLE
        return f"What {name} means" if kind == "term" else self._library.entries[name].title

    def _follow(self, lines: tuple[str, ...]) -> tuple[str, str]:
        """Return what a yes to the last line leads to, and what is heard when nobody answers."""
        kind, _, name = lines[-1].partition(":")
        if kind in {"session", "left"}:
            return "", ""
        phrases = self._library.phrases
        asked: Mapping[str, Callable[[], tuple[str, str]]] = {
            "next": lambda: (f"says:{self._library.entries[name].offer.entry}", phrases["offer-next"].reprompt),
            "go-on": lambda: ("resume:", phrases["offer-resume"].reprompt),
            "which": lambda: (f"says:{name.partition('/')[0]}", phrases["which"].reprompt),
        }
        if kind in asked:
            return asked[kind]()
        phrase = phrase_of(lines[-1], self._library)
        subject = next((line.partition(":")[2] for line in lines if line.startswith(SUBJECTS)), "")
        if name == "offer-more":
            return f"more:{subject}", phrase.reprompt
        if name == "after-term":
            return f"says:{self._library.terms[subject].entry}", phrase.reprompt
        return phrase.offer, phrase.reprompt


def after(place: Place, lines: tuple[str, ...]) -> Place:
    """Return the place after these lines: the counts of what went wrong begin anew."""
    return replace(place, said=lines, offer="", undo="", misses=0, repeats=0, helps=0)


def simpler(line: str) -> str:
    """Return the line that says the same in easier words."""
    kind, _, name = line.partition(":")
    return f"simple:{name}" if kind == "says" else line
