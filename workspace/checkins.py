"""The modal in which a check-in is written, for whom its author chooses."""

from collections.abc import Mapping, Sequence
from typing import Any

from practices.catalogue.forms.checkin import WEATHER
from practices.forms import Visibility
from practices.model import Answer, Prompt
from practices.reflections import LONGEST
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    field,
    held,
    modal,
    safe,
    section,
    select,
    text_input,
    told_radio,
)
from workspace.prompts import title
from workspace.reflections import CARE, QUOTE
from workspace.writings import SEEN, submit_label

NOT_SAID = "not_said"  # an option's value may not be empty
ARRIVING = (*((text, value) for value, text in WEATHER), ("Rather not say", NOT_SAID))
IN_THE_THREAD = "In the thread under the question, with your name."


def check_in(
    prompt: Prompt, lying: Answer, steps: Sequence[Visibility], *, shared: bool, may_wait: bool
) -> Block:
    """The modal, with what lies before her; `shared` is whether the circle has her answer already, `may_wait` whether
    a draft can be kept."""
    told = [(SEEN[step][0], IN_THE_THREAD if step == "circle" else SEEN[step][1], step) for step in steps]
    seen = lying.seen if lying.seen in steps else steps[0]
    blocks = [
        section(f"*{safe(prompt.text)}*", block_id="question"),
        field(
            "answer",
            "Your answer",
            text_input(lying.text, limit=LONGEST, lines=True, focus=True),
            hint=CARE,
        ),
        field("arriving", "How I arrive", select(ARRIVING, lying.arriving or NOT_SAID), optional=True),
        field("checkin_seen", "Who sees this", told_radio(told, seen)) | {"dispatch_action": True},
    ]
    if seen == "circle":
        quoted = checkboxes([(QUOTE, "yes")], ["yes"] if lying.may_quote else [])
        blocks.append(field("quote", "Quoting", quoted, optional=True))
    if may_wait:
        blocks.append(actions(button("Save draft", "checkin_draft"), block_id="draft"))
    submit = "Save" if shared and seen == "circle" else submit_label(seen)
    return modal("checkin", title(prompt), blocks, submit=submit, private=prompt.id)


def answer(view: Mapping[str, Any]) -> Answer:
    """What the modal holds, submitted or not."""
    arriving = held(view, "arriving") or NOT_SAID
    return Answer(
        prompt=view["private_metadata"],
        text=held(view, "answer") or "",
        arriving="" if arriving == NOT_SAID else arriving,
        may_quote=bool(held(view, "quote")),
        seen=held(view, "checkin_seen") or "circle",
    )


def drafted() -> str:
    """Said once a draft is kept."""
    return "Your draft waits for a week, for you alone: press *Answer* again, or find it in your App Home."
