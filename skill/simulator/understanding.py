"""What the pretend Echo understands: danger signs before all else, then the resolver."""

from __future__ import annotations

from dataclasses import replace

from interaction_model.names import ABOUT, FALLBACK, TOPIC, intent_name, urgent_intent_name
from interaction_model.resolver import NEVER_URGENT, URGENT_DOUBTFUL, URGENT_ENOUGH, Resolution, Resolver, SlotMatch
from skill.library import Library
from skill.safety.screening import Screen


class Understanding:
    """The same screening as the skill's own, in front of the resolver."""

    def __init__(self, resolver: Resolver, library: Library, screen: Screen) -> None:
        """Put the resolver and the danger signs of the library together."""
        self._resolver = resolver
        self._screen = screen
        answers = (entry for entry in library.entries.values() if entry.covered)
        self._answers = {intent_name(entry.name): entry for entry in answers}
        self._urgency = {
            urgent_intent_name(danger.name, crisis=danger.crisis): danger.urgency for danger in library.dangers
        }

    def resolve(self, utterance: str) -> Resolution:
        """Return the intent and slots; of two danger signs that it may be, the more urgent."""
        finding = self._screen.screen(utterance)
        if finding and finding.look_alike is None:
            sign = urgent_intent_name(finding.danger.name, crisis=finding.danger.crisis)
            likeliest = self._resolver.resolve(utterance)
            return Resolution(self._most_urgent(sign, likeliest.intent))
        if finding and finding.danger.crisis:
            # "I used to want to die" is taken for nothing else, unless somebody wrote down what it asks for.
            known = self._resolver.resolve(utterance, urgent_from=NEVER_URGENT)
            return known if known.confidence == 1 else Resolution(FALLBACK)
        doubtful = finding is not None or self._screen.sounds_harmless(utterance)
        found = self._resolver.resolve(utterance, urgent_from=URGENT_DOUBTFUL if doubtful else URGENT_ENOUGH)
        if found.intent in self._urgency:
            return replace(found, intent=self._most_urgent(found.intent, found.near_tie), near_tie="")
        return self._in_doubt(found)

    def _in_doubt(self, found: Resolution) -> Resolution:
        """Return an answer that hardly anything speaks for as the topic in doubt that Alexa would make of it."""
        first, second = self._answers.get(found.intent), self._answers.get(found.near_tie)
        if first is None or second is None or not set(first.facts).isdisjoint(second.facts):
            return found
        topic = SlotMatch(first.names[0], first.name, first.names[0], (second.name, second.names[0]))
        return replace(found, intent=ABOUT, slots={TOPIC: topic})

    def _most_urgent(self, *intents: str) -> str:
        """Return the most urgent of the intents that are of danger signs."""
        return min((intent for intent in intents if intent in self._urgency), key=self._urgency.__getitem__)
