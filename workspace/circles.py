"""How a circle is set up: the hello, the modal, the preview, the welcome."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from practices.catalogue import THEMES
from practices.circles import SECTORS, months
from practices.keeping import ANSWERS_CHOICES, ANSWERS_MONTHS, KEPT_CHOICES, KEPT_MONTHS
from practices.model import Circle, Message, SetUp, identity
from practices.prompts import Ahead
from practices.rhythm import Skipped, Slot, next_slot
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    counted,
    day,
    day_of,
    divider,
    field,
    held,
    if_worried,
    modal,
    moment,
    radio,
    safe,
    section,
    select,
    text_input,
)
from workspace.prompts import preview as looks

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOLIDAYS = (("England and Wales", "ENG"), ("Scotland", "SCT"), ("Northern Ireland", "NIR"), ("None", "none"))
ON_HOLIDAY = (("Ask on the next working day", "move"), ("Skip that week", "skip"))
MEMORY = (
    ("Off: keep nothing", "off"),
    ("What we choose", "chosen"),
    ("Our practice threads", "practice"),
    ("All threads", "all"),
)
ZONES = (
    "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Madrid",
    "Europe/Rome", "Europe/Amsterdam", "Europe/Stockholm", "Europe/Warsaw", "Europe/Athens", "Europe/Helsinki",
    "Europe/Kyiv", "Europe/Istanbul", "Africa/Lagos", "Africa/Nairobi", "Africa/Johannesburg", "Asia/Dubai",
    "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Tokyo",
    "Australia/Perth", "Australia/Sydney", "Pacific/Auckland", "America/St_Johns", "America/Halifax",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "UTC",
)  # fmt: skip
KEPT = {
    "off": "Nothing said here is kept in a memory.",
    "chosen": "Only threads that somebody chooses to keep go into our memory.",
    "practice": "The threads of our questions are meant for our memory.",
    "all": "The threads of this channel are meant for our memory.",
}


def hello(community: str, channel: str) -> Message:
    """What the bot says, once, when it is invited."""
    text = "Hello, I can hold a rhythm for this circle: a question each week, and what we heard."
    return Message(
        id=identity("hello", community, channel),
        community=community,
        purpose="hello",
        subject=channel,
        channel=channel,
        text=text,
        blocks=(
            section(text),
            actions(button("Set it up", "set_up", channel, primary=True), block_id="hello"),
        ),
    )


def back(circle: Circle, now: datetime, key: str) -> Message:
    """What the bot says when it is invited again to a circle it knows."""
    following = moment(next_slot(circle.rhythm, now).due, circle.rhythm.zone)
    text = f"Good to be back. The next question comes on {following}."
    return Message(
        id=identity("back", circle.id, key),
        community=circle.community,
        purpose="hello",
        subject=circle.channel,
        channel=circle.channel,
        text=text,
        blocks=(section(text),),
    )


def set_up(channel: str, name: str, visitor: str, zone: str, circle: Circle | None) -> Block:
    """The one modal in which a circle is set up, or changed."""
    rhythm = circle.rhythm if circle else None
    zones = list(dict.fromkeys((rhythm.zone if rhythm else "Europe/London", zone, *ZONES)))
    weekdays = [(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    quiet = rhythm.quiet[0] if rhythm and rhythm.quiet else None
    gathering = rhythm.gathering if rhythm else None
    blocks = [
        field("name", "What is this circle called?", text_input(circle.name if circle else name, limit=80)),
        field(
            "purpose",
            "What are we for?",
            text_input(circle.purpose if circle else "", limit=300, lines=True),
            optional=True,
        ),
        field(
            "conveners",
            "Who convenes?",
            {
                "type": "multi_users_select",
                "initial_users": list(circle.conveners) if circle else [visitor],
                "placeholder": {"type": "plain_text", "text": "Two people is best"},
            },
            hint="Conveners look after the rhythm. They see nothing that others do not.",
        ),
        field("weekday", "Our question comes on", select(weekdays, str(rhythm.weekday if rhythm else 1))),
        field(
            "at", "At", {"type": "timepicker", "initial_time": f"{rhythm.at:%H:%M}" if rhythm else "09:30"}
        ),
        field("zone", "On the clock of", select([(one, one) for one in zones], zones[0])),
        field(
            "holidays", "Bank holidays", select(HOLIDAYS, (rhythm.holidays if rhythm else "ENG") or "none")
        ),
        field("on_holiday", "On a bank holiday", radio(ON_HOLIDAY, rhythm.on_holiday if rhythm else "move")),
        field("quiet_from", "Quiet time from", _date(quiet[0] if quiet else None), optional=True),
        field(
            "quiet_until",
            "Quiet time until",
            _date(quiet[1] if quiet else None),
            optional=True,
            hint="No question comes between these days, such as at Christmas.",
        ),
        field(
            "gathering_day",
            "We gather on",
            select(weekdays, str(gathering[0]) if gathering else None, "No weekly gathering"),
            optional=True,
        ),
        field(
            "gathering_at",
            "Our gathering begins at",
            {"type": "timepicker"} | ({"initial_time": f"{gathering[1]:%H:%M}"} if gathering else {}),
            optional=True,
            hint="The digest comes an hour before; otherwise on Fridays at 12:00.",
        ),
        field(
            "themes",
            "Themes of our questions",
            checkboxes([(one, one) for one in THEMES], circle.themes if circle else ()),
            optional=True,
            hint="None chosen means all of them.",
        ),
        field(
            "sectors",
            "Sectors in this circle",
            text_input(", ".join(circle.sectors if circle else SECTORS), limit=500),
            optional=True,
            hint="With commas between them.",
        ),
        field(
            "turn_to",
            "Someone to turn to",
            text_input(circle.turn_to if circle else "", limit=200),
            optional=True,
            hint="“If something here worries you: …” A person, a number, a page. The welcome says it, and the help.",
        ),
        field("memory", "Our memory", radio(MEMORY, circle.memory if circle else "chosen")),
        *_keeping(circle),
    ]
    if circle:
        blocks.insert(
            0,
            actions(
                button("Questions to come", "queue", channel),
                button("Invite people to join", "invite_begin", channel),
                block_id="queue",
            ),
        )
    return modal("set_up", "Set up this circle", blocks, submit="Preview", private=channel)


def asked(view: Mapping[str, Any]) -> SetUp:
    """What the submitted set-up modal holds."""
    gathering, holidays = held(view, "gathering_day"), held(view, "holidays")
    sectors = [part.strip() for part in (held(view, "sectors") or "").split(",")]
    return SetUp(
        channel=view["private_metadata"],
        name=held(view, "name") or "",
        purpose=held(view, "purpose") or "",
        conveners=tuple(held(view, "conveners") or ()),
        weekday=int(held(view, "weekday") or 1),
        at=held(view, "at") or "",
        zone=held(view, "zone") or "",
        holidays="" if holidays == "none" else holidays or "ENG",
        on_holiday=held(view, "on_holiday") or "move",
        quiet_from=day_of(held(view, "quiet_from")),
        quiet_until=day_of(held(view, "quiet_until")),
        gathering_weekday=int(gathering) if gathering else None,
        gathering_at=held(view, "gathering_at"),
        themes=tuple(held(view, "themes") or ()),
        sectors=tuple(part for part in sectors if part),
        memory=held(view, "memory") or "chosen",
        turn_to=held(view, "turn_to") or "",
        answers_months=int(held(view, "answers_months") or ANSWERS_MONTHS),
        kept_months=int(held(view, "kept_months") or KEPT_MONTHS),
        longer=held(view, "longer") or "",
    )


def _keeping(circle: Circle | None) -> tuple[Block, ...]:
    """For how long: shorter as a circle likes, longer with a word why."""
    answers, threads = months(circle)
    return (
        field(
            "answers_months",
            "Answers to our questions are kept for",
            select([(_months(one), str(one)) for one in ANSWERS_CHOICES], str(answers)),
            hint="True of questions asked from then on: what was promised before is held.",
        ),
        field(
            "kept_months",
            "Kept threads and maps stay for",
            select([(_months(one), str(one)) for one in KEPT_CHOICES], str(threads)),
            hint="True of what is kept from then on. Conveners are asked before any of it goes.",
        ),
        field(
            "longer",
            "Why longer?",
            text_input(circle.longer if circle else "", limit=200),
            optional=True,
            hint="Needed only where something is kept longer than before. The channel reads it.",
        ),
    )


def _months(many: int) -> str:
    return counted(many, "month", "months")


def keeping(circle: Circle, before: Circle | None) -> str:
    """What a channel reads when it changes how long things are kept; "" where it does not."""
    (answers, threads), (answers_before, threads_before) = months(circle), months(before)
    told = []
    if answers != answers_before:
        told.append(
            f"Answers to questions that come from now on are kept for {_months(answers)}, instead of "
            f"{_months(answers_before)}."
        )
    if threads != threads_before:
        told.append(
            f"Threads and maps that are kept from now on stay for {_months(threads)}, instead of "
            f"{_months(threads_before)}."
        )
    if answers > answers_before or threads > threads_before:
        told.append(f"Why longer: {safe(circle.longer)}")
    if told and before:
        told.append("What is there already is kept as it was promised.")
    return "\n".join(told)


def preview(wanted: SetUp, circle: Circle, ahead: Ahead) -> Block:
    """What will come, only to the convener, before anything happens. Closing it goes back to the modal."""
    zone = circle.rhythm.zone
    skipped = [f"{day(one.local_date)} ({one.reason})" for one in ahead.coming if isinstance(one, Skipped)]
    moved = [
        f"{day(one.on)} instead of {day(one.local_date)}"
        for one in ahead.coming
        if isinstance(one, Slot) and one.on != one.local_date
    ]
    blocks: list[Block] = [
        section(f"*First question:* {moment(ahead.first.due, zone)}. It will look like this:"),
        divider(),
        *looks(ahead.question),
        divider(),
        section(f"*First digest:* {moment(ahead.digest, zone)}, if somebody has answered."),
    ]
    if skipped:
        blocks.append(section(f"*Skipped:* {', '.join(skipped)}."))
    if moved:
        blocks.append(section(f"*Moved:* {', '.join(moved)}."))
    if len(circle.conveners) == 1:
        blocks.append(context("One convener is fine to begin with. A second makes holidays easier."))
    blocks.append(context(KEPT[circle.memory]))
    return modal("start", "How it will be", blocks, submit="Start", close="Change", private=_packed(wanted))


def wanted(view: Mapping[str, Any]) -> SetUp:
    """What the preview was made from."""
    kept = json.loads(view["private_metadata"])
    for name in ("conveners", "themes", "sectors"):
        kept[name] = tuple(kept[name])
    for name in ("quiet_from", "quiet_until"):
        kept[name] = day_of(kept[name])
    return SetUp(**kept)


def welcome(circle: Circle, first: Slot, visit_key: str, before: Circle | None) -> Message:
    """What the channel reads when a circle begins, or when its conveners change it."""
    new, lasts = before is None, keeping(circle, before)
    opening = f"*{safe(circle.name)}* begins." if new else f"The rhythm of *{safe(circle.name)}* has changed."
    for_what = f"\n{safe(circle.purpose)}" if circle.purpose and new else ""
    comes = (
        f"A question comes every {WEEKDAYS[circle.rhythm.weekday]} at {circle.rhythm.at:%H:%M}, "
        f"the first on {moment(first.due, circle.rhythm.zone)}."
    )
    conveners = " and ".join(f"<@{one}>" for one in circle.conveners)
    blocks = (
        section(f"{opening}{for_what}"),
        section(f"{comes} Answer in a sentence, in the thread or with the button. Passing is always fine."),
        section(f"{KEPT[circle.memory]} You can edit or delete your own answers at any time."),
        *([section(lasts)] if lasts else []),
        context(
            f"{counted(len(circle.conveners), 'Convener', 'Conveners')[2:]}: {conveners}. "
            f"{if_worried(circle.turn_to, 'please tell them.')}"
        ),
        actions(button("What it means for me", "welcome_me", circle.id), block_id="welcome"),
    )
    return Message(
        id=identity("welcome", circle.id, visit_key),
        community=circle.community,
        purpose="welcome",
        subject=circle.id,
        channel=circle.channel,
        text=comes,
        blocks=blocks,
    )


def _date(chosen: date | None) -> Block:
    return {"type": "datepicker"} | ({"initial_date": chosen.isoformat()} if chosen else {})


def _packed(wanted: SetUp) -> str:
    return json.dumps(asdict(wanted), default=str, ensure_ascii=False, separators=(",", ":"))
