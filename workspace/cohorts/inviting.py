"""How a convener invites people to join: the form, the message in the channel, and what becomes of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from practices.cohorts import LIMITS, Invitation, Running
from practices.model import Circle, Message, identity
from practices.rhythm import instant
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day_of,
    divider,
    field,
    held,
    modal,
    moment,
    safe,
    section,
    text_input,
    time_of,
)
from workspace.prompts import mend
from workspace.writings import window

LABELS = {
    "what": "What are you inviting people to?",
    "when": "When does it happen?",
    "whom": "Who is it for?",
    "effort": "How much time does it take?",
}
HINTS = {
    "when": "For example: six mornings, from January to June.",
    "effort": "For example: a morning a month, and a cup of tea with somebody in between.",
}
TOLD = {"when": "When", "whom": "Who it is for", "effort": "Time it takes"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form holds when it is submitted, not yet judged."""

    channel: str  # the circle's
    invitation: str  # that is changed; "" for a new one
    asked: Mapping[str, str]
    on: date | None
    at: time | None


def form(circle: Circle, before: Invitation | None = None) -> Block:
    """A new invitation, or one that is to be changed."""
    fields = [
        field(
            name,
            LABELS[name],
            text_input(getattr(before, name) if before else "", limit=limit, lines=name in ("what", "whom")),
            optional=name != "what",
            hint=HINTS.get(name, ""),
        )
        for name, limit in LIMITS.items()
    ]
    fields.append(
        field("places", "How many places?", text_input(str(before.places) if before else "", limit=4))
    )
    closes = before.closes.astimezone(ZoneInfo(circle.rhythm.zone)) if before else None
    fields.append(
        field(
            "closes",
            "People can answer until",
            {"type": "datepicker"} | ({"initial_date": closes.date().isoformat()} if closes else {}),
            hint="The channel is reminded two days before.",
        )
    )
    at = f"{closes:%H:%M}" if closes else "17:00"
    fields.append(field("closes_at", "At", {"type": "timepicker", "initial_time": at}))
    if before is None:
        where = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
        fields.append(field("channel", "Post it in", where, hint="A channel that you and I are in."))
    carried = json.dumps({"channel": circle.channel, "invitation": before.id if before else ""})
    submit = "Change it" if before else "Post it"
    return modal("invitation", "Invite people to join", fields, submit=submit, private=carried)


def asked(view: Mapping[str, Any]) -> Wanted:
    """What the submitted form holds."""
    carried = json.loads(view["private_metadata"])
    return Wanted(
        channel=carried["channel"],
        invitation=carried["invitation"],
        asked={name: held(view, name) or "" for name in (*LIMITS, "places", "channel")},
        on=day_of(held(view, "closes")),
        at=time_of(held(view, "closes_at")),
    )


def closes(wanted: Wanted, circle: Circle) -> datetime | None:
    """When it closes, on the circle's clock."""
    return instant(wanted.on, wanted.at, circle.rhythm.zone) if wanted.on and wanted.at else None


def kept(invitation: Invitation, circle: Circle) -> str:
    """What whoever posted or changed it reads."""
    until = moment(invitation.closes, circle.rhythm.zone)
    return (
        f"It stands in <#{invitation.channel}>, until *{until}*. What comes in, you and the other conveners can read "
        "in your App Home. Once it has closed you choose, and all answers go out together."
    )


def post(invitation: Invitation, circle: Circle) -> Message:
    """The message in the channel: as new, or in the place of the one that stands there."""
    again = f"/{invitation.revision}" if invitation.revision else ""
    return Message(
        id=identity("invitation", invitation.id + again, invitation.state),
        community=invitation.community,
        purpose="invitation",
        subject=invitation.id,
        channel=invitation.channel,
        kind="update" if invitation.ts else "post",
        ts=invitation.ts,
        text=f"Would you like to join {safe(circle.name)}? {safe(invitation.what)}",
        blocks=(*_told(invitation, circle), *_standing(invitation, circle)),
    )


def reminder(invitation: Invitation, circle: Circle) -> Message:
    """Two days before it closes, in the channel."""
    until = moment(invitation.closes, circle.rhythm.zone)
    text = f"Two days are left to join *{safe(circle.name)}*: people can answer until {until}."
    return Message(
        id=identity("invitation reminder", invitation.id, invitation.closes.isoformat()),
        community=invitation.community,
        purpose="notice",
        subject=invitation.id,
        channel=invitation.channel,
        text=text,
        blocks=(section(text), actions(_join(invitation))),
    )


def over(invitation: Invitation, circle: Circle, applications: int) -> tuple[Message, ...]:
    """To each convener, once it has closed."""
    name = safe(circle.name)
    if applications:
        many = counted(applications, "person would", "people would")
        text = f"The invitation to *{name}* has closed: {many} like to join. There are {invitation.places} places."
        press = button("Read and choose", "invitation_read", invitation.id, primary=True)
    else:
        text = f"The invitation to *{name}* has closed, and nobody asked to join this time. Perhaps in another channel?"
        press = button("Invite again", "invite_begin", circle.channel)
    return _each("invitation over", invitation, circle.conveners, text, press)


def not_posted(invitation: Invitation, circle: Circle, code: str) -> tuple[Message, ...]:
    """To each convener, when Slack would not take the message."""
    text = (
        f"I could not post the invitation to *{safe(circle.name)}* in <#{invitation.channel}>. {mend(code)} Then take "
        "it back, and invite again; or choose another channel."
    )
    press = button("Take it back", "invitation_take_back", invitation.id)
    return _each("invitation not posted", invitation, circle.conveners, text, press)


def taken_back(invitation: Invitation, circle: Circle, members: Sequence[str]) -> tuple[Message, ...]:
    """To everybody who had answered, when conveners take it back."""
    text = (
        f"The invitation to *{safe(circle.name)}* has been taken back, so nobody joins in this way. Thank you for "
        "answering it. What you wrote is deleted in 30 days; until then it is in your App Home."
    )
    return _each("invitation taken back", invitation, members, text)


def listed(found: Sequence[Running], circle: Circle) -> Block:
    """A circle's invitations, for its conveners."""
    blocks: list[Block] = [actions(button("A new invitation", "invite_new", circle.channel, primary=True))]
    for one in found:
        blocks += [divider(), *entry(one, circle.rhythm.zone)]
    return window("Invitations to join", blocks)


def entry(one: Running, zone: str) -> tuple[Block, Block]:
    """One invitation, as its conveners see it in a list."""
    invitation, when = one.invitation, moment(one.invitation.closes, zone)
    many = counted(one.applications, "person would like to join", "people would like to join")
    state = {
        "open": f"open until {when}; {many} so far",
        "closed": f"closed; {many}, and they wait for your answer",
        "answered": f"answered; {many}" if one.applications else "over",
    }.get(invitation.state, "taken back")
    first = " ".join(invitation.what.split())
    begins = first if len(first) <= 100 else first[:100].rsplit(" ", 1)[0] + " ..."
    press = [button("Read what came in", "invitation_read", invitation.id)]
    if invitation.state == "open":
        press.append(button("Change", "invitation_change", invitation.id))
    if invitation.state in ("open", "closed"):
        press.append(button("Take it back", "invitation_take_back", invitation.id))
    return section(f"*{safe(one.circle)}*: {safe(begins)}\n{state}"), actions(*press)


def taking_back(invitation: Invitation, circle: Circle, applications: int) -> Block:
    """Once more, before it is taken back."""
    told = (
        f"The message in <#{invitation.channel}> then says that the invitation to *{safe(circle.name)}* has been taken "
        "back."
    )
    many = counted(applications, "person who has answered is", "people who have answered are")
    blocks = [section(told), section(f"The {many} told so, and nothing of what they wrote is read any more.")]
    return modal(
        "invitation_take_back",
        "Take it back?",
        blocks if applications else blocks[:1],
        submit="Take it back",
        close="Keep it",
        private=invitation.id,
    )


def _each(
    what: str, invitation: Invitation, people: Sequence[str], text: str, *press: Block
) -> tuple[Message, ...]:
    """A word to each of these people."""
    return tuple(
        Message(
            id=identity(what, invitation.id, one),
            community=invitation.community,
            purpose="notice",
            subject=invitation.id,
            member=one,
            text=text,
            blocks=(section(text), *([actions(*press)] if press else [])),
        )
        for one in people
    )


def _told(invitation: Invitation, circle: Circle) -> tuple[Block, ...]:
    lines = [
        f"*{told}:* {safe(' '.join(getattr(invitation, name).split()))}"
        for name, told in TOLD.items()
        if getattr(invitation, name)
    ]
    lines.append(f"*Places:* {invitation.places}")
    return (
        section(f"*Would you like to join {safe(circle.name)}?*\n{safe(invitation.what)}"),
        section("\n".join(lines)),
    )


def _standing(invitation: Invitation, circle: Circle) -> tuple[Block, ...]:
    until = moment(invitation.closes, circle.rhythm.zone)
    if invitation.state == "withdrawn":
        return (context("This invitation has been taken back."),)
    if invitation.state != "open":
        return (context(f"It closed on {until}. Thank you: everybody who answered hears from us."),)
    return (
        actions(_join(invitation)),
        context(f"You can answer until {until}, and change your mind until then. Everybody hears back."),
    )


def _join(invitation: Invitation) -> Block:
    return button("I'd like to join", "join", invitation.id, primary=True)
