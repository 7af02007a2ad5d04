"""How a map opens in its channel: what it asks, how it goes, and who has stepped in."""

from collections.abc import Mapping
from typing import Any

from practices.polarities.walking import Polarity
from practices.polarities.whole import Post, Whole, empty
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    field,
    header,
    held,
    modal,
    radio,
    safe,
    section,
)
from workspace.polarities.drawing import Drawing, both
from workspace.polarities.moving import onward

PACE = {
    "live": "We walk it together now: about 45 minutes, four stops, a few short lines at each.",
    "days": "We walk it over five working days, a stop a day. Each takes two minutes, whenever it suits you.",
}
NAMED = "What you write is shown with your name, once a stop closes."
UNNAMED = (
    "What you write is shown without your name, mixed with the others' lines, and only once five people or more have "
    "written. The conveners do not see who wrote which; whoever runs the server technically could find out."
)
CARE = "Watching is fine too: nobody counts who does not write."
IN = "You are in. When the walk begins, you find its first stop in this channel."
ALREADY_IN = "You have stepped in already. When the walk begins, you find its first stop in this channel."


def opening(found: Whole, post: Post) -> Drawing:
    """The opening post, for as long as the map is made."""
    del post
    one = found.polarity
    asks = f"How can we have *{safe(one.left)}* and *{safe(one.right)}* at the same time?"
    blocks: list[Block] = [header("A both/and map"), section(asks)]
    if one.question:
        blocks.append(section(f"*What makes us ask*\n{safe(one.question)}"))
    at = len(blocks)
    blocks += [section(PACE[one.pace]), context(promise(one), CARE), context(_people(found))]
    if one.state == "open":
        blocks.append(actions(button("Step in", "step_in", one.id, primary=True), *onward(one)))
    return Drawing(f"A both/and map: {both(one)}", tuple(blocks), empty(one), at)


def promise(one: Polarity) -> str:
    """Whether names are shown, as it is said to everyone."""
    return NAMED if one.named else UNNAMED


LEAVING = (
    "You get no more messages about this map. What nobody has seen yet of yours goes: lines that wait, and what you "
    "gave or answered where it still can be changed."
)
STAY, GO = "They stay, as they are shown now", "They go too"
HOLDS = "You still hold this map."
OUT = "You are out of this map. Thank you for the time you walked it."
NOT_IN = "You have not stepped into this map, so nothing had to change."


def stepped_in(one: Polarity, text: str) -> list[Block]:
    """Said to who stepped in, with the way out."""
    return [section(text), actions(out(one))]


def out(one: Polarity) -> Block:
    """(Step out)."""
    label = f"Step out of: {one.left} and {one.right}"[:75]
    return button("Step out", "step_out", one.id, label_for_all=label)


def stepping_out(one: Polarity, member: str) -> Block:
    """What goes, and the one question: do her lines stay?"""
    stays = field("lines", "Your lines that others have seen", radio([(STAY, "stay"), (GO, "go")], "stay"))
    holds = [context(HOLDS)] if member in one.holders else []
    about = section(f"*{both(one)}*\n{LEAVING}")
    return modal("step_out", "Step out", [about, stays, *holds], submit="Step out", private=one.id)


def stepped_out(view: Mapping[str, Any]) -> tuple[str, bool]:
    """Out of which map, and whether her lines go too."""
    return str(view["private_metadata"]), held(view, "lines") == "go"


def stepping(action: Mapping[str, Any]) -> str:
    """Into which map, or out of it."""
    return str(action["value"])


def _people(found: Whole) -> str:
    one = found.polarity
    here = f"{found.people} {'has' if found.people == 1 else 'have'} stepped in."
    begins = f" It begins once there are {one.least} of us." if found.people < one.least else ""
    held = f" Held by {safe(' and '.join(found.holders))}." if found.holders else ""
    walk = counted(found.people, "person walks it.", "people walk it.")
    return (here + begins if one.state == "open" else walk) + held
