"""What opened a conversation says once that does not go on there: what is true now, and no buttons."""

from dataclasses import replace
from datetime import datetime

from practices.matches.conversations import Conversation
from practices.model import Circle, Message
from workspace.blocks import Block, safe, section
from workspace.matches.rounds import introduced


def redrawn(message: Message, talk: Conversation, circle: Circle, slack: str, now: datetime) -> Message:
    """The message that opened it, drawn anew."""
    over = talk.freed is None and now >= talk.closes
    text = f"You were matched in *{safe(circle.name)}*. {_now(message, talk, slack, over=over)}"
    blocks: list[Block] = [section(text)]
    if over:
        blocks += [section(introduced(one)) for one in talk.staying if one.member != message.member]
    return replace(message, text=text, blocks=tuple(blocks))


def third(message: Message, talk: Conversation, newest: str, slack: str) -> Message:
    """To two: somebody joins them."""
    text = f"<@{newest}> joins you two, so that nobody is left out. {_goes_on(talk, slack)}"
    return replace(message, text=text, blocks=(section(text),))


def _now(message: Message, talk: Conversation, slack: str, *, over: bool) -> str:
    if talk.freed:
        return "This conversation does not take place, and that is nobody's fault."
    return "This round is over." if over else _goes_on(talk, slack)


def _goes_on(talk: Conversation, slack: str) -> str:
    who = "You three go on" if len(talk.staying) == 3 else "You go on"
    if talk.channel:
        return f"{who} in <{slack}archives/{talk.channel}|your new messages>."
    return f"{who}: I have written to each of you."
