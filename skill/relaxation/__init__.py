"""Relaxation sessions: a script and a length -> a timed plan; where in it the listener is."""
