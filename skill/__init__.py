"""What is answered: the content, the conversation, and the ways to reach it."""
