"""How something written comes back to its author, and how its tellings stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from practices.forms import Form, Forms
from practices.model import Message, identity
from practices.writings import Locked, Writing
from workspace.blocks import Block, actions, button, context, cut, day, divider, mrkdwn, safe, section
from workspace.writings import BEFORE, LOST, SEEN, answers, window

FIELD_LIMIT = 2000  # characters of one side, Slack's limit
LEFT = "Left as it is. You find it in your App Home, under what you wrote."
LET_BE = (
    "It stays with you, and will not be brought back. You find it in your App Home, under what you wrote."
)


def promised(community: str, writing: str, author: str, at: datetime) -> Message:
    """What is promised: that it comes back to her, none of its words. Those are fetched when it is said."""
    return Message(
        id=identity("return", writing, at.isoformat()),
        community=community,
        purpose="return",
        subject=writing,
        member=author,
        text="",
    )


def brought_back(message: Message, found: Writing | Locked, form: Form, zone: str) -> Message:
    """The same with her words, as they are worded now."""
    on = day(found.written_at.astimezone(ZoneInfo(zone)).date(), year=True)
    text = f"You asked me to bring this back: {safe(form.title)}, from {on}."
    told = answers(form, found, hers=True) if isinstance(found, Writing) else (context(LOST),)
    blocks = [
        section(text),
        *told,
        actions(
            button("Tell it again", "tell_again", found.id, primary=True),
            button("Leave it", "leave_it", found.id),
            button("Don't bring back", "not_again", found.id),
        ),
        context("Telling it again keeps both, side by side. Nobody else sees this message."),
    ]
    return replace(message, text=text, blocks=tuple(blocks))


def above(old: Writing, form: Form, zone: str) -> tuple[Block, ...]:
    """The old words over the fields in which they are told again."""
    on = day(old.written_at.astimezone(ZoneInfo(zone)).date(), year=True)
    return section(f"*As you told it on {on}*"), *answers(form, old, hers=True), divider()


def opened(one: Writing, told: Sequence[Writing], zone: str, forms: Forms) -> Block:
    """One writing, whole; where the story was told more than once, every telling beside the one before."""
    if len(told) < 2:
        whole = answers(forms.for_reading(one.form), one, hers=True)
        return window("What I wrote", [_about(one, zone, forms), *whole])
    blocks: list[Block] = [section(f"Told {len(told)} times.")]
    for before, after in pairwise(told):
        blocks += [*_beside(before, after, zone, forms), divider()]
    return window("Side by side", blocks[:-1][:100])


def _beside(before: Writing, after: Writing, zone: str, forms: Forms) -> list[Block]:
    """Two columns where there is room for them, one below the other on a phone."""
    sides = [_side(one, zone, forms) for one in (before, after)]
    if all(len(side) <= FIELD_LIMIT for side in sides):
        return [{"type": "section", "fields": [mrkdwn(side) for side in sides]}]
    return [section(part) for side in sides for part in cut(side)]


def _side(one: Writing, zone: str, forms: Forms) -> str:
    form = forms.for_reading(one.form)
    on = day(one.written_at.astimezone(ZoneInfo(zone)).date(), year=True)
    told = [
        f"_{safe(ask.label if (ask := form.ask(name)) else BEFORE)}_\n{safe(words)}"
        for name, words in one.answers.items()
        if isinstance(words, str)
    ]
    return "\n\n".join([f"*{on}*", *told])


def _about(one: Writing, zone: str, forms: Forms) -> Block:
    on = day(one.written_at.astimezone(ZoneInfo(zone)).date(), year=True)
    return section(f"*{safe(forms.for_reading(one.form).title)}* · {on} · {SEEN[one.visibility][0]}")


def pressed(action: Mapping[str, Any]) -> str:
    """Which writing it is about."""
    return str(action["value"])
