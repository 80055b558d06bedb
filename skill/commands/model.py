"""`gentle-back model`: writes the interaction model out of the content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from interaction_model.model import model_path
from interaction_model.rules import broken_rules
from skill.library import load
from skill.sayings import interaction_model

LOCALES = ("en-US",)


@click.command()
def model() -> int:
    """Write the interaction model of each locale from the content."""
    for locale in LOCALES:
        built = interaction_model(load(locale=locale))
        if broken := broken_rules(built):
            raise click.ClickException("Alexa would refuse this model:\n" + "\n".join(broken))
        path = model_path(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(built.to_json(), encoding="utf-8")
        unfinished.replace(path)
        samples = sum(len(intent.samples) for intent in built.intents)
        click.echo(f"Wrote {path.name}: {len(built.intents)} intents, {samples} sample utterances.")
    return 0


def stale_models() -> Iterator[Path]:
    """Yield the model files that the content no longer agrees with."""
    for locale in LOCALES:
        path = model_path(locale)
        fresh = interaction_model(load(locale=locale)).to_json()
        if not path.exists() or path.read_text(encoding="utf-8") != fresh:
            yield path
