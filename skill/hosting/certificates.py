"""Amazon's signing certificates: which URL may name them, which chain is theirs, and keeping the few that are."""

from __future__ import annotations

import functools
import json
import logging
import posixpath
import re
import time
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import certifi
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.hosting.refused import FetchError, RefusedError
from skill.settings import HTTPS_PORT

log = logging.getLogger(__name__)

CERTIFICATE_HOST = "s3.amazonaws.com"
CERTIFICATE_FOLDER = "/echo.api/"
SIGNER = "echo-api.amazon.com"
LONGEST_URL = 500

LONGEST_CHAIN = 5
SMALLEST_KEY = 2048
"""Bits of RSA."""

MOST_CHAINS = 8
"""Amazon signs with one chain at a time, and with two while it changes them."""

LIFETIME = 3600.0
"""Seconds that a chain is kept before it is fetched and checked anew."""

REFUSED_FOR, AWAY_FOR = 60.0, 3.0
"""Seconds that a URL is not tried again which led to no good chain, or whose host did not answer."""

FETCHES, FETCH_EVERY = 3, 2.0
"""So many chains are fetched at once at most, and one more every so many seconds: forged URLs cost us no more."""

USUAL_NAME = re.compile(r"/echo\.api/echo-api-cert(?:-\d+)?\.pem")
"""How Amazon names its chains. It promises no name, so others are fetched too, but use up no fetch of these."""


@functools.lru_cache(maxsize=MOST_CHAINS)
def certificate_url(written: str) -> str:
    """Return the one URL that is meant, or refuse it: Amazon's rules for where its chain may lie.

    Raises:
        RefusedError: when it is not Amazon's, or could be read in two ways.
    """
    if len(written) > LONGEST_URL or not written.isascii() or not written.isprintable() or " " in written:
        raise RefusedError("the certificate URL has characters that no URL of Amazon's has")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise RefusedError("the certificate URL is no URL") from None
    path = posixpath.normpath(parts.path)
    # "%", "\" and "@" let two readers see two hosts or paths; a query would make a new URL for each request.
    if set("%\\@?#;") & set(written) or "//" in parts.path:
        raise RefusedError("the certificate URL can be read in two ways")
    if parts.scheme.lower() != "https" or (parts.hostname or "").lower() != CERTIFICATE_HOST:
        raise RefusedError("the certificate URL is not at Amazon's host")
    if port not in {None, HTTPS_PORT} or parts.netloc.endswith(":"):
        raise RefusedError("the certificate URL names another port")
    if not path.startswith(CERTIFICATE_FOLDER) or parts.path.endswith("/"):
        raise RefusedError("the certificate URL is not in Amazon's folder")
    return f"https://{CERTIFICATE_HOST}{path}"


def trusted_roots() -> list[x509.Certificate]:
    """Return the root certificates that the world's browsers trust.

    They are read one by one: one of them has a serial number that a later release of cryptography will refuse.
    """
    roots = []
    end = b"-----END CERTIFICATE-----"
    with open(certifi.where(), "rb") as bundle, warnings.catch_warnings():  # noqa: PTH123 (a path as text)
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for pem in bundle.read().split(end)[:-1]:
            try:
                roots.append(x509.load_pem_x509_certificate(pem + end))
            except ValueError:
                continue  # a root that cannot be read is a root that is not trusted
    return roots


UNREADABLE = (
    ValueError,
    TypeError,
    VerificationError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What bytes that are no certificate, or a strange one, make of cryptography."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A checked chain's key."""

    key: RSAPublicKey
    until: float
    """Seconds since 1970: when the first certificate of the chain ends."""


def signer_of(pem: bytes, roots: Iterable[x509.Certificate], now: float) -> Signer:
    """Check a chain as fetched and return its key.

    Raises:
        RefusedError: when it does not lead to a trusted root, is out of date, or is not the signer's.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            leaf, *others = x509.load_pem_x509_certificates(pem)
        verifier = (
            PolicyBuilder()
            .store(Store(list(roots)))
            .time(datetime.fromtimestamp(now, UTC))
            .max_chain_depth(LONGEST_CHAIN)
            .build_server_verifier(x509.DNSName(SIGNER))
        )
        chain = verifier.verify(leaf, others)
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
        key = leaf.public_key()
    except UNREADABLE as error:
        raise RefusedError(f"the certificate chain is not trusted ({type(error).__name__})") from None
    if SIGNER not in names.get_values_for_type(x509.DNSName):  # a wildcard is not the exact name
        raise RefusedError("the certificate is for another name")
    if not usage.digital_signature:
        raise RefusedError("the certificate is not one for signing")
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY:
        raise RefusedError("the certificate's key is none of RSA with enough bits")
    return Signer(key, min(certificate.not_valid_after_utc for certificate in chain).timestamp())


class Certificates:
    """Fetches chains, one at a time, and keeps the good ones a while."""

    def __init__(
        self,
        fetch: Callable[[str], bytes],
        roots: Iterable[x509.Certificate],
        now: Callable[[], float] = time.time,
        kept: Path | None = None,
    ) -> None:
        """Take what fetches a URL, or raises FetchError, and the roots that are trusted.

        The last good chain is written to the file `kept`, so that a start needs no fetch.
        """
        self._fetch = fetch
        self._roots = list(roots)
        self._now = now
        self._signers: OrderedDict[str, Signer] = OrderedDict()
        self._checked: dict[str, float] = {}
        self._refused: OrderedDict[str, float] = OrderedDict()
        self._fetches = {True: (float(FETCHES), now()), False: (float(FETCHES), now())}
        self._lock, self._fetching = Lock(), Lock()
        self._file = kept
        self._recall()

    def key(self, written: str) -> RSAPublicKey:
        """Return the key of the chain at a URL.

        Raises:
            RefusedError: when the URL is not Amazon's, or no good chain is there.
        """
        url = certificate_url(written)
        if signer := self._fresh(url):
            return signer.key
        with self._fetching:
            if signer := self._fresh(url):  # somebody else fetched it meanwhile
                return signer.key
            known = self._signers.get(url)
            self._count_fetch(url)
            try:
                chain = self._fetch(url)
                signer = signer_of(chain, self._roots, self._now())
                self._write(url, chain)
            except FetchError as error:
                if known is None or known.until <= self._now():
                    self._refuse(url, REFUSED_FOR if error.lasting else AWAY_FOR)
                    raise
                log.warning("Amazon's certificate host does not answer; a chain of before is kept a while longer.")
                signer = known
            except RefusedError:
                self._refuse(url, REFUSED_FOR)
                raise
            self._keep(url, signer)
            return signer.key

    def _fresh(self, url: str) -> Signer | None:
        """Return a chain that was checked not long ago; refuse a URL that was refused just now."""
        with self._lock:
            now = self._now()
            if self._refused.get(url, 0) > now:
                raise RefusedError("the certificate URL was refused before")
            signer = self._signers.get(url)
            if signer and min(signer.until, self._checked[url] + LIFETIME) > now:
                self._signers.move_to_end(url)
                return signer
            return None

    def _keep(self, url: str, signer: Signer) -> None:
        with self._lock:
            self._signers[url], self._checked[url] = signer, self._now()
            self._signers.move_to_end(url)
            while len(self._signers) > MOST_CHAINS:
                oldest, _ = self._signers.popitem(last=False)
                del self._checked[oldest]

    def _recall(self) -> None:
        """Take up the chain of an earlier run, checked as if it came from Amazon now."""
        if self._file is None or not self._file.exists():
            return
        try:
            written = json.loads(self._file.read_text(encoding="ascii"))
            url = certificate_url(written["url"])
            self._keep(url, signer_of(written["chain"].encode(), self._roots, self._now()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RefusedError) as error:
            log.info("The chain of an earlier run is of no use any more (%s).", type(error).__name__)

    def _write(self, url: str, chain: bytes) -> None:
        if self._file is None:
            return
        try:
            unfinished = self._file.with_suffix(".part")
            self._file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps({"url": url, "chain": chain.decode("ascii")}), encoding="ascii")
            unfinished.replace(self._file)
        except (OSError, ValueError) as error:
            log.warning("Amazon's chain cannot be kept for the next start: %s", error)

    def _refuse(self, url: str, seconds: float) -> None:
        with self._lock:
            self._refused[url] = self._now() + seconds
            while len(self._refused) > MOST_CHAINS * FETCHES:
                self._refused.popitem(last=False)

    def _count_fetch(self, url: str) -> None:
        """Allow a few fetches at once and then one every while; a chain that was good before is always allowed."""
        with self._lock:
            if url in self._signers:
                return
            usual = USUAL_NAME.fullmatch(urlsplit(url).path) is not None
            left, counted = self._fetches[usual]
            now = self._now()
            left = min(float(FETCHES), left + max(0.0, now - counted) / FETCH_EVERY)
            if left < 1:
                raise RefusedError("too many certificate URLs are asked for")
            self._fetches[usual] = (left - 1, now)
