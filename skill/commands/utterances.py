"""Utterances that are piped in, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

import click

from skill.simulator.utterances import Utterance, utterance


def read_utterances(stream: BinaryIO) -> Iterator[Utterance]:
    """Yield one utterance a line; bytes that are not UTF-8 become a fault, not an error."""
    for line in stream:
        yield utterance(line.decode("utf-8", "replace").rstrip("\r\n"))


def standard_input() -> BinaryIO:
    """Return standard input as bytes.

    Raises:
        click.UsageError: when it is closed.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise click.UsageError('Nothing can be read: ask on the command line, such as: gentle-back ask "ice or heat?"')
    return sys.stdin.buffer
