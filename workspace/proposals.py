"""How a member proposes a question, and what she hears of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from practices.model import Circle, Message, identity
from practices.queue import LONGEST, Own
from practices.rhythm import Slot
from workspace.blocks import Block, checkboxes, context, day, field, held, modal, safe, section, text_input
from workspace.writings import window

TITLE = "Propose a question"
NAMED = "You may say that it came from me"
ABOUT = (
    "Its conveners read it with your name, and you hear from them either way. Once it has been asked, it stays the "
    "circle's question."
)
GENTLY = "*A thought before it goes:*\n{}\nChange it, or send it as it is: both are fine."


def form(circle: Circle, text: str = "", hints: Sequence[str] = (), *, named: bool = True) -> Block:
    """The window; `hints` are what the house rules would say to the words that lie there."""
    thought = [section(GENTLY.format("\n".join(f"• {one}" for one in hints)))] if hints else []
    blocks = [
        section(f"For *{safe(circle.name)}* in <#{circle.channel}>"),
        *thought,
        field(
            "question",
            "What would you like us to be asked?",
            text_input(text, limit=LONGEST, lines=True, focus=True),
            hint="One question that anybody can answer in a sentence, whatever their job.",
        ),
        field("named", "Your name", checkboxes([(NAMED, "yes")], ["yes"] if named else []), optional=True),
        context(ABOUT),
    ]
    private = json.dumps({"circle": circle.id, "hinted": text if hints else ""})
    return modal("propose", TITLE, blocks, submit="Propose", private=private)


def proposed(view: Mapping[str, Any]) -> tuple[str, str, bool, bool]:
    """What it holds: the circle, the words, whether she may be named, whether she has seen what was said of them."""
    about, text = json.loads(view["private_metadata"]), held(view, "question") or ""
    return about["circle"], text, bool(held(view, "named")), text == about["hinted"]


def thanks(circle: Circle) -> Block:
    """In the form's place."""
    told = f"It is with the conveners of *{safe(circle.name)}*. You hear from me when they have looked at it."
    return window("Thank you", [section(told)])


def taken_up(one: Own, circle: Circle, slot: Slot | None) -> tuple[Message, ...]:
    """A private word to whoever proposed it: it will be asked."""
    when = f"on {day(slot.on)}, if nothing comes between" if slot else "when its turn comes"
    return _word(one, circle, f"Good news: your question “{safe(one.text)}” is in the queue of <#{circle.channel}>. "
        f"It comes {when}. Thank you for it.")  # fmt: skip


def let_be(one: Own, circle: Circle) -> tuple[Message, ...]:
    """The same: not this time."""
    return _word(one, circle, f"Thank you for proposing “{safe(one.text)}” for <#{circle.channel}>. Its conveners "
        "leave it this time. That says nothing about you or the question; another is always welcome.")  # fmt: skip


def _word(one: Own, circle: Circle, text: str) -> tuple[Message, ...]:
    return (
        Message(
            id=identity("proposal", one.id),
            community=circle.community,
            purpose="notice",
            subject=one.id,
            member=one.member,
            text=text,
            blocks=(section(text),),
        ),
    )
