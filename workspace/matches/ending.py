"""The end of a round: did you meet, and what do you take away from it, for the two of you or for all."""

from collections.abc import Mapping
from typing import Any

from practices.catalogue.forms.conversation import FORM
from practices.matches.conversations import Conversation, Partner, heard_by_others
from practices.matches.rounds import Outcome
from practices.model import Circle, Message, Visit, identity
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    held,
    modal,
    safe,
    section,
    words,
)
from workspace.matches.rounds import to_all
from workspace.reflections import CARE
from workspace.writings import ask_field

THANKS: dict[Outcome, str] = {
    "met": "Lovely. If you like, write down what you take away from it.",
    "booked": "Good. Enjoy it when it comes.",
    "not": "That is fine, and no reason is needed. There is always a next one.",
}
MET, *WRITTEN = FORM.asks
LABELS = dict(MET.choices)
OTHERS_ARE_HEARD = "Nothing of yours is in your circle's channel. The others let it hear what they wrote."
YES = "Yes, our circle may, if everybody in this conversation says so"


def question(talk: Conversation) -> tuple[Message, ...]:
    """To all of them, when the round closes."""
    return to_all(
        talk,
        "match close",
        "",
        "This round is over. How did it go?",
        actions(
            button(LABELS["met"], "match_met", talk.id),
            button(LABELS["booked"], "match_booked", talk.id),
            button(LABELS["not"], "match_unmet", talk.id),
            block_id="match_close",
        ),
    )


def thanks(outcome: Outcome, which: str) -> list[Block]:
    """Said to whoever pressed, with the form where they met."""
    blocks = [section(THANKS[outcome])]
    if outcome == "met":
        blocks.append(
            actions(button("Write it down", "match_write", which, primary=True), block_id="match_write")
        )
    return blocks


def form(talk: Conversation, mine: Partner) -> Block:
    """What we talked about, what I take away, whether others may hear it."""
    note = mine.note
    before = {"talked_about": note.talked_about, "take_away": note.take_away} if note else {}
    agree = "you both" if len(talk.staying) == 2 else "all of you"
    blocks = [
        section(
            f"For those in this conversation: it goes into your direct messages, and nowhere else unless {agree} agree."
        ),
        *(ask_field(one, before, first=one.required) for one in WRITTEN),
        field(
            "agrees",
            "May others hear it?",
            checkboxes([(YES, "yes")], ("yes",) if mine.agrees else ()),
            optional=True,
            hint="You can take that back at any time, and it goes from the channel.",
        ),
        context(CARE),
    ]
    return modal("match_note", FORM.title, blocks, submit="Keep", private=talk.id)


def written(view: Mapping[str, Any]) -> tuple[str, str, str, bool]:
    """Which conversation, what was talked about, what is taken away, whether others may hear it."""
    return (
        view["private_metadata"],
        held(view, "talked_about") or "",
        held(view, "take_away") or "",
        "yes" in (held(view, "agrees") or ()),
    )


def card(talk: Conversation, stands: Mapping[str, tuple[str, str]], visit: Visit) -> tuple[Message, ...]:
    """Somebody's words for the others in it: posted, or changed in place; `stands` says where they stand to each
    alone (channel, ts)."""
    mine = next(one for one in talk.people if one.member == visit.member)
    if mine.note is None:
        return ()
    blocks = (section(f"<@{mine.member}> takes away:"), *words(mine.note.take_away))
    if mine.note.talked_about:
        blocks = (*blocks, section("You talked about:"), *words(mine.note.talked_about))
    subject = f"{talk.id}/{mine.member}"
    places: list[tuple[str, str | None, str]] = [(talk.channel, mine.note_ts, "")]
    if talk.apart or not talk.channel:
        others = [one.member for one in talk.staying if one.member != mine.member]
        places = [(*stands.get(one, ("", None)), one) for one in others]
    return tuple(
        Message(
            id=identity("match note", talk.id, mine.member, member, visit.key),
            community=talk.community,
            purpose="match note",
            subject=subject,
            channel=channel,
            member=member,
            kind="update" if ts else "post",
            ts=ts,
            text=f"<@{mine.member}> takes away: {safe(mine.note.take_away)}"[:4000],
            blocks=(*blocks, _agreeing(talk)),
        )
        for channel, ts, member in places
    )


def shared(talk: Conversation, circle: Circle, key: str) -> tuple[Message, ...]:
    """To the circle: what all of them let others hear."""
    who = " and ".join(f"<@{one.member}>" for one in talk.staying)
    blocks = [section(f"{who} met, and let us hear what they take away:")]
    for one in talk.staying:
        if one.note:
            blocks += [context(f"<@{one.member}>"), *words(one.note.take_away)]
    return (
        Message(
            id=identity("match shared", talk.id, key),
            community=talk.community,
            purpose="match shared",
            subject=talk.id,
            channel=circle.channel,
            kind="update" if talk.shared_ts else "post",
            ts=talk.shared_ts,
            text=f"{who} met, and let us hear what they take away.",
            blocks=tuple(blocks),
        ),
    )


def taken_back(talk: Conversation, circle: Circle, key: str) -> tuple[Message, ...]:
    """Out of the channel again."""
    if not talk.shared_ts:
        return ()
    return (
        Message(
            id=identity("match taken back", talk.id, key),
            community=talk.community,
            purpose="match shared",
            subject=talk.id,
            channel=circle.channel,
            kind="delete",
            ts=talk.shared_ts,
            text="",
        ),
    )


def agreed(talk: Conversation, *, agrees: bool) -> str:
    """Said to whoever pressed."""
    heard = heard_by_others(talk)
    if not agrees:
        return OTHERS_ARE_HEARD if heard else "It stays between you."
    if heard:
        return "Everybody agrees, so your circle reads it in its channel."
    return "Noted. Your circle reads it once everybody in the conversation says so."


def _agreeing(talk: Conversation) -> Block:
    return actions(
        button("Others may hear it", "match_agree", talk.id),
        button("Between us", "match_between", talk.id),
        button("Write mine", "match_write", talk.id),
        block_id="match_agree",
    )
