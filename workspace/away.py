"""Being away: from when until when and from what, and the word on coming back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from practices.away import USUAL, Away
from practices.model import Circle, Message, Prompt, identity
from practices.prompts import shortened
from workspace.blocks import Block, button, context, day, day_of, field, held, modal, safe, section, select
from workspace.prompts import link
from workspace.writings import window

EVERYWHERE = "everywhere"  # an option's value may not be empty
HOW = (
    "No reminder comes to you and you are in no match round. Questions go on coming to their channels. Nobody else "
    "sees that you are away, conveners included."
)
BACK = "Good to have you back."
CIRCLES, NAME = 99, 60  # options of a select; characters of a name


class Said(NamedTuple):
    """What the form holds."""

    since: date | None
    until: date | None
    circle: str


def form(now: Sequence[Away], circles: Sequence[Circle], today: date) -> Block:
    """From when, until when, from what; and what she has said so far, each with a way back."""
    names = {one.id: one.name for one in circles}
    before = next((one for one in now if not one.circle), None)
    since, until = (before.since, before.until) if before else (today, today + USUAL)
    where = [("Everywhere", EVERYWHERE)]
    where += [(f"Only from {one.name[:NAME]}", one.id) for one in circles[:CIRCLES]]
    blocks: list[Block] = [
        section(told(one, names, today), button("I am back", "away_back", one.circle or EVERYWHERE))
        for one in now
    ]
    blocks += [
        field("since", "From", _picker(max(since, today)), hint="The first day."),
        field("until", "Until", _picker(until), hint="The last day. You can come back sooner."),
        field("where", "Away from", select(where, EVERYWHERE)),
        context(HOW),
    ]
    return modal("away", "Away", blocks, submit="Save")


def said(view: Mapping[str, Any]) -> Said:
    """What was filled in."""
    where = held(view, "where") or EVERYWHERE
    return Said(
        day_of(held(view, "since")), day_of(held(view, "until")), "" if where == EVERYWHERE else where
    )


def where(action: Mapping[str, Any]) -> str:
    """From what she is back, as the button says."""
    value = str(action.get("value") or EVERYWHERE)
    return "" if value == EVERYWHERE else value


def told(one: Away, names: Mapping[str, str], today: date) -> str:
    """One line about one absence."""
    of = f" from *{safe(names.get(one.circle, 'one of your circles'))}*" if one.circle else ""
    begins = f" from {day(one.since)}" if one.since > today else ""
    return f"You are away{of}{begins} until {day(one.until, year=True)}."


def kept(one: Away, names: Mapping[str, str], today: date) -> Block:
    """Said once it is kept."""
    text = f"Enjoy it. {told(one, names, today)} When you are back, I tell you in a few lines what there was."
    return window("Away", [section(text)])


def back() -> Block:
    return window("Away", [section(BACK)])


def row(now: Sequence[Away], names: Mapping[str, str], today: date) -> Block:
    """On her own page."""
    lines = [told(one, names, today) for one in now] or ["You are not away."]
    press = (
        button("Change", "away", label_for_all="Change when I am away")
        if now
        else button("I am away", "away")
    )
    return section("\n".join(lines), accessory=press)


def promised(community: str, member: str, one: Away) -> Message:
    """What is promised on her return; what she missed is looked up when it is said."""
    return Message(
        id=identity("back", community, member, one.circle, one.until.isoformat()),
        community=community,
        purpose="back",
        subject=f"{one.since.isoformat()}/{one.circle}",
        member=member,
        text="",
    )


def about(message: Message) -> tuple[date | None, str]:
    """Since when, and from which circle, as that message says."""
    since, _, circle = message.subject.partition("/")
    return day_of(since), circle


def welcome_back(
    still_open: Sequence[Prompt], heard: Sequence[Prompt], slack: str
) -> tuple[str, list[Block]]:
    """What she missed, a line each."""
    text = "Welcome back. Here is what you missed:"
    lines = [
        f"• open till {day(one.open_until)} in <#{one.channel}>: <{link(one.channel, one.ts, slack)}|"
        f"{safe(shortened(one.text))}>"
        for one in still_open
    ]
    lines += [
        f"• <{link(one.channel, one.digest_ts, slack)}|what was heard> in <#{one.channel}>: "
        f"{safe(shortened(one.text))}"
        for one in heard
    ]
    return text, [section("\n".join([text, *lines])), context("None of it needs catching up with.")]


def _picker(on: date) -> Block:
    return {"type": "datepicker", "initial_date": on.isoformat()}
