"""Fetches a certificate chain from Amazon's one host, within a time and a size."""

from __future__ import annotations

import queue
import threading
from http import HTTPStatus

import certifi
import urllib3

from skill.hosting.certificates import CERTIFICATE_HOST
from skill.hosting.refused import FetchError
from skill.settings import HTTPS_PORT

WHOLE_TIME = 3.0
"""Seconds from the first packet to the last byte: Alexa waits eight for the answer."""

STEP_TIME = 2.0
"""Seconds for connecting, and for each read."""

LARGEST_CHAIN = 64_000
"""Bytes; Amazon's are some six thousand."""


ABSENT = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""What Amazon's storage says of a file that is not there."""


class ChainFetcher:
    """Gets `https://s3.amazonaws.com/...`; follows no redirect, and sends nothing but the path."""

    def __init__(
        self,
        host: str = CERTIFICATE_HOST,
        port: int = HTTPS_PORT,
        roots: str | None = None,
        patience: float = WHOLE_TIME,
    ) -> None:
        """Connect to Amazon's host; another address and its root (PEM text) are for a host that stands in for it."""
        self._patience = patience
        self._pool = urllib3.HTTPSConnectionPool(
            host,
            port,
            maxsize=1,
            timeout=urllib3.Timeout(connect=min(STEP_TIME, patience), read=min(STEP_TIME, patience)),
            retries=False,
            headers={"Host": CERTIFICATE_HOST},
            server_hostname=CERTIFICATE_HOST,
            assert_hostname=CERTIFICATE_HOST,
            ca_certs=None if roots else certifi.where(),
            ca_cert_data=roots,
        )

    def __call__(self, url: str) -> bytes:
        """Return what is at a URL that `certificate_url` passed.

        Raises:
            FetchError: when it is not there, comes too slowly, or is too large.
        """
        fetched: queue.SimpleQueue[bytes | FetchError] = queue.SimpleQueue()
        # On a thread of its own: no limit of a socket's bounds how long headers may drip.
        threading.Thread(target=lambda: fetched.put(self._fetched(url)), daemon=True).start()
        try:
            chain = fetched.get(timeout=self._patience)
        except queue.Empty:
            raise FetchError("the certificate comes too slowly") from None
        if isinstance(chain, FetchError):
            raise chain
        return chain

    def _fetched(self, url: str) -> bytes | FetchError:
        """Return what came, or why nothing did."""
        try:
            path = url.removeprefix(f"https://{CERTIFICATE_HOST}")
            response = self._pool.urlopen("GET", path, redirect=False, preload_content=False)
            try:
                if response.status in ABSENT:
                    return FetchError("there is no certificate at the URL", lasting=True)
                if response.status != HTTPStatus.OK:
                    return FetchError(f"the certificate host answered {response.status}")
                chain = response.read(LARGEST_CHAIN + 1)
                return chain if len(chain) <= LARGEST_CHAIN else FetchError("the certificate is too large")
            finally:
                response.close()
        except urllib3.exceptions.HTTPError as error:
            return FetchError(f"the certificate cannot be fetched ({type(error).__name__})")
