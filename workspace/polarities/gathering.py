"""How what was seen is gathered: dots in each corner, lines laid on one another, and the count of who dotted."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from practices.polarities.gathering import DOTS, Gathered, grouped, laid_out
from practices.polarities.map import CORNERS, Corner
from practices.polarities.walking import Polarity
from practices.polarities.whole import Post, Whole
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    field,
    held,
    modal,
    option,
    plain,
    safe,
    section,
)
from workspace.polarities.drawing import Drawing, both, called
from workspace.polarities.moving import onward
from workspace.polarities.walking import corner_of

ABOUT = (
    f"All that we wrote is in the thread of the map. Each of us has {DOTS} dots in each corner: give them to the lines "
    "that matter most. The four with most dots stand on the picture; every line stays in the thread."
)
THANKS = "Thank you. You can move your dots until we go on."
STACKED = "Done. Lines that say the same lie together now; each stays as it was written."


def gathering(found: Whole, post: Post) -> Drawing:
    """The gathering in the channel: open, or over."""
    one = found.polarity
    tops = laid_out(found.lines, one.seed)
    told = [
        f"• {safe(called(one, corner))}: {counted(len(tops[corner]), 'line', 'lines')}" for corner in CORNERS
    ]
    dotted = f"{found.dotters} {'has' if found.dotters == 1 else 'have'} given dots." if found.dotters else ""
    blocks = [section(f"*We gather: {both(one)}*\n{ABOUT}"), section("\n".join(told))]
    if dotted:
        blocks.append(context(dotted))
    if one.state == post.kind:
        stacks = [(f"Stack: {called(one, corner)}"[:75], f"stack/{one.id}/{corner}") for corner in CORNERS]
        blocks.append(
            actions(
                button("Give my dots", "dots", one.id, primary=True),
                button("Walk what I missed", "walk_rest", one.id),
                *onward(one, *stacks),
            )
        )
    else:
        blocks.append(context("The gathering is over."))
    return Drawing(f"We gather what we saw: {both(one)}", tuple(blocks))


def dotting(one: Polarity, lines: Sequence[Gathered], mine: Mapping[Corner, Sequence[str]]) -> Block:
    """Three dots in each corner, with those that she gave before."""
    tops = laid_out(lines, one.seed)
    fields = [
        field(
            corner,
            called(one, corner),
            _menu("multi_static_select", tops[corner], mine.get(corner, ())) | {"max_selected_items": DOTS},
            optional=True,
        )
        for corner in CORNERS
        if tops[corner]
    ]
    about = [section(f"Up to {DOTS} in each corner. Nobody sees whose dots are whose.")]
    return modal("dots", "Give my dots", [*about, *fields], submit="Give them", private=one.id)


def dots(view: Mapping[str, Any]) -> tuple[str, dict[Corner, list[str]]]:
    """Which map, and the lines chosen in each corner that was asked about."""
    asked = [corner for corner in CORNERS if corner in view["state"]["values"]]
    return str(view["private_metadata"]), {corner: held(view, corner) or [] for corner in asked}


def stacking(one: Polarity, corner: Corner, lines: Sequence[Gathered]) -> Block:
    """Which lines say the same, and which lies on top; or those that lie together are laid apart again."""
    tops = laid_out(lines, one.seed)[corner]
    under = {line.under for line in lines}
    fields = [
        field("top", "This line lies on top", _menu("static_select", tops), optional=True),
        field("alike", "These say the same", _menu("multi_static_select", tops), optional=True),
    ]
    if stacks := [line for line in tops if line.id in under]:
        fields.append(
            field("apart", "Lay these apart again", _menu("multi_static_select", stacks), optional=True)
        )
    about = section(
        f"*{safe(called(one, corner))}*\nNo line is worded anew: what lies under another stays with it."
    )
    private = json.dumps({"map": one.id, "corner": corner})
    return modal("stack", "Lines that say the same", [about, *fields], submit="Lay them so", private=private)


def stacks(view: Mapping[str, Any]) -> tuple[str, Corner, str, list[str], list[str]]:
    """Which map and corner; the line on top, those that say the same, and the stacks to be laid apart."""
    about = json.loads(view["private_metadata"])
    top, alike = held(view, "top"), held(view, "alike")
    return about["map"], corner_of(about["corner"]), str(top or ""), alike or [], held(view, "apart") or []


def _menu(kind: str, lines: Sequence[Gathered], chosen: Sequence[str] = ()) -> Block:
    """A menu of lines, however many there are: in groups of a hundred where one list cannot hold them."""
    options = {line.id: option(_short(line), line.id) for line in lines}
    groups = grouped(list(lines))
    element: Block = {"type": kind, "placeholder": plain("Choose")}
    if len(groups) == 1:
        element["options"] = list(options.values())
    else:
        element["option_groups"] = [
            {"label": plain(f"Lines, part {number}"), "options": [options[line.id] for line in group]}
            for number, group in enumerate(groups, 1)
        ]
    marked = [options[one] for one in chosen if one in options]
    return element | ({"initial_options": marked} if marked else {})


def _short(line: Gathered) -> str:
    return line.text[:75]
