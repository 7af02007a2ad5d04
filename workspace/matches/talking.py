"""A conversation while its round is open: when they meet, another question, not this time, one nudge."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from practices.matches.conversations import Conversation, worded
from practices.matches.settings import Round, halfway
from practices.model import Circle, Message, Visit, identity
from practices.rhythm import instant
from workspace.blocks import (
    Block,
    actions,
    button,
    day_of,
    field,
    held,
    modal,
    moment,
    safe,
    section,
    time_of,
)
from workspace.matches.rounds import to_all
from workspace.writings import window

TOLD_NOT = "That is fine, and no reason is needed. They have been told kindly."
LOOKING = "I am looking. You hear from me when I have found somebody. In your App Home you can stop waiting."
WAITING = "That is fine. You come first in the next round."
STOPPED = "That is fine. I have stopped looking, and the next round comes by itself."
NEXT = "That is fine. The next round comes by itself."
STAYING = "Good. You stay in."
LASTS = timedelta(hours=1)


def told_not() -> Block:
    """The same in a window, for where no message can be."""
    return window("Not this time", [section(TOLD_NOT)])


def told_stopped() -> Block:
    """Whoever waited does so no more."""
    return window("Not this round", [section(STOPPED)])


def when(talk: Conversation, zone: str, now: datetime) -> Block:
    """A day and a time."""
    local = (talk.found or now + timedelta(days=1)).astimezone(ZoneInfo(zone))
    on: Block = {"type": "datepicker", "initial_date": local.date().isoformat()}
    clock: Block = {"type": "timepicker", "initial_time": f"{local:%H:%M}" if talk.found else "10:00"}
    return modal(
        "match_found",
        "We've found a time",
        [
            field("on", "We meet on", on),
            field("at", "At", clock, hint=f"On the clock of {zone}. Each of you gets a calendar file."),
        ],
        submit="Save",
        private=talk.id,
    )


def chosen_time(view: Mapping[str, Any], zone: str) -> tuple[str, datetime | None]:
    """Which conversation, and when; None where a day or a time is missing or cannot be read."""
    on, at = day_of(held(view, "on")), time_of(held(view, "at"))
    return view["private_metadata"], instant(on, at, zone) if on and at else None


def meets(talk: Conversation, circle: Circle, zones: Mapping[str, str], visit: Visit) -> tuple[Message, ...]:
    """To all of them: when they meet, also on the clock of whoever lives by another one, and a calendar file."""
    assert talk.found
    at = f"{talk.found.isoformat()}/{visit.key}"  # a time that was changed, and changed back, is said again
    here = moment(talk.found, circle.rhythm.zone)
    theirs = [
        f"For <@{one.member}> that is {there}."
        for one in talk.staying
        if (there := moment(talk.found, zones.get(one.member, circle.rhythm.zone))) != here
    ]
    text = " ".join((f"You meet on *{here}*.", *theirs, "Enjoy it."))
    told = to_all(talk, "match time", at, text)
    return (*told, *_files(talk, circle, at, visit.now))


def calendar(talk: Conversation, circle: Circle, now: datetime) -> str:
    """The meeting as a calendar takes it (iCalendar, RFC 5545)."""
    assert talk.found
    stamp = "%Y%m%dT%H%M%SZ"
    name = "".join(f"\\{sign}" if sign in "\\;," else sign for sign in " ".join(circle.name.split()))
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Togetherness//Match rounds//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{talk.id}@togetherness",
        f"DTSTAMP:{now.astimezone(UTC):{stamp}}",
        f"DTSTART:{talk.found.astimezone(UTC):{stamp}}",
        f"DTEND:{(talk.found + LASTS).astimezone(UTC):{stamp}}",
        f"SUMMARY:A conversation ({name})",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def another(talk: Conversation) -> tuple[Message, ...]:
    """Another question, to all of them."""
    left = 3 - talk.swapped
    rest = f" ({left} more if you like)" if left else ""
    text = f"Another one to begin with: *{safe(worded(talk.question))}*{rest}"
    return to_all(talk, "match question", str(talk.swapped), text)


def farewell(talk: Conversation, leaver: str, round_: Round | None, now: datetime) -> tuple[Message, ...]:
    """To whoever is left: free, with somebody else if there is time in the round; or still two."""
    round_ = round_ if round_ and now < halfway(round_) else None
    if talk.freed is None:
        return to_all(talk, "match smaller", leaver, f"<@{leaver}> can't this time. You two go on.")
    text = f"<@{leaver}> can't this time, and that is nobody's fault."
    text += " Shall I look for somebody else?" if round_ else " You come first in the next round."
    offer: tuple[Block, ...] = (somebody_else(round_),) if round_ else ()
    return tuple(
        Message(
            id=identity("match freed", talk.id, one.member),
            community=talk.community,
            purpose="match offer",
            subject=talk.id,
            member=one.member,
            text=text,
            blocks=(section(text), *offer),
        )
        for one in talk.staying
    )


def somebody_else(round_: Round) -> Block:
    """Would she like one?"""
    return actions(
        button("Find me somebody else", "match_again", round_.id, primary=True),
        button("Not this round", "match_wait", round_.id),
        block_id="match_again",
    )


def nobody_else(round_: Round, member: str) -> Message:
    """To somebody who waited: it did not work out."""
    text = "I found nobody else in this round, sorry. You come first in the next one."
    return Message(
        id=identity("match nobody else", round_.id, member),
        community=round_.community,
        purpose="notice",
        subject=round_.id,
        member=member,
        text=text,
        blocks=(section(text),),
    )


def nudge(talk: Conversation) -> tuple[Message, ...]:
    """Still fancy a cup of tea?"""
    buttons = actions(
        button("Find a time", "match_found", talk.id, primary=True),
        button("Not this time", "match_not", talk.id),
        block_id="match_nudge",
    )
    if not talk.apart and talk.channel:
        return to_all(talk, "match nudge", "", "Still fancy a cup of tea together?", buttons)
    told = []
    for message in to_all(talk, "match nudge", "", "Still fancy a cup of tea?", buttons):
        others = " and ".join(f"<@{one.member}>" for one in talk.staying if one.member != message.member)
        text = f"Still fancy a cup of tea with {others}?"
        told.append(_worded(message, text, buttons))
    return tuple(told)


def _worded(message: Message, text: str, *more: Block) -> Message:
    return Message(
        id=message.id,
        community=message.community,
        purpose=message.purpose,
        subject=message.subject,
        channel=message.channel,
        member=message.member,
        text=text,
        blocks=(section(text), *more),
    )


def _files(talk: Conversation, circle: Circle, key: str, now: datetime) -> tuple[Message, ...]:
    file = {
        "content": calendar(talk, circle, now),
        "filename": "conversation.ics",
        "title": "For your calendar",
    }
    return tuple(
        Message(
            id=identity("match calendar", one.id),
            community=one.community,
            purpose="match calendar",
            subject=one.subject,
            channel=one.channel,
            member=one.member,
            kind="file",
            text="For your calendar:",
            blocks=(file,),
        )
        for one in to_all(talk, "match time", key, "")
    )


def _folded(line: str) -> list[str]:
    """A line of at most 75 bytes; what goes on begins with a space."""
    parts, now = [], ""
    for sign in line:
        if len((now + sign).encode()) > 74:
            parts.append(now)
            now = " "
        now += sign
    return [*parts, now]
