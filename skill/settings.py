"""Settings that a host makes in the environment, each checked before anything uses it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

RECORDINGS_URL = "GENTLE_BACK_RECORDINGS_URL"
HTTPS_PORT = 443


class SettingError(Exception):
    """A setting cannot be used; the message names it and says what to write."""


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
