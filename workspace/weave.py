"""The weave in words: on the page of figures, and in the circle's channel with its picture."""

from practices.model import Circle, Message, identity
from practices.weave import Weave
from workspace.blocks import context, header, safe, section
from workspace.pictures import posting
from workspace.pictures.weave import SOME, TITLE, drawn, lines, twin

NOT_YET = "It is drawn once two sectors have had five conversations in match rounds that are over."


def told(weave: Weave) -> str:
    """Which sectors have met how often, as far as that is shown."""
    if not weave.chords:
        return NOT_YET
    return "\n".join([*map(safe, lines(weave)), *([] if weave.whole else [SOME])])


def mark(weave: Weave) -> str:
    """A mark of what would be drawn; "" where nothing is."""
    return identity("weave", twin(weave)) if weave.chords else ""


def post(weave: Weave, circle: Circle, ts: str | None) -> Message:
    """The message in the channel, or in the place of the one that stands there: words and picture."""
    message = Message(
        id=identity("weave", circle.id, mark(weave)),
        community=circle.community,
        purpose="weave",
        subject=circle.id,
        channel=circle.channel,
        kind="update" if ts else "post",
        ts=ts,
        text=safe(twin(weave)),
        blocks=(
            header(TITLE),
            section(told(weave)),
            context(
                "Each conversation of our match rounds in which people said they met. No names are in it."
            ),
        ),
    )
    return posting.show(message, (drawn(weave),), at=1)
