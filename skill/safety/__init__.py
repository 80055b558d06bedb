"""Danger signs: found by fixed words in what was said, answered with fixed texts; never a diagnosis."""
