"""Amazon's certification list, run here before a reviewer runs it."""
