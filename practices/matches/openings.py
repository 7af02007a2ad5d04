"""The message that opens a conversation: where it stands, and what becomes of it once the conversation does not go on
there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from practices.matches.conversations import Conversation, opening_id
from practices.model import Message, identity

Why = Literal["freed", "over", "third"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation was opened: for a group of its own, or for one `member` alone."""

    channel: str
    ts: str
    member: str = ""


def ids(talk: Conversation, people: int = 0) -> Mapping[str, str]:
    """By what the messages that open a conversation may be known, and whose each is alone (""): everybody's; also from
    before a third came, or only as it was with so many people."""
    many = (people,) if people else range(2, len(talk.people) + 1)
    members = ("", *(one.member for one in talk.people))
    return {opening_id(talk.id, number, member): member for number in many for member in members}


def redrawn(talk: Conversation, places: Iterable[Place], why: Why) -> tuple[Message, ...]:
    """Each such message is to say what is true now; its words are found when it is said."""
    return tuple(
        Message(
            id=identity("match redrawn", talk.id, why, one.channel, one.ts),
            community=talk.community,
            purpose="match redrawn",
            subject=talk.id,
            channel=one.channel,
            member=one.member,
            text="",
            kind="update",
            ts=one.ts,
        )
        for one in places
    )


def third(talk: Conversation, newest: str, places: Iterable[Place]) -> tuple[Message, ...]:
    """To two who talked by themselves so far: somebody joins them; its words are found when it is said."""
    return tuple(
        Message(
            id=identity("match third", talk.id, newest, one.channel),
            community=talk.community,
            purpose="match third",
            subject=f"{talk.id}/{newest}",
            channel=one.channel,
            member=one.member,
            text="",
        )
        for one in places
    )
