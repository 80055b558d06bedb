"""Where `gentle-back` starts, and the one place where an error becomes a sentence for a person."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys

import click

from interaction_model.model import ModelError
from skill.commands.ask import ask
from skill.commands.check import check
from skill.commands.collisions import collisions
from skill.commands.doctor import doctor
from skill.commands.evaluate import evaluate
from skill.commands.hear import hear
from skill.commands.model import model
from skill.commands.new import new
from skill.commands.package import package
from skill.commands.relax import relax
from skill.commands.render import render
from skill.commands.say import say
from skill.commands.serve import serve
from skill.commands.talk import talk
from skill.library.faults import ContentError
from skill.settings import SettingError
from speech.errors import HearingUnavailableError, VoiceUnavailableError

TOLD, UNEXPECTED, INTERRUPTED = 1, 3, 130
"""Exit statuses: a person was told what to do; a defect of ours; Control-C."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gentle-back")
def commands() -> None:
    """Ask about back pain and rheumatoid arthritis, and hear short answers on this computer's voice."""


for command in (talk, ask, hear, relax, render, say, doctor, check, model, evaluate, collisions, new, serve, package):
    commands.add_command(command)


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # so that what is half done is tidied up
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    sys.exit(_run())


def _run() -> int:
    """Run one command; every error that a person can do something about is told, and is a status."""
    try:
        result = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except (ContentError, VoiceUnavailableError, HearingUnavailableError, ModelError, SettingError, OSError) as error:
        _tell(error)
        return TOLD
    return result if isinstance(result, int) else 0


def _tell(error: Exception) -> None:
    """Say what is wrong and what to do, in a sentence or a list of them."""
    match error:
        case ContentError():
            click.echo(f"The content cannot be used until this is mended:\n{error}", err=True)
        case BrokenPipeError():
            # The reader of our output is gone; Python would complain once more while closing stdout.
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"{where}{error.strerror or error}. Check the folder, its rights and the free space.", err=True)
        case _:
            click.echo(str(error), err=True)


if __name__ == "__main__":
    main()
