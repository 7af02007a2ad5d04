"""How a stop of a walk stands in the channel, its form, and the lines that its thread shows when it has closed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from practices.polarities.gathering import Gathered, laid_out
from practices.polarities.map import CORNERS, Corner
from practices.polarities.walking import LINE, LINES, Polarity, Standing
from practices.polarities.way import WALKING, stop, stops
from practices.polarities.whole import Post, Whole
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    cut,
    field,
    held,
    modal,
    safe,
    section,
    text_input,
)
from workspace.polarities.drawing import Drawing, after, both, called
from workspace.polarities.moving import onward
from workspace.polarities.opening import promise

FIELDS = (("first", "A line"), ("second", "Another line"), ("third", "One more"))
THANKS: Mapping[Standing, str] = {
    "open": "Kept. It is shown with the others' lines when this stop closes; until then you can change it.",
    "late": "This stop had closed meanwhile. Your lines are kept all the same, and go to the gathering.",
    "early": "Kept. It is shown with the others' lines when this stop closes; until then you can change it.",
}
LATE = "without names, lines that come late are shown only once five people have such lines"
WAITING = (
    "_What was written here waits until five people or more have written, so that nobody can be guessed._"
)
IN_THREAD = "the lines are in the thread of the map."
WAIT = "the lines wait until five people or more have written, so that nobody can be guessed."
QUIET = "Nothing was written here this time."
NOTHING = f"_{QUIET}_"
MOST = 40  # sections of one message


def at_stop(found: Whole, post: Post) -> Drawing:
    """A stop in the channel: open, or closed."""
    one = found.polarity
    number = WALKING.index(next(state for state in WALKING if state == post.kind)) + 1
    corner = stops(one.first)[number - 1]
    wrote = found.walked.get(corner, 0)
    name = called(one, corner)
    blocks = [
        section(f"*Stop {number} of 4: {safe(name)}*\n{stand(one, corner)}"),
        context(_crumbs(one, corner)),
    ]
    if one.state == post.kind:
        heard = f"{wrote} {'has' if wrote == 1 else 'have'} written here. " if wrote else ""
        buttons = [button("Write from here", "walk", f"{one.id}/{corner}", primary=True)]
        if one.pace == "days":
            buttons.append(button("Walk all four now", "walk_rest", one.id))
        elif number > 1:
            buttons.append(button("Walk what I missed", "walk_rest", one.id))
        blocks += [
            context(f"{heard}Lines stay hidden until this stop closes."),
            actions(*buttons, *onward(one)),
        ]
    else:
        where = IN_THREAD if any(line.corner == corner for line in found.lines) else WAIT
        told = f"{counted(wrote, 'person', 'people')} wrote here; {where}"
        blocks.append(context(f"This stop has closed. {told if wrote else QUIET}"))
    return Drawing(f"{both(one)}, stop {number} of 4: {safe(name)}", tuple(blocks))


def stand(one: Polarity, corner: Corner) -> str:
    """What it means to stand here."""
    pole, other = (one.left, one.right) if corner[1] == "L" else (one.right, one.left)
    if corner[0] == "U":
        return f"Stand here: *{safe(pole)}* at its best. What does it give us? What is it like here?"
    return (
        f"Stand here: we lean on *{safe(pole)}* so much that *{safe(other)}* is left behind. What do you see? "
        "What is it like here?"
    )


def in_thread(found: Whole, post: Post) -> Drawing:
    """All that was written from a corner, in the map's thread."""
    one = found.polarity
    corner = corner_of(post.kind.partition(" ")[2])
    title = f"*{safe(called(one, corner))}*"
    told = [_told(line, found) for line in laid_out(found.lines, one.seed)[corner]]
    if not told:
        told = [WAITING if found.walked.get(corner) and not one.named else NOTHING]
    parts = cut("\n".join([title, *told]))[:MOST]
    return Drawing(f"{both(one)}: {safe(called(one, corner))}", tuple(section(part) for part in parts))


def thanked(one: Polarity | None, stands: Standing) -> str:
    """What is said to somebody who has written, and when her lines are shown."""
    if stands == "late" and one and not one.named:
        return f"This stop had closed meanwhile. Your lines are kept all the same: {LATE}."
    return THANKS[stands]


def form(
    one: Polarity, corner: Corner, written: Sequence[str], shown: int, rest: Sequence[Corner] = ()
) -> Block:
    """Up to three short lines from one corner; `shown` of hers stand already, `rest` are the stops that follow."""
    number = stops(one.first).index(corner) + 1
    words = [*written, "", "", ""]
    fields = [
        field(
            name,
            label,
            text_input(words[at], limit=LINE, focus=at == 0, placeholder="From here I see..."),
            optional=at > 0,
        )
        for at, (name, label) in enumerate(FIELDS[: max(1, LINES - shown)])
    ]
    goes = "your lines go to the gathering" if one.named else LATE
    late = [context(f"This stop has closed: {goes}.")] if number < stop(one.state) else []
    return modal(
        "walk",
        f"Stop {number} of 4",
        [
            section(f"*{safe(called(one, corner))}*\n{stand(one, corner)}"),
            context(_crumbs(one, corner)),
            *late,
            *fields,
            context(promise(one)),
        ],
        submit="Keep, and walk on" if rest else "Keep",
        private=json.dumps({"map": one.id, "corner": corner, "rest": list(rest)}),
    )  # fmt: skip


def written(view: Mapping[str, Any]) -> tuple[str, Corner, list[str], tuple[Corner, ...]]:
    """Which map and corner, the lines, and the stops that follow."""
    about = json.loads(view["private_metadata"])
    lines = [str(held(view, name) or "") for name, _ in FIELDS]
    return about["map"], corner_of(about["corner"]), lines, tuple(corner_of(one) for one in about["rest"])


def where(action: Mapping[str, Any]) -> tuple[str, Corner]:
    """Which map, and which corner."""
    id_, _, corner = str(action["value"]).partition("/")
    return id_, corner_of(corner)


def corner_of(text: str) -> Corner:
    """A corner by its name."""
    return next((one for one in CORNERS if one == text), get_args(Corner)[0])


def _crumbs(one: Polarity, here: Corner) -> str:
    """Where we are on the way, in words: the stop's number, and all four in their order."""
    order = stops(one.first)
    names = [f"*{safe(called(one, at))}*" if at == here else safe(called(one, at)) for at in order]
    return f"{order.index(here) + 1} of 4:  {'  →  '.join(names)}"


def _told(line: Gathered, found: Whole) -> str:
    alike = [f"      _said alike:_ {_signed(one)}" for one in found.lines if one.under == line.id]
    given = found.dots.get(line.id, 0) if after(found.polarity, "gathering") else 0
    dots = f" ({counted(given, 'dot', 'dots')})" if given else ""
    return "\n".join([f"• {_signed(line)}{dots}", *alike])


def _signed(line: Gathered) -> str:
    """A line, with its author's name where names are shown."""
    return safe(line.text) + (f" – {safe(line.by)}" if line.by else "")
