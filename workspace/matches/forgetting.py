"""What is taken out of Slack, and said, when somebody in a conversation is forgotten."""

from collections.abc import Sequence
from datetime import datetime

from practices.matches.conversations import Conversation
from practices.model import Message, identity

GONE = "Your match can't make it this time, and that is nobody's fault. You come first in the next round."


def forgotten(
    talk: Conversation, who: str, places: Sequence[tuple[str, str]], now: datetime
) -> tuple[Message, ...]:
    """Out goes what introduced her, her words, and what the circle was let hear (`places`: channel and ts)."""
    out = tuple(
        Message(
            id=identity("match forgotten", talk.id, channel, ts),
            community=talk.community,
            purpose="match forgotten",
            subject=talk.id,
            channel=channel,
            kind="delete",
            ts=ts,
            text="",
        )
        for channel, ts in dict.fromkeys(places)
    )
    left = [one.member for one in talk.staying if one.member != who]
    if talk.freed or talk.closes <= now or len(left) == len(talk.staying) or len(left) > 1:
        return out
    return (*out, *(_told(talk, one) for one in left))


def _told(talk: Conversation, member: str) -> Message:
    return Message(
        id=identity("match gone", talk.id, member),
        community=talk.community,
        purpose="notice",
        subject=talk.id,
        member=member,
        text=GONE,
    )
