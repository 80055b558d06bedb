"""What is answered: the content, the conversation, and the ways to reach it."""

from skill.lazy_models import install

install()  # here, because it has to come before whichever module imports the SDK first
