"""The one form in which a circle is set up, or changed: its parts, one below the other, and what comes back of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from practices.catalogue import THEMES
from practices.circles import SECTORS
from practices.keeping import ANSWERS_MONTHS, KEPT_MONTHS
from practices.model import Circle, SetUp
from practices.rhythm import Rhythm
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    day_of,
    field,
    held,
    modal,
    radio,
    select,
    text_input,
)
from workspace.circles import keeping
from workspace.circles.words import WEEKDAYS

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
CHOOSE_DAY = tuple((name, str(number)) for number, name in enumerate(WEEKDAYS))


def set_up(channel: str, name: str, visitor: str, zone: str, circle: Circle | None) -> Block:
    """The modal: with what there is of a circle, or with what most begin with."""
    rhythm = circle.rhythm if circle else None
    blocks = [
        *(_at_hand(channel) if circle else ()),
        *_who(name, visitor, circle),
        *_when(zone, rhythm),
        *_quiet(rhythm),
        *_gathering(rhythm),
        *_about(circle),
        field("memory", "Our memory", radio(MEMORY, circle.memory if circle else "chosen")),
        *keeping.fields(circle),
    ]
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


def _at_hand(channel: str) -> tuple[Block, ...]:
    """What else a convener may want to do for a circle that has begun."""
    return (
        actions(
            button("Questions to come", "queue", channel),
            button("Invite people to join", "invite_begin", channel),
            block_id="queue",
        ),
    )


def _who(name: str, visitor: str, circle: Circle | None) -> tuple[Block, ...]:
    """What the circle is called, what it is for, and who looks after it."""
    return (
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
    )


def _when(zone: str, rhythm: Rhythm | None) -> tuple[Block, ...]:
    """When its question comes; `zone` is the visitor's own clock, offered beside the circle's."""
    zones = list(dict.fromkeys((rhythm.zone if rhythm else "Europe/London", zone, *ZONES)))
    return (
        field("weekday", "Our question comes on", select(CHOOSE_DAY, str(rhythm.weekday if rhythm else 1))),
        field(
            "at", "At", {"type": "timepicker", "initial_time": f"{rhythm.at:%H:%M}" if rhythm else "09:30"}
        ),
        field("zone", "On the clock of", select([(one, one) for one in zones], zones[0])),
        field(
            "holidays", "Bank holidays", select(HOLIDAYS, (rhythm.holidays if rhythm else "ENG") or "none")
        ),
        field("on_holiday", "On a bank holiday", radio(ON_HOLIDAY, rhythm.on_holiday if rhythm else "move")),
    )


def _quiet(rhythm: Rhythm | None) -> tuple[Block, ...]:
    """The days between which no question comes."""
    quiet = rhythm.quiet[0] if rhythm and rhythm.quiet else None
    return (
        field("quiet_from", "Quiet time from", _date(quiet[0] if quiet else None), optional=True),
        field(
            "quiet_until",
            "Quiet time until",
            _date(quiet[1] if quiet else None),
            optional=True,
            hint="No question comes between these days, such as at Christmas.",
        ),
    )


def _gathering(rhythm: Rhythm | None) -> tuple[Block, ...]:
    """When its people meet each week, if they do."""
    gathering = rhythm.gathering if rhythm else None
    return (
        field(
            "gathering_day",
            "We gather on",
            select(CHOOSE_DAY, str(gathering[0]) if gathering else None, "No weekly gathering"),
            optional=True,
        ),
        field(
            "gathering_at",
            "Our gathering begins at",
            {"type": "timepicker"} | ({"initial_time": f"{gathering[1]:%H:%M}"} if gathering else {}),
            optional=True,
            hint="The digest comes an hour before; otherwise on Fridays at 12:00.",
        ),
    )


def _about(circle: Circle | None) -> tuple[Block, ...]:
    """What its questions are about, where its people come from, and to whom one of them can turn."""
    return (
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
    )


def _date(chosen: date | None) -> Block:
    return {"type": "datepicker"} | ({"initial_date": chosen.isoformat()} if chosen else {})
