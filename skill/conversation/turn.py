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


@dataclass(frozen=True, slots=True)
class Turn:
    """One want; `about` names the danger sign, the entry of an ANSWER or the word of a DEFINE."""

    want: Want
    about: str = ""
    first_visit: bool = False
    """Whether this person has never opened the skill before."""
