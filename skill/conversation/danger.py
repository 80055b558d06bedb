"""What is said to a danger sign: fixed texts, the call first, and the same care in the turns after it."""

from __future__ import annotations

from collections.abc import Mapping

from skill.conversation.turn import Want
from skill.library import Danger

CALL = {
    "crisis": "phrase:danger-crisis",
    "now": "phrase:danger-now",
    "abuse": "phrase:danger-abuse",
    "today": "phrase:danger-today",
    "soon": "phrase:danger-soon",
}
"""The line that says whom to call, by tier."""

_AFTERWARDS: Mapping[str, str] = {
    "now": "phrase:danger-now-again",
    "today": "phrase:danger-today-again",
    "soon": "phrase:danger-soon-again",
}

CALL_NOW = frozenset({"crisis", "now", "abuse"})
"""Tiers that end with "can you call now?"."""

_MAY_PASS = frozenset({Want.REPEAT, Want.SIMPLER, Want.DANGER, Want.SOURCE})
"""What a listener may want next without the call being said again first."""

_MISTAKEN = frozenset({Want.NOT_THAT, Want.UNDO})
"""Words that say that no such thing was said: a false alarm is taken back, a crisis never is."""

LEAVING = frozenset({Want.STOP, Want.CANCEL})

_A_SUBJECT = frozenset({Want.ANSWER, Want.DEFINE, Want.HELP, Want.MEDICAL_ADVICE, Want.PRIVACY, Want.SCOPE})
"""What is answered after the call was said once more; anything else only gets the call again."""


def danger_lines(danger: Danger) -> tuple[str, ...]:
    """Return the lines that answer a danger sign: the call, why, and the call once more."""
    lines = [CALL[danger.tier]]
    if danger.reason:
        lines.append(f"reason:{danger.name}")
    if danger.tier in _AFTERWARDS:
        lines.append(_AFTERWARDS[danger.tier])
    return tuple(lines)


def is_taken_back(danger: Danger, want: Want) -> bool:
    """Tell whether this turn says that the danger sign was misheard."""
    return want in _MISTAKEN and not danger.crisis


def call_again(want: Want) -> bool:
    """Tell whether this turn, the next after a danger sign, begins with the call once more."""
    return want not in _MAY_PASS | LEAVING | {Want.YES, Want.NO}


def never_changes_the_subject(danger: Danger, want: Want) -> bool:
    """Tell whether this turn gets the call again and nothing else.

    Every turn after a crisis does, and after a call for help now whatever asks for no subject of its own.
    """
    stays = danger.crisis or (danger.tier in CALL_NOW and want not in _A_SUBJECT)
    return stays and call_again(want)


def leaving_lines(danger: Danger) -> tuple[str, ...]:
    """Return what is said when somebody leaves after a danger sign: the number once more, and no question."""
    if danger.crisis:
        return ("phrase:danger-crisis-leave",)
    return (CALL["now"], "phrase:danger-leave") if danger.tier in CALL_NOW else (CALL[danger.tier],)
