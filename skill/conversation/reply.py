"""What is said back, and whether we keep listening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.conversation.place import Place
from speech.document import Spoken

if TYPE_CHECKING:
    from skill.relaxation.plan import Plan


@dataclass(frozen=True, slots=True)
class Session:
    """The relaxation session that a reply leads on with, for whatever can play a recording of it."""

    plan: Plan
    preface: Spoken
    """What is said before it goes on."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of the conversation."""

    words: Spoken
    reprompt: Spoken
    """Heard when nobody answers; a session that somebody falls asleep over has none."""
    title: str
    """Heads the card."""
    place: Place
    listening: bool
    """Whether the microphone is, or comes, open: a session is steered while it is heard."""
    notes: tuple[str, ...] = ()
    """What the card adds, such as a number in digits."""
    session: Session | None = None
