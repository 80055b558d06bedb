"""Whether a request is Amazon's: told from its headers and raw bytes, before anything in it is read."""

from __future__ import annotations

import binascii
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from skill.hosting.certificates import Certificates
from skill.hosting.refused import RefusedError

URL_HEADER = "SignatureCertChainUrl"
SIGNATURE_HEADER = "Signature-256"

LARGEST_BODY = 256_000
"""Bytes. Alexa's own requests are a few thousand; reading more only helps whoever wants us busy."""

SIGNATURE_BYTES = range(256, 513)
"""RSA keys of 2048 to 4096 bits sign with so many bytes."""

TOLERANCE = 150.0
"""Seconds between a request's timestamp and now, either way: Amazon's rule."""

EVENT_TOLERANCE = 3600.0
"""Seconds for skill events, which Amazon may deliver late."""

EVENT_PREFIX = "AlexaSkillEvent."

MOST_REMEMBERED = 20_000
"""Signatures kept against replaying; each is 32 bytes, and is dropped when its timestamp is too old anyway."""


class Verifier:
    """Refuses what Amazon did not sign for us, now."""

    def __init__(self, certificates: Certificates, now: Callable[[], float]) -> None:
        """Take where chains come from, and a clock in seconds since 1970."""
        self._certificates = certificates
        self._now = now
        self._seen: dict[bytes, float] = {}
        self._lock = Lock()

    def verify(self, url: str, signature: str, body: bytes) -> None:
        """Check the signature over the raw bytes, then when it was signed, then that it is new.

        Takes the values of the two headers, empty where they are missing.

        Raises:
            RefusedError: when anything is wrong; its message names what, and nothing of what was said.
        """
        signed = _signature(signature)
        if len(body) > LARGEST_BODY:
            raise RefusedError("the body is too large")
        key = self._certificates.key(url)
        try:
            key.verify(signed, body, PKCS1v15(), SHA256())
        except InvalidSignature:
            raise RefusedError("the signature is not over this body") from None
        tolerance = self._check_time(body)
        self._check_new(hashlib.sha256(signed).digest(), self._now() + 2 * tolerance)

    def _check_time(self, body: bytes) -> float:
        """Refuse what is old or from the future; return the seconds that this kind of request is allowed."""
        kind, when = _kind_and_time(body)
        tolerance = EVENT_TOLERANCE if kind.startswith(EVENT_PREFIX) else TOLERANCE
        if abs(self._now() - when) > tolerance:
            raise RefusedError("the timestamp is not of now")
        return tolerance

    def _check_new(self, signature: bytes, until: float) -> None:
        """Refuse what was let in before."""
        now = self._now()
        with self._lock:
            if self._seen.get(signature, now) > now:
                raise RefusedError("the request was sent before")
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen = {known: end for known, end in self._seen.items() if end > now}
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen.pop(next(iter(self._seen)))
            self._seen[signature] = until


class Unverified:
    """Takes anybody's requests, if they are whole: for trying things out, where nobody else can ask."""

    def verify(self, url: str, signature: str, body: bytes) -> None:
        """Check only that it is a request.

        Raises:
            RefusedError: when it is none.
        """
        _kind_and_time(body)


def _signature(header: str) -> bytes:
    try:
        signature = binascii.a2b_base64(header, strict_mode=True)
    except (binascii.Error, ValueError):
        raise RefusedError(f"{SIGNATURE_HEADER} is not base64") from None
    if len(signature) not in SIGNATURE_BYTES:
        raise RefusedError(f"{SIGNATURE_HEADER} has not the length of a signature")
    return signature


def _kind_and_time(body: bytes) -> tuple[str, float]:
    """Return a request's type, and its timestamp in seconds since 1970."""
    try:
        request = json.loads(body.decode())["request"]
        kind, written = request["type"], request["timestamp"]
        when = datetime.fromisoformat(written)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise RefusedError("the body has no request with a type and a timestamp") from None
    if not isinstance(kind, str) or when.tzinfo is None:
        raise RefusedError("the timestamp names no time zone")
    try:
        return kind, when.astimezone(UTC).timestamp()
    except (ValueError, OverflowError):
        raise RefusedError("the timestamp is outside all time") from None
