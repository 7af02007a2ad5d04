"""How conveners read what came in, and choose: the balance of sectors first, then a person at a time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from practices.cohorts import Application, Decision, Invitation, balance
from practices.model import Circle
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    cut,
    divider,
    moment,
    safe,
    section,
)
from workspace.cohorts.applying import LABELS
from workspace.writings import window

PAGE = 8  # people in the window at once
BAR = 20  # signs of the longest bar
CALLED: dict[Decision, str] = {
    "welcome": "Welcome",
    "waiting": "Waiting list",
    "not_this_time": "Not this time",
}
Names = Mapping[str, str]


def reading(
    invitation: Invitation, circle: Circle, found: Sequence[Application], names: Names, start: int = 0
) -> Block:
    """All that came in, a page at a time: the balance of sectors first."""
    start = start if 0 <= start < len(found) else 0
    blocks = [section(_summary(invitation, circle, found)), *_balance(circle, found)]
    for one in found[start : start + PAGE]:
        blocks += [divider(), *_person(one, invitation, names)]
    if len(found) > PAGE:
        earlier, more = f"{invitation.id}/{start - PAGE}", f"{invitation.id}/{start + PAGE}"
        turns = [button("Earlier", "invitation_earlier", earlier)] if start else []
        turns += [button("More", "invitation_more", more)] if start + PAGE < len(found) else []
        last = min(start + PAGE, len(found))
        blocks += [divider(), context(f"{start + 1} to {last} of {len(found)}"), actions(*turns)]
    if found and invitation.state == "closed":
        blocks += [
            divider(),
            actions(
                button("Words that go with each", "answers_words", invitation.id),
                button("Send all answers", "answers_send", invitation.id, primary=True),
            ),
        ]
    return window("Who would like to join", blocks) | {
        "private_metadata": json.dumps({"invitation": invitation.id, "start": start})
    }


def turned(action: Mapping[str, Any]) -> tuple[str, int]:
    """Which invitation, and from whom on; from the first where that cannot be read."""
    which, _, start = action["value"].rpartition("/")
    return which, int(start) if start.isdecimal() and len(start) < 6 else 0


def at(view: Mapping[str, Any]) -> int:
    """From whom on the window shows."""
    start: int = json.loads(view["private_metadata"])["start"]
    return start


def _summary(invitation: Invitation, circle: Circle, found: Sequence[Application]) -> str:
    if invitation.state == "withdrawn":
        return f"*{safe(circle.name)}*: the invitation has been taken back, so nothing that was written for it is read."
    if invitation.state == "answered" and not found:
        return f"*{safe(circle.name)}*: this invitation is over. Nothing is kept of what was written for it."
    until = moment(invitation.closes, circle.rhythm.zone)
    many = counted(len(found), "person would", "people would")
    told = f"*{safe(circle.name)}*: {many} like to join. There are {invitation.places} places."
    match invitation.state:
        case "open":
            return f"{told}\nPeople can answer until {until}. After that you choose."
        case "closed":
            left = sum(not one.decision for one in found)
            return (
                f"{told}\n{counted(left, 'person waits', 'people wait')} for your choice." if left else told
            )
        case _:
            return f"{told}\nThe answers have gone out."


def _balance(circle: Circle, found: Sequence[Application]) -> Iterator[Block]:
    rows = balance(found, circle.sectors)
    most = max((asked for _, asked, _ in rows), default=0)
    if not most:
        return
    lines = [
        f"{safe(name)}: {asked} asked, {welcomed} welcome\n{_bar(asked, welcomed, most)}"
        for name, asked, welcomed in rows
    ]
    yield section("\n".join(line.rstrip() for line in lines))


def _bar(asked: int, welcomed: int, most: int) -> str:
    """Full signs for those who are welcome, light ones for the others; the words above say the same."""
    longest = min(most, BAR)
    full, all_ = (round(count * longest / most) for count in (welcomed, asked))
    return "█" * full + "░" * (all_ - full)


def _person(one: Application, invitation: Invitation, names: Names) -> Iterator[Block]:
    head = f"*{safe(names.get(one.member, 'Someone'))}* · {safe(one.sector)}"
    lines = [head + (f" · {safe(one.organisation)}" if one.organisation else "")]
    lines += [
        f"_{LABELS[name]}_\n{safe(getattr(one, name))}"
        for name in ("draws", "possible")
        if getattr(one, name)
    ]
    if one.decision:
        lines.append(f"Chosen: *{CALLED[one.decision]}*" + (", with words of its own" if one.words else ""))
    yield from (section(part) for part in cut("\n".join(lines))[:2])
    if invitation.state == "closed":
        press = [
            button("Welcome", "application_welcome", one.id, primary=one.decision == "welcome"),
            button("Waiting list", "application_waiting", one.id, primary=one.decision == "waiting"),
            button(
                "Not this time", "application_not_this_time", one.id, primary=one.decision == "not_this_time"
            ),
        ]
        yield actions(*press, *([button("Edit words", "application_words", one.id)] if one.decision else []))
    elif invitation.answered_at and one.decision == "waiting":
        yield actions(button("Welcome now", "application_welcome_now", one.id))
