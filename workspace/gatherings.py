"""How a circle is asked for a few words after it met."""

from datetime import datetime

from practices.catalogue.forms.afterwards import FORM
from practices.gatherings import about
from practices.model import Circle, Message, identity
from practices.reveals import due
from practices.rhythm import local_day
from workspace.blocks import Block, actions, button, context, moment, safe, section
from workspace.writings import window


def offer(circle: Circle, now: datetime) -> Message:
    """One quiet message in the channel, with the form's button; the same however often it is asked for in a day."""
    today = local_day(now, circle.rhythm.zone).isoformat()
    value = f"{FORM.key}/{circle.channel}/{about(circle, now)}"
    text = (
        f"*{safe(circle.name)}* has met. A word on leaving, something that mattered, something for next time?"
    )
    return Message(
        id=identity("after we met", circle.id, today),
        community=circle.community,
        purpose="gathering",
        subject=circle.id,
        channel=circle.channel,
        text=text,
        blocks=(
            section(text),
            actions(button(FORM.title, "write", value, primary=True), block_id="met"),
            context(f"{_when(circle, now)}You choose who sees what you write. Passing is fine."),
        ),
    )


def _when(circle: Circle, now: datetime) -> str:
    at = due(FORM, circle, about(circle, now))
    return f"It is shown on {moment(at, circle.rhythm.zone)}, all at once. " if at and at > now else ""


def asked(circle: Circle) -> Block:
    """Said to the convener."""
    return window(FORM.title, [section(f"I have asked in <#{circle.channel}>, once for today.")])
