"""What somebody hears who cannot see a picture: as many whole sentences as Slack takes."""

LONGEST = 2000  # characters beside a picture in a message
UPLOADED = 1000  # and of an uploaded file
ENDS = (". ", "! ", "? ")


def whole(text: str, limit: int = LONGEST) -> str:
    """As many whole sentences as there is room for; of a sentence that is longer than that, as many words."""
    if len(text) <= limit:
        return text
    end = max(text.rfind(mark, 0, limit) for mark in ENDS)
    if end > 0:
        return text[: end + 1]
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
