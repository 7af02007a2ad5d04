"""How sealed answers stand in a channel, and what their authors are told once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from practices.batches import Batch
from practices.forms import Form, Forms
from practices.model import Message
from practices.sealed import Sealed
from workspace.batches import together, told
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    field,
    held,
    modal,
    overflow,
    section,
    text_input,
)

ABOUT = "From five people or more, mixed. Nobody, not even the bot, can look up who wrote which."
EMPTY = "_Taken back, or taken down by a convener._"
TAKEN_DOWN = "The words are taken out. Nobody can tell their author."


def saying(forms: Forms) -> Callable[[Batch, Sequence[Sealed]], tuple[Message, ...]]:
    """What says a batch, in these forms' words."""
    return lambda one, lines: batch(one, lines, forms.for_reading(one.form))


def batch(one: Batch, lines: Sequence[Sealed], form: Form) -> tuple[Message, ...]:
    """A batch as it is to stand in its channel; nothing while its message is on its way."""
    parts = (_line(number, line, form) for number, line in enumerate(lines, 1))
    return together(one, f"{form.title}, sealed", ABOUT, parts)


def receipt(code: str) -> list[Block]:
    """Shown once, to whoever sealed an answer."""
    return [
        section("Sealed. It is shown once five people have sealed theirs, mixed among them."),
        section(f"Your receipt:\n```{code}```"),
        context(
            "It is shown this once and kept nowhere. With it you, or whoever has it, can take the answer back: *I have "
            "a receipt*, under what you wrote. Without it nobody can find the answer, and it cannot be edited."
        ),
    ]


def have_receipt() -> Block:
    """Under what somebody wrote."""
    return actions(button("I have a receipt", "have_receipt"))


def ask() -> Block:
    """Where a receipt is typed in."""
    hint = "The answer goes for good. You cannot seal another one about the same."
    code = field("receipt", "Your receipt", text_input(limit=60, focus=True), hint=hint)
    return modal("take_back", "Take an answer back", [code], submit="Take back")


def typed(view: Mapping[str, Any]) -> str:
    """The receipt."""
    return str(held(view, "receipt") or "")


def taken_back() -> list[Block]:
    return [section("It is gone. Where it was shown, its place stays empty.")]


def _line(number: int, line: Sealed, form: Form) -> list[Block]:
    words = told(line.answers, form) or [EMPTY]
    first, *more = cut("\n".join([f"*Line {number}*", *words]))[:2]
    menu = overflow(
        "sealed_more",
        [("Tell the conveners", f"tell/{line.id}"), ("Take it down (conveners)", f"down/{line.id}")],
    )
    return [section(first, accessory=menu, block_id=f"line/{line.id}"), *map(section, more)]
