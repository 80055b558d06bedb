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

_MAY_PASS = frozenset({Want.STOP, Want.CANCEL, Want.REPEAT, Want.SIMPLER, Want.DANGER, Want.SOURCE})
"""What a listener may want next without the call being said again first."""


def danger_lines(danger: Danger) -> tuple[str, ...]:
    """Return the lines that answer a danger sign: the call, why, and the call once more."""
    lines = [CALL[danger.tier]]
    if danger.reason:
        lines.append(f"reason:{danger.name}")
    if danger.tier in _AFTERWARDS:
        lines.append(_AFTERWARDS[danger.tier])
    return tuple(lines)


def call_again(want: Want) -> bool:
    """Tell whether this turn, the next after a danger sign, begins with the call once more."""
    return want not in _MAY_PASS | {Want.YES, Want.NO}


def never_changes_the_subject(danger: Danger, want: Want) -> bool:
    """Tell whether this turn gets the call again and nothing else, as every turn after a crisis does."""
    return danger.crisis and call_again(want)
