"""What people may say: the interaction model, Alexa's rules for it, and an offline reader of it."""
