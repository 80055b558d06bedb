"""The one error of this package that a person sees."""

from __future__ import annotations


class VoiceUnavailableError(Exception):
    """This machine cannot speak, or cannot be heard; the message says what to do."""


class HearingUnavailableError(Exception):
    """This computer cannot recognise speech; the message says what is missing and what to do."""
