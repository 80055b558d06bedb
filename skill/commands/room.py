"""The pretend Echo as the commands use it: a word of warning before a slow first start."""

from __future__ import annotations

import click

from skill.library import Library
from skill.simulator.echo import PretendEcho


def enter_room(locale: str) -> tuple[PretendEcho, Library]:
    """Return the pretend Echo and the words that the skill uses; say so when they take a while.

    Raises:
        ContentError: when the content has faults.
        ModelError: when there is no model.
    """
    from skill.simulator import room  # noqa: PLC0415 (loads numpy: not for --help)

    if not room.is_learnt(locale):
        click.echo("Learning what people may say, this once: a minute or two.", err=True)
    return room.pretend_echo(locale)
