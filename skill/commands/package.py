"""`gentle-back package`: the skill as AWS Lambda takes it."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--to",
    "folder",
    default=Path("build/lambda"),
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to make; one that is there is made anew.",
)
def package(folder: Path) -> int:
    """Build the deployment package for AWS Lambda, compiled; no voice and no pretend Echo is in it."""
    from skill.hosting.packaging import PackageError, build_package  # noqa: PLC0415 (walks through all imports)

    try:
        built = build_package(folder)
    except PackageError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Built {folder}: {built.megabytes:.1f} MB unpacked, for the runtime {built.runtime}.")
    click.echo(f"Zipped: {built.archive}. The handler is {built.handler}. docs/hosting.md says how to go on.")
    return 0
