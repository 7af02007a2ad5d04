"""Words of a form that go by themselves, without a name, while the rest stands with one."""

from collections.abc import Collection
from dataclasses import replace

from practices.forms import Ask, Form, Forms
from practices.model import identity
from practices.refusals import CircleTooSmall, Refusals
from practices.writings import ENOUGH, POSTED, Writing


def ask_of(form: Form, forms: Forms) -> Ask | None:
    """What of a form has a switch of its own, if anything: words that may stand in another form, without a name."""
    there = {one.key for one in forms.offered}
    return next((one for one in form.asks if one.apart in there), None)


def split(
    ask: Ask | None, writing: Writing, before: Writing | None, here: Collection[str]
) -> tuple[Writing, Writing | None]:
    """What stands with her name, and what goes by itself: a writing of its own, hers to change for ever.

    Only when it is first sent: what stood with a name once was read. `here` are the people of the circle's channel.
    Raises Refusals where they are too few for a line without a name.
    """
    first = before is None or before.draft
    if ask is None or not first or writing.visibility not in POSTED or not writing.answers.get(ask.name):
        return writing, None
    if len(here) < ENOUGH:
        raise Refusals(CircleTooSmall(field=ask.name))
    line = replace(
        writing,
        id=identity("apart", writing.id, ask.name),
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
