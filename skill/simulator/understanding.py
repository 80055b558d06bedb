"""What the pretend Echo understands: danger signs before all else, then the resolver."""

from __future__ import annotations

from interaction_model.model import urgent_intent_name
from interaction_model.resolver import URGENT_DOUBTFUL, URGENT_ENOUGH, Resolution, Resolver
from skill.safety.screening import Screen


class Understanding:
    """The same screening as the skill's own, in front of the resolver."""

    def __init__(self, resolver: Resolver, screen: Screen) -> None:
        """Put the two together."""
        self._resolver = resolver
        self._screen = screen

    def resolve(self, utterance: str) -> Resolution:
        """Return the intent and slots; what only sounds like a danger sign is never taken for one."""
        finding = self._screen.screen(utterance)
        if finding and finding.look_alike is None:
            return Resolution(urgent_intent_name(finding.danger.name))
        doubtful = finding is not None or self._screen.sounds_harmless(utterance)
        return self._resolver.resolve(utterance, urgent_from=URGENT_DOUBTFUL if doubtful else URGENT_ENOUGH)
