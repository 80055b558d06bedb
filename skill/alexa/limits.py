"""What Alexa takes in one response."""

from __future__ import annotations

LONGEST_SPEECH = 7_450
"""Characters of SSML inside `speak`. Alexa refuses 8,000; we stay below 7,500 with the wrapper."""

LONGEST_CARD = 7_500
"""Characters of title and text together. Alexa refuses 8,000."""
