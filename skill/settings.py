"""Settings that a host makes in the environment, each checked before anything uses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

RECORDINGS_URL = "GENTLE_BACK_RECORDINGS_URL"
SKILL_ID = "GENTLE_BACK_SKILL_ID"
MEMORY = "GENTLE_BACK_MEMORY"
DYNAMODB_URL = "GENTLE_BACK_DYNAMODB_URL"
REGION = "AWS_DEFAULT_REGION"
REGIONS = (REGION, "AWS_REGION")
"""Where AWS's own tools write the region."""

HTTPS_PORT = 443

SQLITE, DYNAMODB = "sqlite", "dynamodb"

_SKILL_ID = re.compile(r"amzn1\.ask\.skill\.[0-9a-zA-Z-]{8,80}")
_TABLE = re.compile(r"[a-zA-Z0-9_.-]{3,255}")


class SettingError(Exception):
    """A setting cannot be used; the message names it and says what to write."""


@dataclass(frozen=True, slots=True)
class MemoryChoice:
    """Where listeners are remembered."""

    kind: str = SQLITE
    name: str = ""
    """The file, or the table; an empty file name is the usual one."""
    region: str = ""
    endpoint: str = ""
    """Another server that speaks DynamoDB's protocol; empty for Amazon's."""


def recordings_url(environment: Mapping[str, str]) -> str:
    """Return where `gentle-back render`'s recordings are hosted; empty where they are not.

    Raises:
        SettingError: when Alexa could not play from there.
    """
    url = environment.get(RECORDINGS_URL, "").strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme == "https" and parts.hostname and parts.port in {None, HTTPS_PORT}
    except ValueError:  # a port that is no number
        usable = False
        parts = urlsplit("")
    if not usable or parts.query or parts.fragment:
        raise SettingError(
            f"{RECORDINGS_URL} is '{url}', but Alexa plays from HTTPS on port 443 only: "
            "write a folder's URL such as https://example.com/recordings, or unset it."
        )
    return url.rstrip("/")


def skill_id(environment: Mapping[str, str]) -> str:
    """Return the id of the one skill whose requests are answered.

    Raises:
        SettingError: when it is missing, or is no skill id.
    """
    written = environment.get(SKILL_ID, "").strip()
    if not _SKILL_ID.fullmatch(written):
        now = f"is '{written}', which is no skill id" if written else "is not set"
        raise SettingError(
            f"{SKILL_ID} {now}: copy it from the developer console, such as "
            "amzn1.ask.skill.12345678-1234-1234-1234-123456789abc."
        )
    return written


def memory_choice(environment: Mapping[str, str]) -> MemoryChoice:
    """Return where listeners are to be remembered: `sqlite`, `sqlite:FILE` or `dynamodb:TABLE`.

    Raises:
        SettingError: when it is none of these, or DynamoDB's region is not known.
    """
    written = environment.get(MEMORY, "").strip() or SQLITE
    kind, _, name = written.partition(":")
    if kind == SQLITE:
        return MemoryChoice(SQLITE, name)
    if kind != DYNAMODB or not _TABLE.fullmatch(name):
        raise SettingError(
            f"{MEMORY} is '{written}': write sqlite, sqlite:FILE or dynamodb:TABLE, such as dynamodb:gentle-back."
        )
    region = next((environment[key] for key in REGIONS if environment.get(key)), "")
    if not region:
        raise SettingError(f"{MEMORY} names DynamoDB: set {REGION} too, to the table's region, such as eu-west-1.")
    return MemoryChoice(DYNAMODB, name, region, environment.get(DYNAMODB_URL, "").strip())
