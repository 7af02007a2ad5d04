"""How an author is asked whether what she has kept for two years or longer stays; and what is said when she answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from practices.forms import Forms
from practices.longkept import Asking
from practices.model import Message, identity
from practices.writings import Locked, Writing
from workspace.blocks import Block, actions, button, context, counted, day, day_of, section, sure
from workspace.mine import PAGE, entry
from workspace.writings import window

STAYS = "It all stays with you. You find it in your App Home, under what you wrote."
GONE = "It is gone, with what stood of it in Slack."
NOTHING_LEFT = (
    "There is nothing left of that question. What you wrote is in your App Home, under *What I wrote*."
)
ONLY_ASKED = (
    "If you do nothing, it all stays. I ask about such things once a year at most. Only you see this."
)


def asks(one: Asking, zone: str) -> Message:
    """How much it is and since when, none of her words."""
    since = day(one.oldest.astimezone(ZoneInfo(zone)).date(), year=True)
    if one.many == 1:
        what, sure_of = (
            f"Something that you wrote on {since} has been with me for two years or longer.",
            "It goes",
        )
    else:
        what = f"{one.many} things that you wrote have been with me for two years or longer, the oldest since {since}."
        sure_of = f"All {one.many} go"
    value = one.on.isoformat()
    delete = button(
        "Delete it" if one.many == 1 else "Delete them all",
        "longkept_delete",
        value,
        confirm=sure("Delete?", f"{sure_of} for good, with what stands of it in Slack.", "Delete"),
    )
    return Message(
        id=identity("longkept", one.community, one.member, value),
        community=one.community,
        purpose="longkept",
        subject=value,
        member=one.member,
        text=f"{what} Shall it stay?",
        blocks=(
            section(f"{what} *Shall it stay?*"),
            actions(
                button("Keep it" if one.many == 1 else "Keep them all", "longkept_keep", value, primary=True),
                button("Look at it" if one.many == 1 else "Look at them", "longkept_look", value),
                delete,
            ),
            context(ONLY_ASKED),
        ),
    )


def looking(found: Sequence[Writing | Locked], zone: str, forms: Forms) -> Block:
    """(Look at them): each with what can be done."""
    if not found:
        return window("Kept for long", [section(NOTHING_LEFT)])
    blocks = [entry(one, zone, forms) for one in found[:PAGE]]
    if len(found) > PAGE:
        blocks.append(context(f"And {len(found) - PAGE} more, under *What I wrote* in your App Home."))
    return window("Kept for long", blocks)


def deleted(gone: int, waits: int) -> str:
    """They are gone, or nearly; or nothing was left of what the question was about."""
    if not waits:
        return GONE if gone else NOTHING_LEFT
    what = counted(waits, "thing is", "things are")
    return f"{what} on the way to Slack just now, and stayed. The rest is gone. Please try again in a moment."


def pressed(action: Mapping[str, Any]) -> date:
    """On which day she was asked."""
    return day_of(str(action["value"])) or date.min
