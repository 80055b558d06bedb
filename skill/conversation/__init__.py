"""A listener's turn in, a reply out: no Alexa, no input or output."""
