"""The one gentle reminder of an open question, and how often each member would like one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from practices.model import Message, Prompt, identity
from practices.nudges import PACES, UNHEARD, Pace, Standing, Wish
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day,
    field,
    held,
    modal,
    radio,
    safe,
    section,
)
from workspace.prompts import LISTENING
from workspace.writings import window

TITLE = "Reminders"
PACE: dict[Pace, str] = {
    "never": "No reminders",
    "every": "For every question",
    "second": "For every second question",
    "monthly": "Once a month at most",
    "invited": "Only when a convener invites us to answer",
}
HOW = (
    "One short direct message while a question is open, on a working day between nine and five by your own clock, and "
    "only if you have not answered. Nobody else sees what you choose."
)
TOLD: dict[Pace, str] = {
    "never": "I send you no reminders.",
    "every": "I remind you of a question once, if you have not answered.",
    "second": "I remind you of every second question, once.",
    "monthly": "I remind you of a question once a month at most.",
    "invited": "I remind you when a convener invites your circle to answer.",
}
AS_BEFORE = "Gladly. I go on as before."
INVITED = "You have invited people to answer it."


def reminder(standings: Sequence[Standing], member: str, due: datetime) -> Message:
    """To her alone, of all that is due at once; what it is about is looked at once more when it is said."""
    about = " ".join(one.prompt.id for one in standings)
    whole = Message(
        id=identity("nudge", about, member, due.isoformat()),
        community=standings[0].prompt.community,
        purpose="nudge",
        subject=about,
        member=member,
        text="",
    )
    return _worded(whole, standings)


def about(message: Message) -> list[str]:
    """Of which questions a reminder is, by their ids."""
    return message.subject.split()


def of_these(message: Message, standings: Sequence[Standing]) -> Message:
    """The same reminder, where it is of some of its questions no more."""
    return message if len(standings) == len(about(message)) else _worded(message, standings)


def _worded(message: Message, standings: Sequence[Standing]) -> Message:
    asked = [one.prompt for one in standings]
    if len(asked) == 1:
        asked_for = "You asked me to remind you. " if standings[0].state == "tomorrow" else ""
        where = f"in <#{asked[0].channel}> is still open till {day(asked[0].open_until)}."
        text = f"{asked_for}The question {where}"
    else:
        text = f"{counted(len(asked), 'question is', 'questions are')} still open in your circles."
    return replace(message, text=text, blocks=(section(text), *_each(asked, introduced=len(asked) == 1)))


def _each(asked: Sequence[Prompt], *, introduced: bool) -> list[Block]:
    """Each question of a reminder with its buttons, and how to be asked less; one that was `introduced` says no more
    where it is."""
    ids = [one.id for one in asked]
    less = button("Ask me less", "pace", " ".join(ids))
    blocks = []
    for one in asked:
        where = "" if introduced else f"\nin <#{one.channel}>, open till {day(one.open_until)}"
        all_ = " ".join([one.id, *(other for other in ids if other != one.id)])
        these = [
            button("Answer", "answer", one.id, primary=True, label_for_all=f"Answer: {one.text}"[:75]),
            button("Just listening", "listening", all_, label_for_all=f"Just listening: {one.text}"[:75]),
        ]
        row = actions(*these, *([less] if introduced else []), block_id=f"nudge {one.id}")
        blocks += [section(f"*{safe(one.text)}*{where}"), row]
    if not introduced:
        blocks.append(actions(less, block_id="nudge_pace"))
    return [*blocks, context("A sentence is plenty, and passing is fine.")]


def named(action: Mapping[str, Any]) -> list[str]:
    """The questions that a button names: its own first, then the others of the same reminder."""
    return str(action.get("value") or "").split()


def listening(left: Sequence[Prompt]) -> tuple[str, list[Block] | None]:
    """(Just listening), under a reminder: thanked for in its place, above the other questions that are left of it."""
    if not left:
        return LISTENING, None
    return LISTENING, [section(LISTENING), *_each(left, introduced=False)]


def fewer(standing: Standing, member: str, due: datetime) -> Message:
    """In the place of a reminder, once: whether fewer would do."""
    times = counted(UNHEARD, "question", "questions")
    text = (
        f"I have reminded you of {times} in a row, and it is fine that you had no time for them. From now on I remind "
        "you once a month at most. Would you like it otherwise?"
    )
    return Message(
        id=identity("nudge less", standing.prompt.id, member, due.isoformat()),
        community=standing.prompt.community,
        purpose="nudge less",
        subject=standing.prompt.id,
        member=member,
        text=text,
        blocks=(
            section(text),
            actions(
                button("Go on as before", "pace_as_before", standing.wish.pace),
                button("Change", "pace", label_for_all="Change how often I am reminded"),
                block_id="nudge_less",
            ),
        ),
    )


def form(pace: Pace) -> Block:
    """How often?"""
    often = radio([(PACE[one], one) for one in PACES], pace)
    blocks = [section(HOW), field("pace", "How often may I remind you?", often)]
    return modal("pace", TITLE, blocks, submit="Save")


def chosen(view: Mapping[str, Any]) -> Pace:
    """How often, as the form says."""
    return _pace(held(view, "pace"))


def before(action: Mapping[str, Any]) -> Pace:
    """How often it was before, as the button says."""
    return _pace(action.get("value"))


def saved(pace: Pace) -> Block:
    return window(TITLE, [section(f"Saved. {TOLD[pace]}")])


def row(pace: Pace) -> Block:
    """On her own page."""
    change = button("Reminders", "pace", label_for_all="Change how often I am reminded")
    return section(TOLD[pace], accessory=change)


def set_for(at: datetime, zone: str) -> str:
    """Said when she would like to be reminded tomorrow."""
    return f"I remind you on {day(at.astimezone(ZoneInfo(zone)).date())}, if you have not answered by then."


def open_now(prompt: Prompt) -> list[Block]:
    """To conveners: the question that is open, and that they may invite people to answer it."""
    told = f"*Open till {day(prompt.open_until)}*\n{safe(prompt.text)}"
    if prompt.invited:
        return [section(told), context(INVITED)]
    hint = "Once. Only those who asked for it get a short direct message before it closes; nobody sees who they are."
    return [section(told, button("Invite to answer", "invite_to_answer", prompt.id)), context(hint)]


def as_before(wish: Wish) -> str:
    """(Go on as before); or she has chosen herself since, and that stands."""
    return AS_BEFORE if wish.asked else f"You have chosen anew since. {TOLD[wish.pace]}"


def _pace(value: object) -> Pace:
    return next((one for one in PACES if one == value), "never")
