"""A pretend Echo: real Alexa requests to the real skill, and its real SSML performed."""
