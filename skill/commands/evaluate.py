"""`gentle-back evaluate`: how well a file of wordings is understood."""

from __future__ import annotations

from pathlib import Path

import click

from skill.commands.options import locale_option
from skill.commands.room import enter_room

MOST_SHOWN = 20


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--only-numbers", is_flag=True, help="Show no wording: for a file that nobody should tune to.")
@locale_option
def evaluate(file: Path, locale: str, *, only_numbers: bool) -> int:
    """Tell how well the wordings of a FILE are understood.

    A line is a wording, a tab, and what it asks for: an entry such as ice-or-heat, a fact such as F23, several of
    them parted by |, or FAR for what is not for us and NEAR for health that the source does not cover.
    """
    from skill.simulator.evaluation import WordingsError, read_wordings  # noqa: PLC0415 (loads numpy)
    from skill.simulator.evaluation import evaluate as evaluated  # noqa: PLC0415

    echo, library = enter_room(locale)
    try:
        evaluation = evaluated(read_wordings(file, library), echo.understand, library)
    except WordingsError as error:
        raise click.ClickException(str(error)) from error
    for name, (right, of) in evaluation.shares().items():
        click.echo(f"{name}: {right} of {of} right, {right / of:.1%}")
    if only_numbers:
        return 0
    if confusions := evaluation.confusions()[:MOST_SHOWN]:
        click.echo("\nMost often taken for another:")
    for expected, answered, count in confusions:
        click.echo(f"{count} times {expected} became {answered}")
    if worst := evaluation.worst()[:MOST_SHOWN]:
        click.echo("\nWrong and surest of it:")
    for each in worst:
        click.echo(f"{each.found.confidence:.2f} {each.wording.text} ({each.wording.expected}): {each.answered}")
    return 0
