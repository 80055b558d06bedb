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
    """Return the place with the last change of a setting taken back, and the line that says so.

    Raises:
        ValueError: when the last turn changed none.
    """
    name, _, before = place.undo.partition(":")
    if name == "rate" and (rate := float(before)) in RATES:
        line = "normal-now" if rate == NORMAL else "slower-now" if rate < place.rate else "faster-now"
        return replace(place, rate=rate), f"phrase:{line}"
    on = before == "True"
    if name == "simple":
        return replace(place, simple=on), f"phrase:simple-{'on' if on else 'off'}"
    if name == "even":
        return replace(place, even=on), f"phrase:hearing-{'on' if on else 'off'}"
    raise ValueError(f"'{place.undo}' is no change that can be taken back")


def to_undo(before: Place, after: Place) -> str:
    """Return what takes a change back; empty where nothing changed."""
    changed = (name for name in ("rate", "simple", "even") if getattr(before, name) != getattr(after, name))
    return next((f"{name}:{getattr(before, name)}" for name in changed), "")


SETTINGS: Mapping[Want, Change] = {
    Want.SLOWER: _at_rate(-1, "phrase:slower-now", "phrase:slowest"),
    Want.FASTER: _at_rate(+1, "phrase:faster-now", "phrase:fastest"),
    Want.NORMAL_SPEED: lambda place: (replace(place, rate=NORMAL), "phrase:normal-now"),
    Want.SIMPLE_ON: lambda place: (replace(place, simple=True), "phrase:simple-on"),
    Want.SIMPLE_OFF: lambda place: (replace(place, simple=False), "phrase:simple-off"),
    Want.HEARING_ON: lambda place: (replace(place, even=True), "phrase:hearing-on"),
    Want.HEARING_OFF: lambda place: (replace(place, even=False), "phrase:hearing-off"),
}
