"""`gentle-back collisions`: wordings of the model that another intent would swallow."""

from __future__ import annotations

import click

from skill.commands.options import locale_option
from skill.library.read import load

MOST_PAIRS, MOST_WORDINGS = 25, 50


@click.command()
@locale_option
def collisions(locale: str) -> int:
    """List what the model's intents would swallow of each other.

    Each wording is left out once, and understood by what all others teach. Of two intents that give the same fact,
    or that both decline, nothing is listed. Takes a minute or two, and three gigabytes.
    """
    from interaction_model.model import model_path, read_model  # noqa: PLC0415 (loads numpy)
    from interaction_model.samples import samples_of  # noqa: PLC0415
    from skill.simulator.evaluation import swallowed  # noqa: PLC0415

    found = swallowed(samples_of(read_model(model_path(locale))), load(locale=locale))
    click.echo(f"Of {found.samples} wordings {len(found.found)} would be taken for something else.")
    for first, second, count in found.pairs()[:MOST_PAIRS]:
        click.echo(f"{count} between {first} and {second}")
    click.echo("\nThe clearest:")
    for each in found.found[:MOST_WORDINGS]:
        click.echo(f"{each.by:.2f} {each.sample} ({each.label}): {each.taken_for}")
    return 0
