"""What stands in the channel of a circle: the hello, the welcome, and what changes."""

from datetime import datetime

from practices.model import Circle, Message, identity
from practices.rhythm import Slot, next_slot
from workspace.blocks import actions, button, context, counted, if_worried, moment, safe, section
from workspace.circles.keeping import keeping
from workspace.circles.words import KEPT, WEEKDAYS


def hello(community: str, channel: str) -> Message:
    """What the bot says, once, when it is invited."""
    text = "Hello, I can hold a rhythm for this circle: a question each week, and what we heard."
    return Message(
        id=identity("hello", community, channel),
        community=community,
        purpose="hello",
        subject=channel,
        channel=channel,
        text=text,
        blocks=(
            section(text),
            actions(button("Set it up", "set_up", channel, primary=True), block_id="hello"),
        ),
    )


def back(circle: Circle, now: datetime, key: str) -> Message:
    """What the bot says when it is invited again to a circle it knows."""
    following = moment(next_slot(circle.rhythm, now).due, circle.rhythm.zone)
    text = f"Good to be back. The next question comes on {following}."
    return Message(
        id=identity("back", circle.id, key),
        community=circle.community,
        purpose="hello",
        subject=circle.channel,
        channel=circle.channel,
        text=text,
        blocks=(section(text),),
    )


def welcome(circle: Circle, first: Slot, visit_key: str, before: Circle | None) -> Message:
    """What the channel reads when a circle begins, or when its conveners change it."""
    new, lasts = before is None, keeping(circle, before)
    opening = f"*{safe(circle.name)}* begins." if new else f"The rhythm of *{safe(circle.name)}* has changed."
    for_what = f"\n{safe(circle.purpose)}" if circle.purpose and new else ""
    comes = (
        f"A question comes every {WEEKDAYS[circle.rhythm.weekday]} at {circle.rhythm.at:%H:%M}, "
        f"the first on {moment(first.due, circle.rhythm.zone)}."
    )
    conveners = " and ".join(f"<@{one}>" for one in circle.conveners)
    blocks = (
        section(f"{opening}{for_what}"),
        section(f"{comes} Answer in a sentence, in the thread or with the button. Passing is always fine."),
        section(f"{KEPT[circle.memory]} You can edit or delete your own answers at any time."),
        *([section(lasts)] if lasts else []),
        context(
            f"{counted(len(circle.conveners), 'Convener', 'Conveners')[2:]}: {conveners}. "
            f"{if_worried(circle.turn_to, 'please tell them.')}"
        ),
        actions(button("What it means for me", "welcome_me", circle.id), block_id="welcome"),
    )
    return Message(
        id=identity("welcome", circle.id, visit_key),
        community=circle.community,
        purpose="welcome",
        subject=circle.id,
        channel=circle.channel,
        text=comes,
        blocks=blocks,
    )
