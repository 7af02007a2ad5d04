"""Words of a form that go by themselves, without a name, while the rest stands with one."""

from collections.abc import Collection
from dataclasses import replace

from practices.forms import Ask, Form, Forms
from practices.refusals import CircleTooSmall, Refusals
from practices.writings import ENOUGH, POSTED, Writing


def ask_of(form: Form, forms: Forms) -> Ask | None:
    """What of a form has a switch of its own, if anything: words that may stand in another form, without a name."""
    there = {one.key for one in forms.offered}
    return next((one for one in form.asks if one.apart in there), None)


def unread(before: Writing | None) -> bool:
    """Whether nobody but its author has ever been able to read it."""
    return before is None or before.draft or (before.visibility == "me" and not before.released)


def split(
    ask: Ask | None, writing: Writing, before: Writing | None, here: Collection[str], id_: str
) -> tuple[Writing, Writing | None]:
    """What stands with her name, and what goes by itself: a writing of its own, hers to change for ever.

    Only when others first read it: what stood with a name once was read. `id_` is the line's, of chance, for both ids
    stand in the channel and neither may lead to the other. `here` are the people of the circle's channel.
    Raises Refusals where they are too few for a line without a name.
    """
    if (
        ask is None
        or not unread(before)
        or writing.visibility not in POSTED
        or not writing.answers.get(ask.name)
    ):
        return writing, None
    if len(here) < ENOUGH:
        raise Refusals(CircleTooSmall(field=ask.name))
    line = replace(
        writing,
        id=id_,
        form=ask.apart,
        visibility="unnamed",
        answers={ask.name: writing.answers[ask.name]},
        may_quote=False,
        revision=1,
        retells="",
        returns_at=None,
        ts=None,
    )
    rest = {name: given for name, given in writing.answers.items() if name != ask.name}
    return replace(writing, answers=rest), line
