"""Somebody asks the conveners to look at what stands in their channel. Not who."""

from practices.model import Circle, Message, identity
from workspace.blocks import if_worried, safe, section

TELL = "Tell the conveners"
ADMINS = "please tell an admin of this workspace."
TOLD = "Thank you. The conveners are asked to look at it; they are not told by whom."


def told(circle: Circle | None) -> str:
    """What whoever asked reads; where nobody convenes the circle just now, that nobody could be asked."""
    if circle and circle.conveners:
        return TOLD
    turn_to = circle.turn_to if circle else ""
    return f"Nobody convenes this circle just now, so I could ask nobody. {if_worried(turn_to, ADMINS)}"


def please_look(key: str, what: str, circle: Circle, more: str) -> tuple[Message, ...]:
    """To each convener, once about the same (`key`): `what` they are asked to look at, and `more` about what they can
    do."""
    text = f"Somebody in *{safe(circle.name)}* asks its conveners to look at {what}. Who asks is not told. {more}"
    return tuple(
        Message(
            id=identity("please look", key, convener),
            community=circle.community,
            purpose="notice",
            subject=key,
            member=convener,
            text=text,
            blocks=(section(text),),
        )
        for convener in circle.conveners
    )


def at_a_card(key: str, place: str, circle: Circle) -> tuple[Message, ...]:
    """They are asked to look at words with a name, which stand at this address."""
    more = "A word with whoever wrote it is often the best beginning."
    return please_look(key, f"<{place}|what somebody wrote>", circle, more)
