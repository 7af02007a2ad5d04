"""Her circles: those she convenes, with what conveners can do; and those she is in."""

from practices.forms import Forms
from practices.home import Page, convened, joined
from practices.model import Circle
from workspace import blocks
from workspace.blocks import Block, actions, button, safe
from workspace.circles import WEEKDAYS
from workspace.home.parts import Part, Row


def convened_by_her(page: Page, word: str, forms: Forms) -> Part | None:
    mine = convened(page)
    return Part("Circles you convene", rows=tuple(_looked_after(one) for one in mine)) if mine else None


def joined_by_her(page: Page, word: str, forms: Forms) -> Part | None:
    others = joined(page)
    if not page.circles:
        text = f"None yet. Invite me to a channel, then type `/{word} circle` there."
        return Part("Your circles", above=(blocks.section(text),))
    rows = tuple((blocks.section(_told(one), accessory=_figures(one)),) for one in others)
    return Part("Your circles", rows=rows) if rows else None


def _looked_after(circle: Circle) -> Row:
    return (
        blocks.section(_told(circle)),
        actions(
            button("Change", "set_up", circle.channel, label_for_all=f"Change {circle.name}"[:75]),
            _figures(circle),
            button("After we met", "ask_afterwards", circle.channel),
            _learning(circle),
        ),
    )


def _told(circle: Circle) -> str:
    rhythm = circle.rhythm
    asked = f"{WEEKDAYS[rhythm.weekday]}s at {rhythm.at:%H:%M}"
    gathers = (
        f"; you gather on {WEEKDAYS[rhythm.gathering[0]]}s at {rhythm.gathering[1]:%H:%M}"
        if rhythm.gathering
        else ""
    )
    return f"*{safe(circle.name)}* in <#{circle.channel}>: {asked}{gathers}"


def _learning(circle: Circle) -> Block:
    label = f"Learning digest of {circle.name}"[:75]
    return button("Learning digest", "learning", circle.channel, label_for_all=label)


def _figures(circle: Circle) -> Block:
    return button("Figures", "figures", circle.channel, label_for_all=f"Figures of {circle.name}"[:75])
