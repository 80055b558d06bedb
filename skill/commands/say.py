"""`gentle-back say`: hear one entry, as an author checks it."""

from __future__ import annotations

import difflib

import click

from skill.commands.loudspeaker import Loudspeaker
from skill.commands.options import Delivery, delivery_options, locale_option
from skill.conversation.lines import speak
from skill.library.read import load


@click.command()
@click.argument("entry")
@delivery_options(json=False)
@locale_option
def say(entry: str, delivery: Delivery, locale: str) -> None:
    """Say one ENTRY, such as ice: its answer, then the rest of it."""
    library = load(locale=locale)
    entry = entry.lower()
    if entry not in library.entries:
        near = difflib.get_close_matches(entry, library.entries, n=3) or sorted(library.entries)[:3]
        raise click.UsageError(f"There is no entry '{entry}'. Some that there are: {', '.join(near)}.")
    wanted = library.entries[entry]
    words = speak([text for text in (wanted.says, wanted.more) if text])
    with Loudspeaker(delivery, library) as loudspeaker:
        loudspeaker.say(words)
