"""What is said back, and whether we keep listening."""

from __future__ import annotations

from dataclasses import dataclass

from skill.conversation.place import Place
from speech.document import Spoken


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of the conversation."""

    words: Spoken
    reprompt: Spoken
    """Heard when nobody answers; empty exactly when the microphone stays closed."""
    title: str
    """Heads the card."""
    place: Place
    notes: tuple[str, ...] = ()
    """What the card adds, such as a number in digits."""

    @property
    def listening(self) -> bool:
        """Whether the microphone opens after the words."""
        return bool(self.reprompt)
