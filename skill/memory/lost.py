"""The error that tells that a listener is remembered no more."""

from ask_sdk_core.exceptions import PersistenceException


class MemoryLostError(PersistenceException):
    """What was kept could not be read and was set aside, so that a new memory could begin; the listener is told."""
