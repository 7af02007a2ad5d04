"""How somebody is asked whether she may be named in what another wrote, and what is said when she has answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from practices.forms import Form
from practices.model import Message, identity
from practices.naming import chosen, subject_of
from practices.writings import Writing
from workspace import writings
from workspace.blocks import Block, actions, button, context, safe, section

NAMED = "Thank you. Your name stands there now."
TAKEN_OUT = "Your name does not stand there, and I do not ask again. Nobody is told."
ASKED_ANEW = "More people are to read it since you were asked."
OVER = "You are not asked this any more, so you are not named there. Thank you for having looked."
EITHER = "I name you only if you say yes. If you would rather not, nobody is told, and I do not ask again."


def questions(form: Form, writing: Writing, name: str) -> dict[str, Message]:
    """For each of those who were chosen, by id, what she is asked. None of the words that were written."""
    text = f"{safe(name)} would like to name you."
    return {
        member: Message(
            id=identity("naming", writing.id, member, writing.circle, writing.visibility),
            community=writing.community,
            purpose="naming",
            subject=subject_of(writing.id, member),
            member=member,
            text=text,
            blocks=tuple(question(form, writing, name, member)),
        )
        for member in chosen(form, writing)
    }


def question(form: Form, writing: Writing, name: str, member: str) -> list[Block]:
    """What somebody is asked: where her name would stand, and who reads it there."""
    asks = (ask for ask in form.asks if ask.kind == "people" and member in writing.answers.get(ask.name, ()))
    under = next((f", under *{safe(ask.label)}*" for ask in asks), "")
    value = f"{writing.id}/{writing.visibility}/{writing.circle}"
    return [
        section(
            f"{safe(name)} wrote *{safe(form.title)}*, and would like to name you there{under}. {_readers(writing)} "
            "May your name stand there?"
        ),
        actions(
            button("Yes, name me", "name_me", value, primary=True), button("Rather not", "name_me_not", value)
        ),
        context(EITHER),
    ]


def named(writing: str) -> list[Block]:
    """She said yes, and can take it back."""
    return [section(NAMED), actions(button("Take my name out", "name_me_not", f"{writing}//"))]


def pressed(action: Mapping[str, Any]) -> tuple[str, tuple[str, str]]:
    """Which writing it is about, and for which circle and step of the ladder she was asked."""
    writing, visibility, circle = str(action["value"]).split("/", 2)
    return writing, (circle, visibility)


def card(form: Form, writing: Writing, name: str, again: str) -> tuple[Message, ...]:
    """Its card, with those who may be named now; `again` is what made it change."""
    return tuple(
        replace(one, id=identity("named", one.id, again))
        for one in writings.card(writing, writing, form, name)
    )


def _readers(writing: Writing) -> str:
    match writing.visibility:
        case "conveners":
            return "Only the conveners of one circle can read it."
        case "everyone":
            return f"It stands in <#{writing.channel}>, where everybody here can read it."
        case _:
            return f"It stands in <#{writing.channel}>, for the people there to read."
