"""`gentle-back new`: begins an entry."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from skill.commands.options import content_option
from skill.library import CONTENT

_BLANK = """\
# Fill in every line, then run 'gentle-back check': it says what is still to mend.
title = ""            # heads the card, such as "Ice packs"
names = []            # what it can be asked for by, such as "ice" and "cold pack"
facts = []            # the facts of facts.toml that `says` gives, such as "F23"
source = "article"
reviewed = {today}

says = ""             # 20 to 45 words: what it is, then what to do
more = ""             # the next part; take the line out where there is none
simple = ""           # the same in at most 30 easier words
next = {{ entry = "", question = "Would you like to hear about ...?" }}

# How people ask for it: at least 15 wordings. Small letters, no question marks, "r. a." for RA.
# Plain, keyword only, everyday words, medical words, British and American, yes or no, worried, rambling.
asks = [
]
"""


@click.command()
@click.argument("entry")
@content_option
def new(entry: str, content: Path | None) -> None:
    """Begin a new ENTRY: one file, with a note beside each line on what belongs there."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", entry):
        raise click.UsageError(f"'{entry}' cannot be a name: use small letters and hyphens, such as cold-pack.")
    folder = content or CONTENT
    path = folder / "answers" / f"{entry}.toml"
    if next(folder.glob(f"*/{entry}.toml"), None):
        raise click.UsageError(f"There is an entry '{entry}' already: choose another name.")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_BLANK.format(today=datetime.now(UTC).date().isoformat()))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror}): check the folder.") from error
    click.echo(f"Wrote {path}. Fill it in, then run 'gentle-back check' and 'gentle-back model'.")
