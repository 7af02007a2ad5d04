"""What somebody reads on her first day in a circle: what it does, how to pass, what is kept, what she may choose."""

from datetime import datetime

from practices.model import Circle, Message, identity
from practices.nudges import Wish
from practices.rhythm import next_slot
from workspace.blocks import Block, actions, button, context, day, if_worried, safe, section
from workspace.circles import KEPT, WEEKDAYS
from workspace.nudges import TOLD

ASKED = (
    "May I remind you, once, in a direct message, if a question is still open and you have not answered? Only on "
    "working days, between nine and five by your own clock."
)
YES = "Thank you. I remind you once, if a question is still open. *Your rhythm* in my Home tab changes that."
NO = "Gladly: I send you no reminders. *Your rhythm* in my Home tab changes that."


def whisper(circle: Circle, member: str, wish: Wish | None, word: str, now: datetime) -> Message:
    """The same for her alone, by itself: when she comes in, or when the circle begins around her."""
    return Message(
        id=identity("welcome", circle.community, circle.id, member),
        community=circle.community,
        purpose="welcome member",
        subject=circle.id,
        channel=circle.channel,
        member=member,
        kind="whisper",
        text=_text(circle),
        blocks=tuple(welcome(circle, wish, word, now)),
    )


def welcome(circle: Circle, wish: Wish | None, word: str, now: datetime) -> list[Block]:
    """What it means for her; whoever has said before how often she would like to be reminded is not asked again."""
    for_what = f"\n{safe(circle.purpose)}" if circle.purpose else ""
    comes = (
        f"{_comes(circle, now)} A sentence is plenty, in its thread or with *Answer*. Passing is always fine, and "
        "nobody counts who is quiet."
    )
    blocks = [
        section(f"*{_text(circle)}*{for_what}"),
        section(comes),
        section(f"{KEPT[circle.memory]} You can edit or delete your own answers at any time."),
    ]
    if wish:
        blocks.append(section(f"{TOLD[wish.pace]} That is what you chose."))
    else:
        blocks += [
            section(ASKED),
            actions(
                button("Yes, one gentle reminder is fine", "welcome_yes", circle.id),
                button("No reminders", "welcome_no", circle.id),
                block_id="welcome",
            ),
        ]
    return [
        *blocks,
        context(
            f"Everything else has a switch of its own. Conversations with somebody new: `/{word} match`. Being quoted: "
            "a box as you answer, empty at first. *Never keep my words*, and when you are away: in my Home tab."
        ),
        context(if_worried(circle.turn_to, "please tell its conveners.")),
    ]


def _comes(circle: Circle, now: datetime) -> str:
    """When questions come here, and the day of the next: it may be weeks away."""
    rhythm = circle.rhythm
    usual = f"A question comes to this channel on {WEEKDAYS[rhythm.weekday]}s at {rhythm.at:%H:%M}"
    if circle.state != "active":
        return f"{usual}, but just now its questions rest."
    return f"{usual}, the next on {day(next_slot(rhythm, now).on)}."


def _text(circle: Circle) -> str:
    return f"Welcome to {safe(circle.name)}."
