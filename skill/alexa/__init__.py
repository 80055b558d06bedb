"""The skill as Alexa knows it: ask-sdk requests in, ask-sdk responses out."""
