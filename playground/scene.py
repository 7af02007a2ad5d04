"""The sample community: invented people, their channels, and four past weeks lived through with the bot itself."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.server import Playground

LONDON = ZoneInfo("Europe/London")
BEGINS = datetime(2026, 11, 2, 9, 0, tzinfo=LONDON)  # a Monday; the past is lived from here ...
OPENS = datetime(2026, 11, 30, 9, 0, tzinfo=LONDON)  # ... to here, where the visitor comes in
HISTORY_WEEKS = 4

COMMANDS = [
    {"command": "/together", "description": "What can I do here?", "usage_hint": "checkin, circle, help"}
]

CO_LAB, STEWARDSHIP, RANDOM = "C0COLAB", "C0STEWARD", "C0RANDOM"

# id, name, handle, sector, organisation, time zone
PEOPLE = (
    ("U0ASHA", "Asha Patel", "asha", "VCSE", "Severn Vale Neighbours", "Europe/London"),
    ("U0SAM", "Sam Whitcombe", "sam", "NHS", "Vale Community Health", "Europe/London"),
    ("U0MAIR", "Mair Llŷr", "mair", "Local government", "Borderlands Council", "Europe/London"),
    ("U0JO", "Jo Merrick", "jo", "Independent", "Merrick Allotments", "Europe/London"),
    ("U0TOMASZ", "Tomasz Żak", "tomasz", "VCSE", "Open Door Kitchen", "Europe/London"),
    ("U0BEN", "Ben Okafor", "ben", "NHS", "Vale Community Health", "Europe/London"),
    ("U0RUTH", "Ruth Abell", "ruth", "Local government", "Hill and Dale District", "Europe/London"),
    ("U0PRIYA", "Priya Nair", "priya", "NHS", "Riverside Practice", "Europe/London"),
    ("U0GWEN", "Gwen Harding", "gwen", "VCSE", "Forest Young Carers", "Europe/London"),
    ("U0IDRIS", "Idris Vaughan", "idris", "VCSE", "Men in Sheds, Lower Ferry", "Europe/London"),
    ("U0KIT", "Kit Rowan", "kit", "Independent", "Rowan Facilitation", "Europe/Lisbon"),
    ("U0NADIA", "Nadia Rahman", "nadia", "Local government", "Borderlands Council", "Europe/London"),
    ("U0LEO", "Leo Fenwick", "leo", "VCSE", "Riverside Food Hub", "Europe/London"),
    ("U0MARY", "Mary Tetley", "mary", "NHS", "Hill and Dale Hospitals", "Europe/London"),
    ("U0OMAR", "Omar Said", "omar", "VCSE", "Welcome Desk", "Europe/London"),
    ("U0FERN", "Fern Ashby", "fern", "Independent", "Ashby Evaluation", "Europe/Athens"),
    ("U0CERI", "Ceri Probert", "ceri", "NHS", "Vale Community Health", "Europe/London"),
    ("U0HAL", "Hal Winter", "hal", "VCSE", "Wintering Arts", "Europe/London"),
)
CONVENERS = ("U0ASHA", "U0MAIR")
GUEST = "U0HAL"
STEWARDS = ["U0ASHA", "U0MAIR", "U0SAM", "U0RUTH", "U0LEO", "U0PRIYA"]

# For each past week: who said what in the thread, and who wrote in the modal.
WEEKS = (
    (
        (("U0SAM", "Back from leave, so: slowly."), ("U0JO", "Digging. The ground is heavier than it looks."),
         ("U0RUTH", "Budget papers, then a very good sandwich."), ("U0OMAR", "A queue at the desk, and two people who made each other laugh in it."),
         ("U0GWEN", "The school run, with four extra children.")),
        (("U0MAIR", "A lift from somebody I usually only e-mail. We talked the whole way."),),
    ),
    (
        (("U0BEN", "Foggy till ten, bright after."), ("U0TOMASZ", "Steam. We cooked for ninety."),
         ("U0NADIA", "Showers. The sort you can see coming."), ("U0LEO", "Settled, for once."),
         ("U0CERI", "Windy, and somebody left the gate open."), ("U0FERN", "Sun on paper.")),
        (("U0ASHA", "Bright spells. The new volunteers stayed for the washing up."),),
    ),
    (
        (("U0PRIYA", "The receptionist who noticed that a patient always came on bin day."), ("U0IDRIS", "Ceri, who rang rather than wrote."),
         ("U0KIT", "Leo lent me a van and asked no questions."), ("U0MARY", "Ruth found the form that nobody could find.")),
        (("U0SAM", "Omar walked someone over to us instead of giving them a leaflet."),),
    ),
    (
        (("U0HAL", "That art is the nice bit at the end. It is how people get in the door."), ("U0RUTH", "That councils say no. Mostly we say: who else have you asked?"),
         ("U0JO", "That an allotment is about vegetables."), ("U0BEN", "That community nursing is a quiet job."),
         ("U0GWEN", "That young carers want to be asked how they are coping."), ("U0NADIA", "That policy is written by people who never met anybody.")),
        (("U0TOMASZ", "That a food project is about hunger. It is about having somewhere to be on a Thursday."),),
    ),
)  # fmt: skip

CHATTER = (
    ("U0JO", "Morning all. Is anyone going past the hub on Thursday? I have a box of seedlings for the allotment group."),
    ("U0LEO", "I am! Leave it by the side door and I will take it along. :seedling:"),
    ("U0CERI", "The lift at Lower Ferry is mended, in case anybody has been putting off a visit."),
)  # fmt: skip


def cast(playground: Playground) -> None:
    """The people, the channels and the app, before anything has happened."""
    for id_, name, handle, sector, organisation, zone in PEOPLE:
        playground.add_member(
            id_, name, handle, tz=zone, sector=sector, organisation=organisation,
            convener=id_ in CONVENERS, guest=id_ == GUEST, admin=id_ == "U0RUTH",
        )  # fmt: skip
    everybody = [person[0] for person in PEOPLE]
    playground.add_channel(CO_LAB, "co-lab", members=everybody, topic="18 people from four sectors")
    playground.add_channel(STEWARDSHIP, "stewardship", private=True, members=list(STEWARDS))
    playground.add_channel(RANDOM, "random", members=[one for one in everybody if one != GUEST])
    playground.add_app(commands=COMMANDS)


async def past(playground: Playground) -> None:
    """Live through the past weeks: every step is somebody doing something, as a visitor would."""
    for channel, name, conveners, values in (
        (CO_LAB, "Co-lab", CONVENERS, {"What are we for?": "Learning across sectors how to look after this county."}),
        (STEWARDSHIP, "Stewardship", ("U0ASHA", "U0RUTH"), {"Our question comes on": "Thursday", "At": "08:45"}),
    ):  # fmt: skip
        await _set_up(playground, channel, name, conveners, values)
    for week in range(HISTORY_WEEKS):
        await _live(playground, week)
    for who, words in CHATTER:
        await playground.act({"as": who, "do": "say", "channel": RANDOM, "text": words})
    await playground.move(to=OPENS)


async def _set_up(
    playground: Playground, channel: str, name: str, conveners: tuple[str, ...], values: dict[str, Any]
) -> None:
    visitor = conveners[0]
    await playground.act({"as": visitor, "do": "join", "channel": channel, "member": playground.bot_user})
    await playground.settle()
    hello = playground.messages(channel, visitor)[-1]
    await playground.act(
        {"as": visitor, "do": "press", "channel": channel, "ts": hello["ts"], "label": "Set it up"}
    )
    named = {"What is this circle called?": name, "Who convenes?": list(conveners)}
    await playground.act({"as": visitor, "do": "submit", "values": named | values})
    await playground.act({"as": visitor, "do": "submit", "values": {}})
    await playground.settle()


async def _live(playground: Playground, week: int) -> None:
    """One week of the co-lab: the question, the answers, the digest."""
    replies, modals = WEEKS[week]
    await playground.move(to=_day(week, 1, 9, 45))
    question = _question(playground, CO_LAB)
    for minute, (who, words) in enumerate(replies):
        await playground.act({"as": who, "do": "reply", "channel": CO_LAB, "thread": question, "text": words})
        await playground.move(advance=400 + 60 * minute)
    for who, words in modals:
        await playground.act({"as": who, "do": "press", "channel": CO_LAB, "ts": question, "label": "Answer"})
        may_quote = {"Your answer": words, "Quoting": ["This may be quoted in the digest, with my name"]}
        await playground.act({"as": who, "do": "submit", "values": may_quote})
    await playground.move(to=_day(week, 3, 9, 0))
    await playground.act(
        {"as": STEWARDS[week], "do": "reply", "channel": STEWARDSHIP, "text": "Here, with tea.",
         "thread": _question(playground, STEWARDSHIP)}
    )  # fmt: skip
    await playground.move(to=_day(week, 4, 12, 5))


def _question(playground: Playground, channel: str) -> str:
    asked = [m for m in playground.messages(channel, "U0ASHA") if "check-in:" in m["text"]]
    return str(asked[-1]["ts"])


def _day(week: int, weekday: int, hour: int, minute: int) -> datetime:
    return BEGINS.replace(day=BEGINS.day + 7 * week + weekday, hour=hour, minute=minute)
