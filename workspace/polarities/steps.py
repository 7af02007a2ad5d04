"""How small steps and early signs are chosen, and after how many weeks a map is looked at again."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from practices.polarities.steps import POLES, Asked, Planned, Pole, What, of
from practices.polarities.walking import Polarity
from practices.polarities.watching import LONGEST
from practices.polarities.whole import Post, Whole
from workspace import writings
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    day,
    day_of,
    field,
    held,
    modal,
    radio,
    safe,
    section,
    text_input,
)
from workspace.polarities.drawing import Drawing, both
from workspace.polarities.moving import onward

NAMES: Mapping[What, str] = {"step": "A small step", "sign": "An early sign"}
HINTS: Mapping[What, str] = {
    "step": "Something small that gains or keeps what this side gives.",
    "sign": "Something a visitor could notice when we overdo this side.",
}
BOTH = "It helps both sides"
ABOUT = "Up to three small steps and three early signs for each side. Small is good."
THEN = "From then on the map is in our memory too, for people who can read this channel."


def steps(found: Whole, post: Post) -> Drawing:
    """The steps and signs so far, with all that changes them."""
    one = found.polarity
    open_now = one.state == post.kind
    blocks: list[Block] = [section(f"*Small steps and early signs: {both(one)}*\n{ABOUT}")]
    for pole in POLES:
        blocks += _of(one, found.planned, pole, changes=open_now)
    blocks.append(context(looked_at(found.watched.weeks)))
    if open_now:
        blocks += [
            actions(
                button("Add a small step", "polarity_add_step", f"{one.id}/step", primary=True),
                button("Add an early sign", "polarity_add_sign", f"{one.id}/sign"),
                button("When to look again", "polarity_weeks", one.id),
                *onward(one),
            ),
            context(THEN),
        ]
    return Drawing(f"Small steps and early signs: {both(one)}", tuple(blocks))


def window(found: Whole) -> Block:
    """Steps and signs in a window of its own, while a map is watched."""
    one = found.polarity
    parts = [block for pole in POLES for block in _of(one, found.planned, pole, changes=True)]
    more = actions(
        button("Add a small step", "polarity_add_step", f"{one.id}/step"),
        button("Add an early sign", "polarity_add_sign", f"{one.id}/sign"),
        button("When to look again", "polarity_weeks", one.id),
    )
    return writings.window("Steps and signs", [*parts, context(looked_at(found.watched.weeks)), more])


def looked_at(weeks: Sequence[int]) -> str:
    """We look at it again after 4, 8 and 12 weeks."""
    *most, last = map(str, weeks)
    told = f"{', '.join(most)} and {last}" if most else last
    return f"We look at it again after {told} {'week' if told == '1' else 'weeks'}, a minute each."


def form(one: Polarity, what: What, before: Planned | None) -> Block:
    """A new step or sign; or one that is there, to be changed or taken out."""
    name = {"L": one.left, "R": one.right}
    blocks: list[Block] = []
    if before is None:
        blocks.append(field("pole", "For which side?", radio([(name[pole], pole) for pole in POLES])))
    else:
        blocks.append(section(f"*{safe(name[before.pole])}*"))
    words = text_input(before.words if before else "", limit=LONGEST, focus=True)
    out = "" if before is None else " Leave it empty to take it out."
    blocks.append(field("words", NAMES[what], words, optional=before is not None, hint=HINTS[what] + out))
    if what == "step":
        owner: Block = {"type": "users_select"} | (
            {"initial_user": before.owner} if before and before.owner else {}
        )
        by: Block = {"type": "datepicker"} | (
            {"initial_date": before.by.isoformat()} if before and before.by else {}
        )
        ticked = ["yes"] if before and before.helps_both else []
        blocks += [
            field("owner", "Who takes it?", owner, optional=True),
            field("by", "By when?", by, optional=True),
            field("helps_both", "Both sides", checkboxes([(BOTH, "yes")], ticked), optional=True),
        ]
    private = {"map": one.id, "what": what}
    if before:
        private |= {"pole": before.pole, "number": str(before.number), "words": before.words}
    return modal("polarity_plan", NAMES[what], blocks, submit="Keep", private=json.dumps(private))


def asked(view: Mapping[str, Any]) -> tuple[str, Asked, str | None]:
    """For which map; what is asked for; and the words that stood there when the form was opened."""
    kept = json.loads(view["private_metadata"])
    number = kept.get("number")
    wanted = Asked(
        what="sign" if kept["what"] == "sign" else "step",
        pole=str(kept.get("pole") or held(view, "pole") or ""),
        words=str(held(view, "words") or ""),
        number=int(number) if number is not None else None,
        owner=_owner(view),
        by=day_of(held(view, "by")),
        helps_both=bool(held(view, "helps_both")),
    )
    return str(kept["map"]), wanted, kept.get("words")


def pressed(action: Mapping[str, Any]) -> tuple[str, What, str, int | None]:
    """Of which map; a step or a sign; the pole and the number of one that is there."""
    id_, what, pole, number = (*str(action["value"]).split("/"), "", "", "")[:4]
    return id_, "sign" if what == "sign" else "step", pole, int(number) if number.isdecimal() else None


def below(view: Mapping[str, Any]) -> str:
    """The window with steps and signs over which this form was opened; "" where there is none."""
    root = str(view.get("root_view_id") or "")
    return root if root != view["id"] else ""


def weeks_form(one: Polarity, weeks: Sequence[int]) -> Block:
    """After how many weeks?"""
    typed = text_input(", ".join(map(str, weeks)), limit=40, focus=True)
    hint = "Such as 4, 8, 12. Everybody who stepped in gets a short message then."
    ask = field("weeks", "After how many weeks?", typed, hint=hint)
    return modal("polarity_weeks", "When to look again", [ask], submit="Keep", private=one.id)


def weeks_typed(view: Mapping[str, Any]) -> tuple[str, str]:
    """Of which map, and what was typed."""
    return str(view["private_metadata"]), str(held(view, "weeks") or "")


def _of(one: Polarity, there: Sequence[Planned], pole: Pole, *, changes: bool) -> list[Block]:
    name = safe(one.left if pole == "L" else one.right)
    blocks: list[Block] = []
    kinds: tuple[tuple[What, str], ...] = (
        ("step", f"Small steps: {name}"),
        ("sign", f"Early signs of too much {name}"),
    )
    for what, heading in kinds:
        found = of(there, what, pole)
        blocks.append(section(f"*{heading}*" if found else f"*{heading}*\n_None yet._"))
        for each in found:
            change = button(
                "Change",
                "polarity_plan",
                f"{one.id}/{what}/{pole}/{each.number}",
                label_for_all=f"Change: {each.words}"[:75],
            )
            place = f"{what}/{pole}/{each.number}"
            blocks.append(section(f"• {_told(each)}", accessory=change if changes else None, block_id=place))
    return blocks


def _told(one: Planned) -> str:
    more = [safe(one.name)] if one.name else []
    more += [f"by {day(one.by)}"] if one.by else []
    more += ["helps both"] if one.helps_both else []
    return safe(one.words) + (f" ({', '.join(more)})" if more else "")


def _owner(view: Mapping[str, Any]) -> str:
    element = view["state"]["values"].get("owner", {}).get("owner", {})
    return str(element.get("selected_user") or "")
