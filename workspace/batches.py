"""How lines without a name stand in a channel, and what is said about one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from practices.batches import Batch
from practices.forms import Answers, Form, Forms
from practices.model import Circle, Message, identity
from practices.writings import Writing
from workspace import worries
from workspace.blocks import (
    Block,
    context,
    cut,
    field,
    header,
    held,
    if_worried,
    modal,
    overflow,
    safe,
    section,
    text_input,
)
from workspace.prompts import mend

REASON = 300  # characters
ABOUT = (
    "From five people or more, in an order that chance chose. The bot does not show who wrote which, and the conveners "
    "cannot see it either."
)
DOWN = "_A convener has taken this line down. Whoever wrote it finds the reason under what they wrote._"
TELL = "tell the conveners, behind the three dots of a line."
TAKEN_DOWN = (
    "The line is taken down. Its author finds your reason under what they wrote; nobody told us who that is."
)


def saying(forms: Forms) -> Callable[[Batch, Sequence[Writing]], tuple[Message, ...]]:
    """What says a batch, in these forms' words."""
    return lambda one, lines: batch(one, lines, forms.for_reading(one.form))


def batch(one: Batch, lines: Sequence[Writing], form: Form) -> tuple[Message, ...]:
    """A batch as it is to stand in its channel: posted, changed, or, without lines, taken out."""
    parts = (_line(number, line, form) for number, line in enumerate(lines, 1))
    return together(one, f"{form.title}, without names", ABOUT, parts, gone=not lines)


def together(
    one: Batch, title: str, about: str, lines: Iterable[Sequence[Block]], *, gone: bool = False
) -> tuple[Message, ...]:
    """The message in which lines stand together, or (`gone`) stand no more; none while it is on its way just now."""
    if one.ts is None and one.revision > 1:
        return ()
    worried = context(if_worried(one.turn_to, TELL))
    blocks = (header(title), context(about), *(block for line in lines for block in line), worried)
    return (
        Message(
            id=identity("batch", one.id, "gone" if gone else str(one.revision)),
            community=one.community,
            purpose="batch",
            subject=one.id,
            channel=one.channel,
            kind="delete" if gone else "update" if one.ts else "post",
            ts=one.ts,
            text="" if gone else title,
            blocks=() if gone else blocks,
        ),
    )


def chosen(action: Mapping[str, Any]) -> tuple[str, str]:
    """What was chosen in a line's menu, and of which line: ("tell", id)."""
    what, _, line = action["selected_option"]["value"].partition("/")
    return what, line


def please_look(line: str, one: Batch, number: int, circle: Circle, slack: str) -> tuple[Message, ...]:
    """To each convener: somebody asks them to look at a line. Not who."""
    link = f"{slack}archives/{one.channel}/p{(one.ts or '').replace('.', '')}"
    more = "If need be, you can take the line down, from its three dots."
    return worries.please_look(line, f"line {number} of the <{link}|lines without a name>", circle, more)


def why(line: str) -> Block:
    """A convener says why she takes a line down."""
    reason = text_input(limit=REASON, lines=True, focus=True)
    hint = "Kindly, please: only whoever wrote the line reads it."
    return modal(
        "take_down",
        "Take a line down",
        [field("reason", "Why", reason, hint=hint)],
        submit="Take down",
        private=line,
    )


def reason(view: Mapping[str, Any]) -> tuple[str, str]:
    """Which line, and why."""
    return str(view["private_metadata"]), str(held(view, "reason") or "")


def not_posted(one: Message, circle: Circle, code: str) -> tuple[Message, ...]:
    """The conveners hear that lines without a name wait because they could not be posted."""
    text = (
        f"I could not put lines without a name into <#{one.channel}>. {mend(code)} They wait: I try again when "
        "somebody writes the next one."
    )
    return tuple(
        Message(
            id=identity("not posted", one.id, convener),
            community=one.community,
            purpose="notice",
            subject=one.subject,
            member=convener,
            text=text,
            blocks=(section(text),),
        )
        for convener in circle.conveners
    )


def _line(number: int, line: Writing, form: Form) -> list[Block]:
    words = [DOWN] if line.down else told(line.answers, form)
    first, *more = cut("\n".join([f"*Line {number}*", *words]))[:2]
    choices = [
        ("Tell the conveners", "tell"),
        ("Edit, if it is mine", "edit"),
        ("Delete, if it is mine", "delete"),
    ]
    choices += [] if line.down else [("Take it down (conveners)", "down")]
    menu = overflow("line_more", [(label, f"{what}/{line.id}") for label, what in choices])
    return [section(first, accessory=menu, block_id=f"line/{line.id}"), *map(section, more)]


def told(answers: Answers, form: Form) -> list[str]:
    """What was answered. A link is left out: it may lead to whoever wrote it; people are never named."""
    found: list[str] = []
    for ask in form.asks:
        answer = answers.get(ask.name)
        if isinstance(answer, str) and ask.kind != "link":
            found += [f"_{safe(ask.label)}_", safe(answer)]
        elif answer and ask.kind == "choice" and ask.for_readers:
            labels = dict(ask.choices)
            found.append(f"_{safe(ask.label)}_: {', '.join(safe(labels.get(one, one)) for one in answer)}")
    return found
