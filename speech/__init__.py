"""How something is said: sentences and silences in, markup, captions or sound out."""
