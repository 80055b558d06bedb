"""How something is said, and how it is heard: sentences to markup, captions and sound; sound to words."""
