"""What is taken out of Slack, and said, when somebody in a conversation is forgotten."""

from practices.matches.conversations import Conversation, Parted
from practices.model import Circle, Message, identity
from workspace.matches.rounds import opening

GONE = "Your match can't make it this time, and that is nobody's fault. You come first in the next round."


def forgotten(parted: Parted, circle: Circle | None) -> tuple[Message, ...]:
    """Out goes what introduced her, her words, and what the circle was let hear. Who is left alone hears that kindly;
    those who go on are introduced to each other anew."""
    out = tuple(_out(parted.before, *place) for place in parted.places)
    told = tuple(_told(parted.left, one) for one in parted.set_free)
    anew = (opening(parted.left, circle, anew=parted.introduced),) if circle and parted.goes_on else ()
    return (*out, *told, *anew)


def _out(talk: Conversation, channel: str, ts: str) -> Message:
    return Message(
        id=identity("match forgotten", talk.id, channel, ts),
        community=talk.community,
        purpose="match forgotten",
        subject=talk.id,
        channel=channel,
        kind="delete",
        ts=ts,
        text="",
    )


def _told(talk: Conversation, member: str) -> Message:
    return Message(
        id=identity("match gone", talk.id, member),
        community=talk.community,
        purpose="notice",
        subject=talk.id,
        member=member,
        text=GONE,
    )
