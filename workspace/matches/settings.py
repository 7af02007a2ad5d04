"""What conveners see of match rounds: the settings, the next round before it comes, and figures that name nobody."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from practices.matches.model import Plan, Spacing
from practices.matches.settings import EVERY, SIZES, SPACINGS, Figures, Round, Setting, Wanted, rests
from practices.model import Circle, Message, identity
from practices.refusals import NotDrawn
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    divider,
    field,
    held,
    modal,
    moment,
    people_select,
    radio,
    safe,
    section,
    select,
    text_input,
)
from workspace.circles import WEEKDAYS
from workspace.pace import PER_MINUTE, minutes_to_open
from workspace.writings import window

TITLE = "Match rounds"
WEEKS = {1: "Every week", 2: "Every second week", 3: "Every third week", 4: "Every fourth week"}
GROUPS = {2: "In pairs", 3: "In threes"}
SPACED: dict[Spacing, str] = {
    "window": "As late as the circle's size allows (best for most)",
    "never while avoidable": "Never, as long as that can be avoided",
    "across first": "Sooner, if that brings more sectors together",
}
DRAWING = "I am drawing. This takes a moment."
MOST_APART = 12  # people at once
SHOWN = 80  # pairs who are kept apart: a window holds a hundred blocks


class Convened(NamedTuple):
    """All that a convener's page shows."""

    circle: Circle
    setting: Setting
    coming: Round | None
    enrolled: int
    figures: Sequence[Figures]


def form(circle: Circle, setting: Setting | None) -> Block:
    """How often, on which day, in pairs or threes, among which sectors."""
    now = setting or Setting(
        circle.id, circle.began, sectors=circle.sectors or Setting("", circle.began).sectors
    )
    weekdays = [(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    blocks = [
        section(
            f"Pairs of *{safe(circle.name)}* who would not meet otherwise, drawn across sectors. "
            "Whoever wants to joins; nobody is chased."
        ),
        field("every", "A round", select([(WEEKS[one], str(one)) for one in EVERY], str(now.every))),
        field("weekday", "It opens on", select(weekdays, str(now.weekday))),
        field("at", "At", {"type": "timepicker", "initial_time": f"{now.at:%H:%M}"}),
        field("size", "They meet", radio([(GROUPS[one], str(one)) for one in SIZES], str(now.size))),
        field(
            "sectors",
            "Sectors, each on a line of its own",
            text_input("\n".join(now.sectors), limit=600, lines=True),
        ),
        field(
            "spacing",
            "Two meet again",
            radio([(SPACED[one], one) for one in SPACINGS], now.spacing),
        ),
    ]
    return modal("match_setting", TITLE, blocks, submit="Save" if setting else "Begin", private=circle.id)


def wanted(view: Mapping[str, Any]) -> Wanted:
    """What was filled in."""
    return Wanted(
        circle=view["private_metadata"],
        weekday=_number(held(view, "weekday")),
        at=held(view, "at") or "",
        every=_number(held(view, "every")),
        size=_number(held(view, "size")),
        spacing=held(view, "spacing") or "",
        sectors=tuple((held(view, "sectors") or "").splitlines()),
    )


def page(convened: Convened) -> Block:
    """The convener's page."""
    circle, setting, coming, enrolled, figures = convened
    at = f"{WEEKS[setting.every]} on {WEEKDAYS[setting.weekday]} at {setting.at:%H:%M}, {GROUPS[setting.size].lower()}."
    quiet = "Nothing comes: every week ahead is quiet."
    following = "The rounds rest." if rests(setting, circle) else quiet
    if coming:
        following = f"The next round opens on *{moment(coming.opens, circle.rhythm.zone)}*."
    blocks = [
        section(
            f"*{safe(circle.name)}*: {at}\n{following}\n{counted(enrolled, 'person takes', 'people take')} part."
        ),
        actions(
            button("Preview the next round", "match_preview", circle.id, primary=True),
            button("Run one now", "match_now", circle.id),
            button("Change", "match_change", circle.id),
            button("Not together", "match_apart", circle.id),
            button("Begin again", "match_resume", circle.id)
            if setting.paused
            else button("Pause", "match_pause", circle.id),
        ),
    ]
    blocks += takes(enrolled // setting.size)
    if figures:
        lines = "\n".join(
            f"• Round {one.number}{', open now' if one.state == 'open' else ''}: "
            f"{counted(one.opened, 'conversation', 'conversations')} opened, {one.met} met"
            for one in figures
        )
        blocks += [divider(), section(lines), context("Met: as far as somebody said so. Never who did not.")]
    return window(TITLE, blocks)


def announced(circle: Circle, coming: Round | None) -> Message:
    """To the channel, once: match rounds begin here, and how to join."""
    following = f" The first one opens on {moment(coming.opens, circle.rhythm.zone)}." if coming else ""
    text = (
        "A conversation with somebody you would not meet otherwise, every now and then: match rounds begin in "
        f"*{safe(circle.name)}*.{following} Join if you like, and leave whenever you like."
    )
    return Message(
        id=identity("match rounds begin", circle.id),
        community=circle.community,
        purpose="match rounds",
        subject=circle.id,
        channel=circle.channel,
        text=text,
        blocks=(
            section(text),
            actions(button("Join", "match_join", circle.channel, primary=True), block_id="match_join"),
        ),
    )


def drawing() -> Block:
    return window("The next round", [section(DRAWING)])


def not_drawn() -> Block:
    """In the place of a draw that came to nothing."""
    return window("The next round", [section(NotDrawn().sentence)])


def nobody(circle: Circle) -> Block:
    text = f"Nobody would be in it so far. People join with the button in <#{circle.channel}>."
    return window("The next round", [section(text)])


def preview(coming: Round | None, plan: Plan) -> Block:
    """How the next round would look if it were drawn now."""
    blocks = [section(f"*{told(plan)}*")]
    if plan.alone:
        blocks.append(
            section("No group is found so far for " + ", ".join(f"<@{one.id}>" for one in plan.alone[:20]))
        )
    blocks += takes(len(plan.groups))
    for group in plan.groups[:40]:
        who = " and ".join(f"<@{one}>" for one in group.members)
        blocks.append(context(f"{who}: {', '.join(group.reasons)}"))
    if len(plan.groups) > 40:
        blocks.append(context(f"And {len(plan.groups) - 40} more."))
    if coming:
        blocks.append(actions(button("Another draw", "match_fresh", coming.id)))
    blocks.append(
        context("It is drawn when it opens, of those who are in it then: this is how it would be now.")
    )
    return window("The next round", blocks)


def takes(groups: int) -> list[Block]:
    """Of many groups: that they do not all hear at once."""
    if not (minutes := minutes_to_open(groups)):
        return []
    return [
        context(
            f"Slack lets me open some {PER_MINUTE:.0f} groups a minute: the last of {groups} hear about "
            f"{counted(minutes, 'minute', 'minutes')} after the first."
        )
    ]


def told(plan: Plan) -> str:
    """8 pairs and a trio, all across sectors, nobody has met before."""
    sizes: dict[int, int] = {}
    for group in plan.groups:
        sizes[len(group.members)] = sizes.get(len(group.members), 0) + 1
    names = {2: ("a pair", "pairs"), 3: ("a trio", "trios"), 4: ("a four", "fours")}
    parts = []
    for size, many in sorted(sizes.items()):
        one, several = names.get(size, (f"a group of {size}", f"groups of {size}"))
        parts.append(one if many == 1 else f"{many} {several}")
    if not parts:
        return "Nobody can be matched"
    certificate, groups = plan.certificate, len(plan.groups)
    across = "all across sectors" if certificate.across == groups else f"{certificate.across} across sectors"
    before = "nobody has met before"
    if certificate.met_before:
        before = f"{counted(certificate.met_before, 'pair has', 'pairs have')} met before"
    said = " and ".join(parts) + f", {across}, {before}"
    return said[0].upper() + said[1:]


def begins_now(circle: Circle) -> Block:
    return window(TITLE, [section(f"The round of *{safe(circle.name)}* opens now.")])


def apart(circle: Circle, pairs: Sequence[tuple[str, str]]) -> Block:
    """Who is not to be matched, as far as the conveners wish: a manager and who reports to her."""
    blocks = [
        section("People who are not matched with each other, such as a manager and who reports to her."),
        field(
            "people", "Not together", people_select((), MOST_APART), optional=True, hint="Two people or more."
        ),
        *(
            section(
                f"<@{one}> and <@{other}>",
                accessory=button("Remove", "match_together", f"{circle.id}/{one}/{other}"),
            )
            for one, other in pairs[:SHOWN]
        ),
        *_more(len(pairs) - SHOWN),
        context("Conveners of this circle see this list. What members wish for themselves nobody sees."),
    ]
    return modal("match_apart", "Not together", blocks, submit="Save", private=circle.id)


def _more(many: int) -> list[Block]:
    pairs = counted(many, "pair", "pairs")
    return [context(f"And {pairs} more: you see them when some of these are removed.")] if many > 0 else []


def brought_together(action: Mapping[str, Any]) -> tuple[str, str, str]:
    """In which circle, and who."""
    circle, one, other = [*action["value"].split("/"), "", ""][:3]
    return circle, one, other


def people_apart(view: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(held(view, "people") or ())


def _number(text: Any) -> int:
    """One of the few small numbers that can be chosen here; -1 where it is none of them."""
    return next((one for one in range(10) if str(one) == text), -1)
