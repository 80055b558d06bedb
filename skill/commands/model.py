"""`gentle-back model`: writes the skill package out of the content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from interaction_model.manifest import MANIFEST, manifest, to_json, without_endpoints
from interaction_model.model import model_path
from interaction_model.rules import broken_rules
from skill.library import Library, load, locales
from skill.sayings import interaction_model


@click.command()
@click.option("--endpoint", default="", help="Where you host the skill, such as https://example.com/, for skill.json.")
def model(endpoint: str) -> int:
    """Write the interaction model of each locale, and the manifest, from the content."""
    if endpoint and not endpoint.startswith("https://"):
        raise click.ClickException(f"Alexa calls HTTPS endpoints only, and '{endpoint}' is none.")
    listings = {}
    for locale in sorted(locales()):
        library = load(locale=locale)
        listings[locale] = library.listing
        built = interaction_model(library)
        if broken := broken_rules(built):
            raise click.ClickException(f"Alexa would refuse the model of {locale}:\n" + "\n".join(broken))
        samples = sum(len(intent.samples) for intent in built.intents)
        _write(model_path(locale), built.to_json())
        click.echo(f"Wrote {locale}.json: {len(built.intents)} intents, {samples} sample utterances.")
    _write(MANIFEST, to_json(manifest(listings, endpoint)))
    click.echo(f"Wrote {MANIFEST.name}: {len(listings)} locales, {endpoint or 'no endpoint yet'}.")
    return 0


def _write(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def stale_files(libraries: Mapping[str, Library]) -> Iterator[Path]:
    """Yield the files of the skill package that the content, by its locales, no longer agrees with."""
    for locale, library in libraries.items():
        path = model_path(locale)
        if not path.exists() or path.read_text(encoding="utf-8") != interaction_model(library).to_json():
            yield path
    fresh = manifest({locale: library.listing for locale, library in libraries.items()})
    try:
        found = without_endpoints(json.loads(MANIFEST.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, AttributeError):
        found = {}
    if found != fresh:
        yield MANIFEST
