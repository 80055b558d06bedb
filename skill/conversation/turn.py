"""What the listener wants now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Want(StrEnum):
    """Everything that can be wanted; commands.toml uses these words."""

    LAUNCH = "launch"
    DANGER = "danger"
    ANSWER = "answer"
    DEFINE = "define"
    MORE = "more"
    REPEAT = "repeat"
    SIMPLER = "simpler"
    BACK = "back"
    UNDO = "undo"
    NOT_THAT = "not-that"
    """What was said is not what was asked for."""
    WHICH = "which"
    """It may be one of two things."""
    FIRST = "first"
    SECOND = "second"
    """Of two things that were named."""
    YES = "yes"
    NO = "no"
    HELP = "help"
    STOP = "stop"
    CANCEL = "cancel"
    SOURCE = "source"
    MEDICAL_ADVICE = "medical-advice"
    SCOPE = "scope"
    PRIVACY = "privacy"
    VOLUME = "volume"
    THANKS = "thanks"
    UNCLEAR = "unclear"

    RELAX = "relax"
    KINDS = "kinds"
    """What else there is to relax by."""
    MINUTES = "minutes"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    PREVIOUS = "previous"
    START_OVER = "start-over"
    HOW_LONG = "how-long"
    SHORTER = "shorter"
    LONGER = "longer"
    UNEASY = "uneasy"
    """Dizzy, light in the head, upset: what every session names as a reason to stop."""
    HURTS = "hurts"
    LYING = "lying"
    SITTING = "sitting"
    STRAIGHT_THROUGH = "straight-through"
    """To loop or to shuffle, which Alexa lets people ask of anything that plays."""

    SLOWER = "slower"
    FASTER = "faster"
    NORMAL_SPEED = "normal-speed"
    SIMPLE_ON = "simple-on"
    SIMPLE_OFF = "simple-off"
    HEARING_ON = "hearing-on"
    HEARING_OFF = "hearing-off"
    FORGET = "forget"


WHILE_RELAXING = (Want.PAUSE, Want.NEXT, Want.STOP)
TO_A_YES_OR_NO = (Want.YES, Want.NO, Want.REPEAT)
TO_AN_OPEN_QUESTION = (Want.HELP, Want.RELAX, Want.STOP)
OF_TWO = (Want.FIRST, Want.SECOND)
"""What can be touched instead of said: at most three at a time, as when they are spoken."""

CHOICES = frozenset({*WHILE_RELAXING, *TO_A_YES_OR_NO, *TO_AN_OPEN_QUESTION, *OF_TWO})


@dataclass(frozen=True, slots=True)
class Turn:
    """One want; `about` names the danger sign, the entry, the script of a RELAX or the word of a DEFINE."""

    want: Want
    about: str = ""
    minutes: int = 0
    """How long a relaxation session is to be; 0 when nothing was said of it."""
    at: float = 0.0
    """When it was said, in seconds since 1970."""
    other: str = ""
    """The second entry of a WHICH."""
