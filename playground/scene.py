"""The sample community: invented people, their channels, and four past weeks lived through with the bot itself."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playground import scene_map, scene_round
from playground.server import Playground
from workspace.manifest import manifest

LONDON = ZoneInfo("Europe/London")
BEGINS = datetime(2026, 11, 2, 9, 0, tzinfo=LONDON)  # a Monday; the past is lived from here ...
OPENS = datetime(2026, 11, 30, 9, 0, tzinfo=LONDON)  # ... to here, where the visitor comes in
HISTORY_WEEKS = 4
MEMORY = "Our practice threads"
QUOTE = "This may be quoted in the digest, with my name"

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

# What people answered in the past weeks, by the question they were asked; the last of each wrote in the modal.
ANSWERS = {
    CO_LAB: {
        "Is there a habit of your own sector you would happily put down?": (
            ("U0SAM", "Meetings about the meeting before."),
            ("U0RUTH", "Answering with a policy number. I did it again on Friday."),
            ("U0OMAR", "Saying yes, then finding out who will do it."),
            ("U0GWEN", "Starting a new group when there is one next door."),
            ("U0JO", "Thinking I am the only one who works weekends."),
            ("U0MAIR", "Asking for feedback when everything is decided."),
        ),
        "What did you hear someone say that has stayed with you?": (
            ("U0BEN", "A patient: I am not complex, I am just tired."),
            ("U0TOMASZ", "You cooked as if we were guests."),
            ("U0NADIA", "We have been consulted before. Nobody came back."),
            ("U0LEO", "Somebody at the hub: I came for bread and stayed for the crossword."),
            ("U0CERI", "My manager, of all people: what do you hope to leave undone?"),
            ("U0ASHA", "From a new volunteer: nobody asked me for a CV, so I told you the truth."),
        ),
        "What was the last thing you did before opening this message?": (
            ("U0PRIYA", "Rang a patient back, twice. She was feeding the hens."),
            ("U0IDRIS", "Put the kettle on for nine, and counted to eleven."),
            ("U0KIT", "Deleted an agenda down to one question, and hoped for an answer."),
            ("U0MARY", "Found the form that nobody could find."),
            ("U0SAM", "Walked somebody over to the Welcome Desk instead of giving them a leaflet."),
        ),
        "What would you do with one unplanned hour together?": (
            ("U0HAL", "Draw a map of who knows whom. In chalk."),
            ("U0RUTH", "Swap desks for half of it."),
            ("U0JO", "Weeding. Nobody is important while weeding."),
            ("U0BEN", "Walk along the canal and not say anything useful."),
            ("U0NADIA", "Read one letter from a resident, aloud, slowly."),
            ("U0TOMASZ", "Cook. Somebody always says the real thing while peeling."),
        ),
    },
    STEWARDSHIP: {
        "Which everyday word in your sector might mean something else to the rest of us?": (
            ("U0ASHA", "Capacity. For us it means people, not beds."),
        ),
        "If your week had a weather forecast, what would it say?": (
            ("U0MAIR", "Fog till Wednesday, then a view."),
            ("U0SAM", "Winds from several directions."),
        ),
        "Have you seen two people or teams talking who weren't a year ago?": (
            ("U0PRIYA", "The food hub and our pharmacy. They share a noticeboard now."),
        ),
        "Is there a habit of your own sector you would happily put down?": (
            ("U0LEO", "Counting meals. It is the talking that we should count."),
        ),
    },
}

# What they wrote in forms on the Thursday of each week: who, in which form, what. The last five are shown together.
RIPPLE, MOMENT, WITHOUT = "A ripple", "A moment worth keeping", "Circle, without my name"
NEARBY = {"Where": "Neighbourhood", "Who sees this": WITHOUT}
WRITTEN: tuple[tuple[tuple[str, str, dict[str, Any]], ...], ...] = (
    (
        ("U0LEO", RIPPLE, {
            "What I noticed": "The food hub begins its Mondays with one question now.", "Where": "My organisation",
            "Were two or more of us there?": "No", "How I know": "I saw it",
        }),
    ),
    (
        ("U0PRIYA", RIPPLE, {
            "What I noticed": "At the discharge meeting a porter was asked first.", "Where": "Partnership meeting",
            "Were two or more of us there?": "Yes", "How I know": "I saw it", "Quoting": [QUOTE],
        }),
    ),
    (
        ("U0ASHA", MOMENT, {
            "What happened": "A volunteer told a councillor that she would rather be asked than thanked.",
            "What I make of it": "I have thanked people for years. I could ask more.",
            "Bring it back to me": "In three months, and in a year",
        }),
    ),
    (
        ("U0SAM", RIPPLE, {"What I noticed": "Two teams share one noticeboard, and read it."} | NEARBY),
        ("U0RUTH", RIPPLE, {"What I noticed": "A neighbour corrected our map. We printed hers."} | NEARBY),
        ("U0OMAR", RIPPLE, {"What I noticed": "The bus driver tells people when the desk is open."} | NEARBY),
        ("U0GWEN", RIPPLE, {"What I noticed": "The caretaker sits with us now."} | NEARBY),
        ("U0NADIA", RIPPLE, {"What I noticed": "Somebody from the estate chaired, and we were quiet."} | NEARBY),
    ),
)  # fmt: skip

CHATTER = (
    ("U0JO", "Morning all. Is anyone going past the hub on Thursday? I have seedlings for the allotment group."),
    ("U0LEO", "I am! Leave it by the side door and I will take it along. :seedling:"),
    ("U0CERI", "The lift at Lower Ferry is mended, in case anybody has been putting off a visit."),
)  # fmt: skip


def cast(playground: Playground, app: object = None) -> None:
    """The people, the channels and the app (ours, or the one of a manifest), before anything has happened."""
    for id_, name, handle, sector, organisation, zone in PEOPLE:
        playground.add_member(
            id_, name, handle, tz=zone, sector=sector, organisation=organisation,
            convener=id_ in CONVENERS, guest=id_ == GUEST, admin=id_ == "U0RUTH",
        )  # fmt: skip
    everybody = [person[0] for person in PEOPLE]
    playground.add_channel(CO_LAB, "co-lab", members=everybody, topic="checks in on Tuesdays, 09:30")
    playground.add_channel(STEWARDSHIP, "stewardship", private=True, members=list(STEWARDS))
    playground.add_channel(RANDOM, "random", members=[one for one in everybody if one != GUEST])
    playground.add_described(app or manifest("together", ["polarity"]))


async def past(playground: Playground) -> None:
    """Live through the past weeks: every step is somebody doing something, as a visitor would."""
    purpose = "Learning across sectors how to look after this county."
    rhythm = {"Our question comes on": "Thursday", "At": "08:45"}
    await _set_up(playground, CO_LAB, "Co-lab", CONVENERS, {"What are we for?": purpose})
    await _set_up(playground, STEWARDSHIP, "Stewardship", ("U0ASHA", "U0RUTH"), rhythm)
    await scene_round.begins(playground, CO_LAB, {one[0]: (one[3], one[4]) for one in PEOPLE})
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
    named = {"What is this circle called?": name, "Who convenes?": list(conveners), "Our memory": MEMORY}
    await playground.act({"as": visitor, "do": "submit", "values": named | values})
    await playground.act({"as": visitor, "do": "submit", "values": {}})
    await playground.settle()


async def _live(playground: Playground, week: int) -> None:
    """One week: the questions, the answers, the digest; rounds from the second on, and a map in the third."""
    await playground.move(to=_day(week, 1, 9, 45))
    await _answer(playground, CO_LAB)
    await playground.move(to=_day(week, 3, 9, 0))
    await _answer(playground, STEWARDSHIP)
    for who, form, values in WRITTEN[week]:
        await _write(playground, who, form, values)
    if week == 2:
        await scene_map.lived(playground, CO_LAB)
    await playground.move(to=_day(week, 4, 12, 5))
    if week in {1, 3}:
        await scene_round.opens(playground)
    if week == 3:
        await scene_round.ends(playground)


async def _answer(playground: Playground, channel: str) -> None:
    asked = [m for m in playground.messages(channel, "U0ASHA") if "check-in: " in m["text"]][-1]
    place = {"channel": channel, "thread": asked["ts"]}
    answers = ANSWERS[channel].get(asked["text"].partition("check-in: ")[2], ())
    if not answers:
        return
    *replies, (author, words) = answers
    for who, said in replies:
        await playground.act({"as": who, "do": "reply", "text": said, **place})
    await playground.move(advance=2700)
    await playground.act(
        {"as": author, "do": "press", "channel": channel, "ts": asked["ts"], "label": "Answer"}
    )
    await playground.act({"as": author, "do": "submit", "values": {"Your answer": words, "Quoting": [QUOTE]}})


async def _write(playground: Playground, who: str, form: str, values: dict[str, Any]) -> None:
    """Somebody writes in a form, in the co-lab."""
    menu = await playground.act({"as": who, "do": "command", "channel": CO_LAB, "text": "/together reflect"})
    there = {"channel": CO_LAB, "ts": menu["response"]["ts"]}
    await playground.act({"as": who, "do": "press", "label": form, **there})
    await playground.act({"as": who, "do": "submit", "values": values})
    await playground.act({"as": who, "do": "close"})


def _day(week: int, weekday: int, hour: int, minute: int) -> datetime:
    return BEGINS + timedelta(days=7 * week + weekday, hours=hour - BEGINS.hour, minutes=minute)
