"""What goes out with each answer: the words a convener may edit, and who could not be reached."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from practices.cohorts import ANSWER, CHOICES, KEPT, Application, Decision, Invitation, as_read
from practices.model import Circle, Message, identity
from workspace.blocks import (
    Block,
    context,
    counted,
    cut,
    day,
    field,
    header,
    held,
    modal,
    safe,
    section,
    text_input,
    words,
)
from workspace.circles import WEEKDAYS
from workspace.cohorts.choosing import CALLED, Names

NAMED = 40  # people by name, before the answers go out
KIND: dict[Decision, str] = {
    "welcome": "We are glad to welcome you to {circle}. Thank you for writing to us.",
    "waiting": (
        "Thank you for writing to us. The places in {circle} are all taken for now, and you are on the waiting list: "
        "if one comes free in the next month, we write to you at once."
    ),
    "not_this_time": (
        "Thank you for writing to us, and for the care in what you wrote. We cannot offer you a place in {circle} this "
        "time, and would be glad to hear from you another time."
    ),
}
MATCHED = (
    "You take part in its match rounds too, for a conversation with somebody from elsewhere; change that, or leave, in "
    "your App Home. "
)


def wording(invitation: Invitation, circle: Circle, edited: Mapping[str, str]) -> Block:
    """The words that go with each kind of answer."""
    fields = [
        field(
            name,
            CALLED[name],
            text_input(edited.get(name) or _kind(name, circle), limit=ANSWER, lines=True),
            optional=True,
        )
        for name in CHOICES
    ]
    about = context(
        "Left empty, our own words are used. For one person alone, press *Edit words* under a name."
    )
    return modal("answers_words", "Words for each", [*fields, about], submit="Save", private=invitation.id)


def worded(view: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """For which invitation, and the words."""
    return view["private_metadata"], {str(name): held(view, name) or "" for name in CHOICES}


def wording_for(one: Application, circle: Circle, name: str, edited: Mapping[str, str]) -> Block:
    """The words for one person alone."""
    begin = one.words or said(one, circle, edited)
    return modal(
        "application_words",
        "Words for one person",
        [
            section(f"What goes to *{safe(name)}* with the others:"),
            field(
                "words", "Your words", text_input(begin, limit=ANSWER, lines=True, focus=True), optional=True
            ),
        ],
        submit="Save",
        private=one.id,
    )


def worded_for(view: Mapping[str, Any]) -> tuple[str, str]:
    """For whom, and the words."""
    return view["private_metadata"], held(view, "words") or ""


def own(text: str, one: Application, circle: Circle, edited: Mapping[str, str]) -> str:
    """The same, or "" where all like her read it anyway."""
    return "" if text == _like_her(one, circle, edited) else text


def sending(
    invitation: Invitation,
    circle: Circle,
    found: Sequence[Application],
    names: Names,
    edited: Mapping[str, str],
) -> Block:
    """Once more, before all answers go out: who gets which, and in what words."""
    blocks: list[Block] = []
    for choice in CHOICES:
        who = [names.get(one.member, "Someone") for one in found if one.decision == choice]
        if not who:
            continue
        more = f" and {len(who) - NAMED} more" if len(who) > NAMED else ""
        blocks += [
            header(f"{CALLED[choice]}: {len(who)}"),
            section(cut(safe(", ".join(who[:NAMED]) + more))[0]),
            *words(edited.get(choice) or _kind(choice, circle), 1),
        ]
    over = sum(one.decision == "welcome" for one in found) - invitation.places
    if over > 0:
        blocks.append(
            section(
                f"You welcome {counted(over, 'person', 'people')} more than there are places ({invitation.places}). "
                "That is yours to say; it is only so that you know."
            )
        )
    blocks.append(
        context(f"Whoever is welcomed is invited to <#{circle.channel}>. Answers cannot be called back.")
    )
    return modal(
        "answers_send",
        "Send all answers?",
        blocks,
        submit="Send them",
        close="Not yet",
        private=f"{invitation.id}/{as_read(found, edited)}",
    )


def confirmed(view: Mapping[str, Any]) -> tuple[str, str]:
    """Of which invitation, and the mark of what was read."""
    which, _, read = view["private_metadata"].partition("/")
    return which, read


def answers(
    invitation: Invitation,
    circle: Circle,
    found: Sequence[Application],
    edited: Mapping[str, str],
    *,
    matched: bool,
) -> Iterator[Message]:
    """To everybody who asked; and the invitations to the channel of those who are welcomed. `matched`: the circle has
    match rounds."""
    for one in found:
        yield _answer(one, invitation, circle, said(one, circle, edited), matched=matched)
        if one.decision == "welcome":
            yield bring_in(one, circle)


def welcome(
    one: Application, invitation: Invitation, circle: Circle, *, matched: bool
) -> tuple[Message, ...]:
    """To somebody of the waiting list, once a place has come free."""
    text = f"A place has come free, and we are glad to welcome you to {circle.name}."
    return _answer(one, invitation, circle, text, matched=matched), bring_in(one, circle)


def said(one: Application, circle: Circle, edited: Mapping[str, str]) -> str:
    """What goes out to somebody: what was written to her alone, to all like her, or our own words."""
    return one.words or _like_her(one, circle, edited)


def bring_in(one: Application, circle: Circle) -> Message:
    """Somebody is invited to the circle's channel."""
    return Message(
        id=identity("bring in", one.id),
        community=one.community,
        purpose="bring in",
        subject=one.invitation,
        channel=circle.channel,
        member=one.member,
        kind="invite",
        text="",
    )


def not_come(message: Message, circle: Circle, link: str) -> Iterator[Message]:
    """To each convener: somebody could not be invited to the channel."""
    text = (
        f"<@{message.member}> is welcome in <#{circle.channel}>, and I could not bring them in: perhaps they are a "
        f"guest, or I may not. Please invite them yourself, or send them this link: {link}"
    )
    for one in circle.conveners:
        yield _note("not come", message, one, text, ())


def not_told(message: Message, circle: Circle) -> Iterator[Message]:
    """To each convener: somebody could not be written to."""
    text = f"I could not write to <@{message.member}> about *{safe(circle.name)}*. Please pass this on:"
    for one in circle.conveners:
        yield _note("not told", message, one, text, (section(message.text),))


def _like_her(one: Application, circle: Circle, edited: Mapping[str, str]) -> str:
    return edited.get(one.decision) or _kind(one.decision, circle)


def _kind(decision: Decision, circle: Circle) -> str:
    return KIND[decision].format(circle=circle.name) if decision else ""


def _answer(one: Application, invitation: Invitation, circle: Circle, text: str, *, matched: bool) -> Message:
    rhythm = circle.rhythm
    if one.decision == "welcome":
        conveners = " or ".join(f"<@{convener}>" for convener in circle.conveners)
        more = (
            f"You are invited to <#{circle.channel}>. A question comes there on {WEEKDAYS[rhythm.weekday]}s at "
            f"{rhythm.at:%H:%M}; passing is always fine. {MATCHED if matched else ''}If you cannot see the channel "
            f"yet, ask {conveners}."
        )
    else:
        over = (invitation.answered_at or invitation.closes) + KEPT
        more = f"What you wrote to us is deleted on {day(over.date())}. Until then it is in your App Home."
    return Message(
        id=identity("cohort answer", one.id, one.decision),
        community=one.community,
        purpose="cohort answer",
        subject=one.invitation,
        member=one.member,
        text=cut(safe(text))[0],
        blocks=(*words(text), context(more)),
    )


def _note(what: str, message: Message, convener: str, text: str, more: tuple[Block, ...]) -> Message:
    return Message(
        id=identity(what, message.id, convener),
        community=message.community,
        purpose="notice",
        subject=message.subject,
        member=convener,
        text=text,
        blocks=(section(text), *more),
    )
