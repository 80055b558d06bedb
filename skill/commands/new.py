"""`gentle-back new`: begins an entry."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from skill.commands.options import content_option
from skill.library.read import CONTENT

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


_BLANK_SESSION = """\
# Fill in every line, then run 'gentle-back check': it says what is still to mend.
title = ""            # heads the card, such as "A quiet beach"
names = []            # what it is asked for by, the plainest first, such as "beach"
minutes = {{ shortest = 2, usual = 5, longest = 10 }}
postures = ["sitting", "lying"]
go_on = "Would you like to go on with ...?"
source = "relaxation"
basis = ""            # whose technique it is
reviewed = {today}

# How people ask for it: at least 15 wordings, in small letters.
asks = [
]

# What is said, step by step; opening, settling down and coming back are in session-frame.toml. A plain sentence
# has 1.5 to 2.5 seconds of silence after it, `notice` 5 to 8, `part` 10, and `quiet`, which says that it is quiet,
# 12 to 28. `least` is the shortest session, in minutes, that usually has a line or a step.
[[steps]]
name = "begin"
lines = [
  "...",
  {{ notice = "Notice ...", least = 3 }},
]
"""


@click.command()
@click.argument("entry")
@click.option("--session", is_flag=True, help="Begin a relaxation session, not an answer.")
@content_option
def new(entry: str, content: Path | None, *, session: bool) -> None:
    """Begin a new ENTRY: one file, with a note beside each line on what belongs there."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", entry):
        raise click.UsageError(f"'{entry}' cannot be a name: use small letters and hyphens, such as cold-pack.")
    folder = content or CONTENT
    path = folder / ("relaxation" if session else "answers") / f"{entry}.toml"
    if next(folder.glob(f"*/{entry}.toml"), None):
        raise click.UsageError(f"There is an entry '{entry}' already: choose another name.")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write((_BLANK_SESSION if session else _BLANK).format(today=datetime.now(UTC).date().isoformat()))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror}): check the folder.") from error
    click.echo(f"Wrote {path}. Fill it in, then run 'gentle-back check' and 'gentle-back model'.")
