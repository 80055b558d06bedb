"""SSML, as Alexa reads it, to a Spoken: the other way of `ssml.py`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from speech.document import Pause, Say, Spoken, spoken
from speech.ssml import LONGEST_BREAK


class SsmlError(ValueError):
    """The text is not SSML that this reader performs; the message says where and why."""


def from_ssml(markup: str) -> Spoken:
    """Read SSML into a Spoken; words inside `sub` and `phoneme` come back as written.

    Raises:
        SsmlError: when it is not XML, or holds an element or value that is not performed.
    """
    if "<!" in markup or "<?" in markup:
        raise SsmlError("speech markup holds no declarations, comments or instructions: leave them out")
    try:
        root = ET.fromstring(markup)  # noqa: S314 (declarations are refused above)
    except (ET.ParseError, ValueError) as error:
        raise SsmlError(f"not well-formed XML: {error}") from error
    if root.tag != "speak":
        raise SsmlError(f"speech markup begins with <speak>, not <{root.tag}>")
    try:
        return spoken(_read(root, pace=1.0))
    except ValueError as error:
        raise SsmlError(str(error)) from error


_PLAIN = frozenset({"sub", "phoneme", "w", "emphasis", "say-as", "lang"})
_GROUPS = frozenset({"speak", "p", "s", "prosody"})


def _read(element: ET.Element, pace: float) -> Iterator[Say | Pause]:
    """Walk one grouping element: text runs become sentences, breaks become silences."""
    if element.tag == "prosody":
        pace = round(pace * _rate(element), 2)
    run = element.text or ""
    for child in element:
        if child.tag in _PLAIN:
            run += "".join(child.itertext())
        else:
            yield from _sentence(run, pace)
            run = ""
            if child.tag == "break":
                yield Pause(_seconds(child))
            elif child.tag in _GROUPS:
                yield from _read(child, pace)
            else:
                raise SsmlError(f"<{child.tag}> is not an element that this speaker performs")
        run += child.tail or ""
    yield from _sentence(run, pace)


def _sentence(run: str, pace: float) -> Iterator[Say]:
    if run.strip():
        yield Say(run, pace)


_RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "fast": 1.25, "x-fast": 1.5}


def _rate(element: ET.Element) -> float:
    rate = element.get("rate", "100%")
    if rate in _RATES:
        return _RATES[rate]
    match = re.fullmatch(r"(\d{2,3})%", rate)
    if not match:
        raise SsmlError(f'prosody rate "{rate}": write a percentage from 20% to 200%')
    return int(match[1]) / 100


_UNITS = {"s": 1.0, "ms": 0.001}


def _seconds(element: ET.Element) -> float:
    time = element.get("time", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(s|ms)", time)
    seconds = float(match[1]) * _UNITS[match[2]] if match else math.nan
    if not 0 < seconds <= LONGEST_BREAK:
        raise SsmlError(f'break time "{time}": write a length above 0 and up to 10s, with its unit')
    return seconds
