"""How the listener likes to be spoken to: speed, easy words, an even voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.conversation.place import RATES, Place
from skill.conversation.turn import Want

NORMAL = 1.0

Change = Callable[[Place], tuple[Place, str]]
"""The place with a setting changed, and the line that says so."""


def _at_rate(steps: int, line: str, at_the_end: str) -> Change:
    def change(place: Place) -> tuple[Place, str]:
        number = RATES.index(place.rate) + steps
        if not 0 <= number < len(RATES):
            return place, at_the_end
        return replace(place, rate=RATES[number]), line

    return change


def undone(place: Place) -> tuple[Place, str]:
    """Return the place with the last change of a setting taken back, and the line that says so; empty for none."""
    change = _UNDONE.get(place.undo)
    return change(place) if change else (place, "")


def to_undo(before: Place, after: Place) -> str:
    """Return what takes a change back, one of the names that `undone` knows; empty where nothing changed."""
    changed = (name for name in ("rate", "simple", "even") if getattr(before, name) != getattr(after, name))
    return next((f"{name}:{getattr(before, name)}" for name in changed), "")


def _back_to(rate: float) -> Change:
    def change(place: Place) -> tuple[Place, str]:
        line = "normal-now" if rate == NORMAL else "slower-now" if rate < place.rate else "faster-now"
        return replace(place, rate=rate), f"phrase:{line}"

    return change


SETTINGS: Mapping[Want, Change] = {
    Want.SLOWER: _at_rate(-1, "phrase:slower-now", "phrase:slowest"),
    Want.FASTER: _at_rate(+1, "phrase:faster-now", "phrase:fastest"),
    Want.NORMAL_SPEED: lambda place: (replace(place, rate=NORMAL), "phrase:normal-now"),
    Want.SIMPLE_ON: lambda place: (replace(place, simple=True), "phrase:simple-on"),
    Want.SIMPLE_OFF: lambda place: (replace(place, simple=False), "phrase:simple-off"),
    Want.HEARING_ON: lambda place: (replace(place, even=True), "phrase:hearing-on"),
    Want.HEARING_OFF: lambda place: (replace(place, even=False), "phrase:hearing-off"),
}

_UNDONE: Mapping[str, Change] = {
    **{f"rate:{rate}": _back_to(rate) for rate in RATES},
    "simple:True": SETTINGS[Want.SIMPLE_ON],
    "simple:False": SETTINGS[Want.SIMPLE_OFF],
    "even:True": SETTINGS[Want.HEARING_ON],
    "even:False": SETTINGS[Want.HEARING_OFF],
}
