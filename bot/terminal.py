"""What others wrote, for a host's terminal: it never moves the cursor, forges a line or turns one round."""

import re

# Control characters, other ends of line, and marks that turn the direction of writing.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def harmless(text: str) -> str:
    """The text as one line in which nothing is hidden."""
    return UNSEEN.sub(" ", text)
