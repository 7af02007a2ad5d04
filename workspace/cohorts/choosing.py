"""How conveners read what came in, choose, and send all answers together."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from practices.cohorts import ANSWER, CHOICES, KEPT, Application, Decision, Invitation, as_read, balance
from practices.model import Circle, Message, identity
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    cut,
    day,
    divider,
    field,
    header,
    held,
    modal,
    moment,
    safe,
    section,
    text_input,
    words,
)
from workspace.circles import WEEKDAYS
from workspace.cohorts.applying import LABELS
from workspace.writings import window

PAGE = 8  # people in the window at once
BAR = 20  # signs of the longest bar
NAMED = 40  # people by name, before the answers go out
CALLED: dict[Decision, str] = {
    "welcome": "Welcome",
    "waiting": "Waiting list",
    "not_this_time": "Not this time",
}
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
    """Which invitation, and from whom on."""
    which, _, start = action["value"].rpartition("/")
    return which, int(start)


def at(view: Mapping[str, Any]) -> int:
    """From whom on the window shows."""
    start: int = json.loads(view["private_metadata"])["start"]
    return start


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
        private=f"{invitation.id}/{as_read(found)}",
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


def sent(found: Sequence[Application]) -> str:
    return (
        f"{counted(len(found), 'answer is', 'answers are')} on their way. Thank you for reading so carefully."
    )


def _summary(invitation: Invitation, circle: Circle, found: Sequence[Application]) -> str:
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
        case "answered":
            return f"{told}\nThe answers have gone out."
        case _:
            return f"{told}\nThe invitation has been taken back."


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
