"""`gentle-back render`: recordings of relaxation sessions, for hosting or for keeping."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from skill.commands.options import locale_option
from skill.commands.relax import known_session
from skill.library.read import load
from skill.relaxation.planner import PlanError
from speech.espeak import FASTEST_RATE, SLOWEST_RATE
from speech.local_voice import DEFAULT_RATE, LocalVoice


@click.command()
@click.argument("session", required=False)
@click.option("--minutes", type=int, default=None, help="One length, in whole minutes, in place of the usual ones.")
@click.option(
    "--rate",
    type=click.IntRange(SLOWEST_RATE, FASTEST_RATE),
    default=DEFAULT_RATE,
    show_default=True,
    help="The listener's words per minute; sessions are slower than that.",
)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where they are written."
)
@click.option("--background", is_flag=True, help="Put a soft sound under the voice, at least 20 decibels below it.")
@click.option("--no-wav", is_flag=True, help="Write MP3 and captions only.")
@click.option("--voice", default="", help="A voice's name or language, such as en-gb.")
@locale_option
def render(  # noqa: PLR0917 (click gives each option by its name)
    session: str | None,
    minutes: int | None,
    rate: int,
    folder: Path,
    voice: str,
    locale: str,
    *,
    background: bool,
    no_wav: bool,
) -> int:
    """Record a relaxation SESSION, or all of them: MP3, WAV, captions and a manifest.

    It may be interrupted and begun again at any time: only what is missing or has changed is made.
    """
    from skill.relaxation.rendering import Made, Order, Renderer, standard_orders  # noqa: PLC0415 (loads numpy)

    library = load(locale=locale)
    sessions = sorted(library.scripts) if session is None else [known_session(session, library, minutes)]
    if minutes is not None:
        sessions = [name for name in sessions if minutes in library.scripts[name].lengths]
        if not sessions:
            raise click.BadParameter("no session takes so many minutes.", param_hint="--minutes")
    orders = list(standard_orders(library, sessions, minutes, rate))
    local = LocalVoice(library.pronunciations, voice)
    renderer = Renderer(library, folder, local, voice, background=background, wav=not no_wav)

    def made_of(wanted: Iterable[Order]) -> list[Made]:
        try:
            return [renderer.render(order) for order in wanted]
        except PlanError as error:
            raise click.ClickException(f"{error}. Or choose a --rate nearer to {DEFAULT_RATE}.") from error

    if _can_draw():
        with click.progressbar(
            orders, label="Recording", item_show_func=lambda order: order.name if order else ""
        ) as bar:
            recordings = made_of(bar)
    else:
        recordings = []
        for order in orders:
            recordings += made_of([order])
            click.echo(f"{'Made' if recordings[-1].anew else 'Kept'} {order.name}, {order.minutes} minutes.")
    anew = sum(made.anew for made in recordings)
    click.echo(f"{anew} made, {len(recordings) - anew} kept, in {folder}.")
    return 0


def _can_draw() -> bool:
    """Tell whether a line may be drawn over: never for a screen reader that asked for plain lines."""
    import os  # noqa: PLC0415
    import sys  # noqa: PLC0415

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
