"""The options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from skill.library.read import locales
from speech.espeak import FASTEST_RATE, SLOWEST_RATE
from speech.local_voice import DEFAULT_RATE

SLOW_RATE = 110
"""Words per minute; below 100 synthetic words are understood worse at every age."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the words reach the listener."""

    mute: bool
    wav: Path | None
    rate: int
    """Words per minute."""
    voice: str
    json: bool = False


def _sound_file(_: click.Context, __: click.Parameter, name: str | None) -> Path | None:
    """Take the name of a file that is new, or an ordinary one."""
    if name is None:
        return None
    path = Path(name)
    if name in {"", "-"} or (path.exists() and not path.is_file()):
        raise click.BadParameter(f"'{name}' cannot become a sound file: name one such as answer.wav.")
    if not path.resolve().parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}: make it first, or name another. Check the folder.")
    return path.resolve()


def delivery_options(*, json: bool, rate: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the options of a Delivery to a command, which gets them as `delivery`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--mute", "--no-speech", is_flag=True, help="Speak nothing; only show the words.")
        @click.option("--wav", callback=_sound_file, help="Write what is heard to a file.")
        @click.option("--voice", default="", help="A voice's name or language, such as en-gb.")
        @functools.wraps(command)
        def with_delivery(
            *args: Any,  # noqa: ANN401 (whatever the command takes)
            mute: bool,
            wav: Path | None,
            voice: str,
            **kwargs: Any,  # noqa: ANN401
        ) -> Any:  # noqa: ANN401 (the command's own result)
            as_json, words_per_minute = kwargs.pop("json", False), kwargs.pop("rate", DEFAULT_RATE)
            delivery = Delivery(mute=mute, wav=wav, rate=words_per_minute, voice=voice, json=as_json)
            return command(*args, delivery=delivery, **kwargs)

        decorated: Callable[..., Any] = with_delivery
        if rate:
            decorated = click.option("--slow", "rate", flag_value=SLOW_RATE, type=int, help="The same as --rate 110.")(
                decorated
            )
            decorated = click.option(
                "--rate",
                type=click.IntRange(SLOWEST_RATE, FASTEST_RATE),
                default=DEFAULT_RATE,
                show_default=True,
                help="Words per minute. Relaxation keeps its own pace: say slower or faster.",
            )(decorated)
        if json:
            option = click.option("--json", is_flag=True, help="Print one JSON object a turn, and nothing else.")
            decorated = option(decorated)
        return decorated

    return decorate


def locale_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--locale`, one of those that have words of their own."""
    choice = click.Choice(sorted(locales()))
    help_text = "The listener's English, and whose emergency number is said."
    return click.option("--locale", type=choice, default="en-US", show_default=True, help=help_text)(command)


def content_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--content`, the folder of words to work on."""
    return click.option(
        "--content",
        type=click.Path(file_okay=False, path_type=Path),
        default=None,
        help="The content folder, when it is not the one installed.",
    )(command)
