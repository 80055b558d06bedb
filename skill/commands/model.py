"""`gentle-back model`: writes the skill package out of the content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from interaction_model.manifest import MANIFEST, manifest, to_json, with_endpoints_of, without_endpoints
from interaction_model.model import model_path
from interaction_model.rules import broken_rules
from skill.library import Library
from skill.library.read import load, locales
from skill.sayings import interaction_model
from skill.settings import HTTPS_PORT


@click.command()
@click.option(
    "--endpoint", default="", help="Where you host it: https://... or the ARN of a Lambda function. Kept once written."
)
def model(endpoint: str) -> int:
    """Write the interaction model of each locale, and the manifest, from the content."""
    if endpoint and (wrong := _wrong_with(endpoint)):
        raise click.ClickException(f"'{endpoint}' {wrong}. Write https://your-host/ or the ARN of a Lambda function.")
    libraries = {locale: load(locale=locale) for locale in sorted(locales())}
    for locale, library in libraries.items():
        built = interaction_model(library)
        if broken := broken_rules(built):
            raise click.ClickException(f"Alexa would refuse the model of {locale}:\n" + "\n".join(broken))
        samples = sum(len(intent.samples) for intent in built.intents)
        _write(model_path(locale), built.to_json())
        click.echo(f"Wrote {locale}.json: {len(built.intents)} intents, {samples} sample utterances.")
    made = manifest({locale: library.listing for locale, library in libraries.items()}, endpoint)
    if not endpoint and (found := _found()):
        made = with_endpoints_of(found, made)
    _write(MANIFEST, to_json(made))
    where = made["manifest"]["apis"]["custom"].get("endpoint", {}).get("uri", "no endpoint yet")
    click.echo(f"Wrote {MANIFEST}: {len(libraries)} locales, {where}.")
    return 0


def _wrong_with(endpoint: str) -> str:
    """Return why Alexa would not call an endpoint; empty where it would."""
    if endpoint.startswith("arn:aws:lambda:"):
        return ""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return "is no address"
    if parts.scheme != "https" or not parts.hostname or port not in {None, HTTPS_PORT}:
        return "is not HTTPS on port 443, and Alexa calls nothing else"
    if {"alexa", "amazon"} & set(re.split(r"[.-]", parts.hostname)):
        return "has a mark of Amazon's in its name, which their rules forbid"
    if parts.path != "/" or parts.query or parts.fragment:
        return "must end in a slash after the host: the server answers there"
    return ""


def _found() -> dict[str, Any]:
    """Return the manifest that is there; empty where none can be read."""
    try:
        found = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("manifest"), dict) else {}


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
    found = _found()
    if not found or without_endpoints(found) != fresh:
        yield MANIFEST
