"""`gentle-back check`: everything that can be wrong with the words and the model, for authors."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from interaction_model.rules import broken_rules
from skill.commands.model import stale_files
from skill.commands.options import content_option
from skill.library import CONTENT, GENERAL, load, locales
from skill.library.lint import lint
from skill.relaxation.lint import lint as lint_sessions
from skill.sayings import interaction_model


@click.command()
@content_option
def check(content: Path | None) -> int:
    """Check the content and the interaction model; every fault is a line that says what to do."""
    folder = content or CONTENT
    library = load(folder)
    today = datetime.now(UTC).date()
    everywhere = {fault for locale in locales(folder) | {GENERAL} for fault in lint(load(folder, locale), today)}
    everywhere |= set(lint_sessions(library))
    faults = [str(fault) for fault in sorted(everywhere)]
    faults += broken_rules(interaction_model(library))
    if content is None:
        faults += [f"{path.name} is not up to date; run 'gentle-back model'" for path in stale_files()]
    for fault in faults:
        click.echo(fault)
    click.echo(
        f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}."
        if faults
        else f"All good: {len(library.entries)} entries, {len(library.scripts)} sessions."
    )
    return 1 if faults else 0
