"""`gentle-back check`: everything that can be wrong with the words and the skill package, and Amazon's list."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from interaction_model.rules import broken_rules
from skill.commands.model import stale_files
from skill.commands.options import content_option
from skill.library import GENERAL, Library
from skill.library.lint import lint
from skill.library.read import CONTENT, load, locales
from skill.relaxation.lint import lint as lint_sessions
from skill.sayings import interaction_model


@click.command()
@content_option
@click.option("--words-only", is_flag=True, help="Only the words: without Amazon's certification list.")
def check(*, content: Path | None, words_only: bool) -> int:
    """Check the content, the skill package, and Amazon's certification list; every fault says what to do."""
    folder = content or CONTENT
    libraries = {locale: load(folder, locale) for locale in (*sorted(locales(folder)), GENERAL)}
    faults = list(_faults_of_words(libraries))
    general = libraries.pop(GENERAL)
    if content is None:
        faults += [f"{path.name} is not up to date; run 'gentle-back model'" for path in stale_files(libraries)]
    for fault in faults:
        click.echo(fault)
    wrong = len(faults) + (0 if faults or words_only else _certify(content))
    click.echo(
        f"{wrong} {'fault' if wrong == 1 else 'faults'}."
        if wrong
        else f"All good: {len(general.entries)} entries, {len(general.scripts)} sessions."
    )
    return 1 if wrong else 0


def _faults_of_words(libraries: Mapping[str, Library]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    everywhere = {fault for library in libraries.values() for fault in lint(library, today)}
    yield from (str(fault) for fault in sorted(everywhere | set(lint_sessions(libraries[GENERAL]))))
    for locale, library in libraries.items():
        yield from (f"{locale}: {broken}" for broken in broken_rules(interaction_model(library)))


def _certify(content: Path | None) -> int:
    """Print the list; return how many points fail."""
    from skill.certification.points import certify  # noqa: PLC0415 (loads Flask: not for the words)
    from skill.certification.subject import open_subject  # noqa: PLC0415

    logging.getLogger("skill").setLevel(logging.CRITICAL)  # what is refused on purpose is no news
    click.echo("Amazon's certification list:")
    failed = 0
    with open_subject(content) as subject:
        for result in certify(subject):
            click.echo(f"{result.number:>3}. {result.verdict:<4}  {result.says}.")
            for line in result.faults:
                click.echo(f"           {line}")
            for line in result.to_do:
                click.echo(f"           For you to do: {line}")
            failed += bool(result.faults)
    return failed
