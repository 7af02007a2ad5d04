"""How what somebody wrote stands in a channel, or is shown to whom she chose."""

from collections.abc import Mapping, Sequence

from practices.forms import Form, Forms
from practices.model import Message, identity
from practices.naming import named
from practices.writings import POSTED, Locked, Writing
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    moment,
    overflow,
    safe,
    section,
    words,
)
from workspace.prompts import mend
from workspace.worries import TELL
from workspace.writings.words import BEFORE, LOST

SHOWN = 8  # writings shown whole in one window
WINDOW, CARD = (
    98,
    45,
)  # blocks of a window that only shows something, and of one writing: Slack takes 100, and 50


def card(writing: Writing, before: Writing | None, form: Form, name: str) -> tuple[Message, ...]:
    """What becomes of it in the channel: posted, changed, taken out, or nothing."""
    stands = before.ts if before and before.visibility in POSTED else None
    if writing.visibility not in POSTED:
        return removal(before) if before else ()
    return (
        Message(
            id=identity("writing", writing.id, str(writing.revision)),
            community=writing.community,
            purpose="writing",
            subject=writing.id,
            channel=writing.channel,
            kind="update" if stands else "post",
            ts=stands,
            text=f"{safe(name)}: {safe(form.title)}",
            blocks=(_head(writing, form, name), *answers(form, writing)),
        ),
    )


def for_conveners(
    found: Sequence[Writing | Locked], names: Mapping[str, str], zone: str, forms: Forms, start: int = 0
) -> list[Block]:
    """What was written for the conveners of somebody's circles, whole, as many as a window takes from `start` on."""
    start = start if start < len(found) else 0
    blocks: list[Block] = []
    last = start
    for one in found[start : start + SHOWN]:
        form = forms.for_reading(one.form)
        who, where = safe(names.get(one.author, "Someone")), f" · in <#{one.channel}>" if one.channel else ""
        head = f"*{who}* · {safe(form.title)}{where} · {moment(one.written_at, zone)}"
        told = answers(form, one) if isinstance(one, Writing) else (context(LOST),)
        if len(blocks) + 1 + len(told) > WINDOW:
            break
        blocks += [section(head), *told]
        last += 1
    newer, older = max(start - SHOWN, 0), last
    turns = [button("Newer", "for_conveners_newer", str(newer))] if start else []
    turns += [button("Older", "for_conveners_older", str(older))] if older < len(found) else []
    if turns:
        blocks += [context(f"{start + 1} to {last} of {len(found)}"), actions(*turns, block_id="turn")]
    return blocks or [section("Nothing just now.")]


def removal(writing: Writing | Locked) -> tuple[Message, ...]:
    """Take its card out of the channel."""
    if writing.ts is None:
        return ()
    return (
        Message(
            id=identity("removal", writing.id, writing.ts),
            community=writing.community,
            purpose="writing",
            subject=writing.id,
            channel=writing.channel,
            kind="delete",
            ts=writing.ts,
            text="",
        ),
    )


def kept_for_you(writing: Writing, code: str) -> tuple[Message, ...]:
    """Its card could not be posted: its author hears that it is kept for her alone."""
    text = (
        f"I could not put what you wrote into <#{writing.channel}>. {mend(code)} It is kept, for you alone: you find "
        "it in your App Home, and can share it again from there."
    )
    return (
        Message(
            id=identity("kept for you", writing.id, str(writing.revision)),
            community=writing.community,
            purpose="notice",
            subject=writing.id,
            member=writing.author,
            text=text,
            blocks=(section(text),),
        ),
    )


def shown(writing: Writing, form: Form) -> list[Block]:
    """A writing to read, for somebody who may."""
    return [section(f"*{safe(form.title)}*"), *answers(form, writing)]


def _head(writing: Writing, form: Form, name: str) -> Block:
    edited = " _(edited)_" if writing.edited else ""
    choices = [*menu_of("Edit", "Delete", of=writing.id), (TELL, f"tell/{writing.id}")]
    menu = overflow("writing_more", choices)
    return section(f"*{safe(name)}* · {safe(form.title)}{edited}", accessory=menu, block_id="writing")


def menu_of(*labels: str, of: str) -> list[tuple[str, str]]:
    """What can be done with a writing, behind its three dots."""
    return [(label, f"{label.lower().replace(' ', '_')}/{of}") for label in labels]


def answers(form: Form, writing: Writing, *, hers: bool = False) -> tuple[Block, ...]:
    """What was answered, each under what was asked; what is its author's own affair only where it is `hers` to read. Of
    the people that were chosen, those who said yes to that."""
    blocks: list[Block] = []
    for name, answer in writing.answers.items():
        ask = form.ask(name)
        label = ask.label if ask else BEFORE
        if isinstance(answer, str):
            blocks += [context(f"*{safe(label)}*"), *words(answer)]
        elif ask and ask.kind == "choice" and (hers or ask.for_readers):
            told = dict(ask.choices)
            blocks.append(
                context(f"*{safe(label)}*: {safe(', '.join(told.get(one, one) for one in answer))}")
            )
        elif ask and (people := named(writing, answer)):
            blocks.append(context(f"*{safe(label)}*: {' and '.join(f'<@{one}>' for one in people)}"))
    return tuple(blocks[:CARD])
