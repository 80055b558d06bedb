"""A request that is not let in."""

from __future__ import annotations


class RefusedError(Exception):
    """The request is not Amazon's, not for now, or not whole; the message says which, for the log."""


class FetchError(RefusedError):
    """Amazon's certificate could not be fetched: the host is away, slow, or sends what it should not.

    `lasting` tells whether trying again soon is of no use.
    """

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        """Say what went wrong."""
        super().__init__(message)
        self.lasting = lasting
