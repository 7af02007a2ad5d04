"""How a group is asked where it is on its map, and what the answers show together."""

from collections.abc import Mapping, Sequence
from typing import Any

from practices.polarities.map import CORNERS
from practices.polarities.standing import STEPS, Stand
from practices.polarities.walking import Polarity
from practices.polarities.whole import Post, Whole
from workspace.blocks import Block, actions, button, context, field, held, modal, radio, section, select
from workspace.pictures.polarities.words import OFTEN
from workspace.polarities.drawing import Drawing, both, called
from workspace.polarities.moving import onward
from workspace.polarities.revealing import heard

ASKED = "Where do you feel we are most, these days?"
ONCE = (
    "Shown only as sums, and only if five people or more answer; drawn once, when the round closes. Until then you can "
    "change your answer."
)
TOO_FEW = (
    "Fewer than five people answered this time, so it is too little to draw: nobody is to be guessed. The map itself "
    "stands as it is."
)
TAKEN = "Thank you. Until the round closes you can change it: press the button again."


def assess(found: Whole, post: Post) -> Drawing:
    """The question in the channel: open, or over."""
    one = found.polarity
    blocks = [section(f"*Where are we? {both(one)}*\n{ASKED} One place, and how often you see each corner.")]
    if one.state == post.kind:
        heard = (
            f"{found.answered} {'has' if found.answered == 1 else 'have'} answered. "
            if found.answered
            else ""
        )
        blocks += [
            context(heard + ONCE),
            actions(button("Say where I stand", "polarity_stand", one.id, primary=True), *onward(one)),
        ]
    else:
        blocks.append(context("This round is over."))
    return Drawing(f"Where are we? {both(one)}", tuple(blocks))


def learn(found: Whole, post: Post) -> Drawing:
    """What the round shows, and the time to talk about it."""
    one, shown = found.polarity, found.stood(0)
    told = f"*Where we are: {both(one)}*\nThe longer a half of the loop, the more often we see that corner."
    blocks = [section(told if shown.now else f"*Where we are: {both(one)}*\n{TOO_FEW}")]
    if one.state == post.kind:
        blocks += [
            section("What do you make of it? Three questions are in the thread of the map."),
            actions(*onward(one)),
        ]
    return Drawing(f"Where we are: {both(one)}", tuple(blocks), shown, 1, heard(shown))


def form(one: Polarity, mine: Stand | None) -> Block:
    """One place, and four steps; what she answered before, if she did."""
    note = context(ONCE)
    return modal(
        "polarity_stand", "Where are we?", [*fields(one, mine), note], submit="Stand here", private=one.id
    )


def fields(one: Polarity, mine: Stand | None) -> Sequence[Block]:
    """The place, and for each corner how often it is seen."""
    places = [*((called(one, corner), str(corner)) for corner in CORNERS), ("I am not sure", "unsure")]
    often = list(zip((word.capitalize() for word in OFTEN), STEPS, strict=True))
    steps = [
        field(
            corner,
            f"We see this: {called(one, corner)}",
            select(often, STEPS[mine.seen[corner]] if mine and corner in mine.seen else None, "How often?"),
            optional=True,
        )
        for corner in CORNERS
    ]
    return [field("place", ASKED, radio(places, mine.place if mine else None)), *steps]


def answered(view: Mapping[str, Any]) -> tuple[str, str | None, dict[str, str]]:
    """On which map, the place, and the steps that were chosen."""
    seen = {str(corner): str(held(view, corner) or "") for corner in CORNERS}
    return str(view["private_metadata"]), held(view, "place"), seen
