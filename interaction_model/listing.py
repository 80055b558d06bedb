"""What the skill store shows of the skill, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """What the skill store shows in one locale."""

    name: str
    summary: str
    description: str
    disclaimer: str
    """Follows the description; a locale's own names its emergency number."""
    example_phrases: tuple[str, ...]
    """The first opens the skill; the others are samples of the model."""
    keywords: tuple[str, ...]
    updates: str
    testing: str
    """How a reviewer reaches everything."""
    privacy_url: str
    privacy: str
    """The page at that address, as plain text."""

    @property
    def whole_description(self) -> str:
        """Return what the store shows, the disclaimer included."""
        return f"{self.description}\n\n{self.disclaimer}"
