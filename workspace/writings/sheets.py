"""How a form lies before somebody, to be filled in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from practices.forms import LONGEST, Answers, Ask, Form, Visibility
from practices.model import Circle
from practices.sealed import STEP
from practices.writings import POSTED, Wanted, Writing
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    modal,
    people_select,
    section,
    select,
    text_input,
    told_radio,
)
from workspace.reflections import CARE, QUOTE
from workspace.writings.cards import answers
from workspace.writings.filled import only
from workspace.writings.words import (
    APART,
    APART_MEANS,
    BEFORE,
    COULD_NAME_YOU,
    NOT_BACK,
    NOT_UNNAMED,
    SEALED,
    SEALING,
    SEEN,
    STOOD,
    TOO_FEW,
    UNNAMED,
)

KEEP, SHARE = "Keep", "Share"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it lies before somebody: what is filled in, and where it can be shared."""

    form: Form
    wanted: Wanted
    steps: tuple[Visibility, ...]
    circles: tuple[Circle, ...] = ()  # to choose from; none where it is clear
    above: tuple[Block, ...] = ()  # what stands over the fields
    seals: bool = False  # whether it may be sealed
    apart: Ask | None = None  # what has a switch of its own here
    may_wait: bool = True  # whether it can be a draft: not what is kept already
    stood: bool = False  # whether people have read it already, so that no step without a name is offered

    @property
    def seen(self) -> str:
        """What is chosen of who sees it."""
        may = (*self.steps, STEP) if self.seals else self.steps
        return self.wanted.visibility if self.wanted.visibility in may else self.steps[0]


def sheet(one: Sheet) -> Block:
    """The modal of a form."""
    form, wanted = one.form, one.wanted
    seen = one.seen
    blocks: list[Block] = [
        *one.above,
        *(block for n, ask in enumerate(_asked(one)) for block in _field(one, ask, first=n == 0)),
        *(ask_field(ask, wanted.answers, first=False) for ask in _earlier(form, wanted)),
    ]
    if one.circles:
        options = [(circle.name[:75], circle.id) for circle in one.circles]
        which = field("circle", "Which circle", select(options, wanted.circle))
        blocks.append(which | {"dispatch_action": True})
    if len(one.steps) > 1 or one.seals:
        told = [(*SEEN[step], step) for step in one.steps] + ([(*SEALED, STEP)] if one.seals else [])
        why_not = STOOD if one.stood else NOT_UNNAMED
        named = UNNAMED if "unnamed" in one.steps else why_not if "unnamed" in form.ladder else ""
        hint = " ".join([named] * bool(named) + [SEALING] * one.seals)
        # In another circle it is another field: what was chosen there may not be offered here.
        of = {"action_id": f"seen/{wanted.circle}"} if one.circles else {}
        who = field("seen", "Who sees this", told_radio(told, seen) | of, hint=hint)
        blocks.append(who | {"dispatch_action": True})
        blocks += [section(COULD_NAME_YOU)] if seen in ("unnamed", STEP) else []
        if seen in POSTED:
            quoted = checkboxes([(QUOTE, "yes")], ["yes"] if wanted.may_quote else [])
            blocks.append(field("quote", "Quoting", quoted, optional=True))
    else:
        look = [COULD_NAME_YOU] if seen == "unnamed" else []
        blocks.append(context("*{}*: {}".format(*SEEN[one.steps[0]]), *look))
    blocks.append(context(CARE))
    blocks += [actions(button("Save draft", "writing_draft"), block_id="draft")] if one.may_wait else []
    return modal("writing", form.title, blocks, submit=submit_label(seen), private=_carried(one))


def _field(one: Sheet, ask: Ask, *, first: bool) -> Iterator[Block]:
    """The field of one ask; and under it the switch by which its words go without a name, where they can."""
    if not ask.for_readers and one.seen == "unnamed":
        ask = replace(ask, hint=NOT_BACK)
    switched = ask.apart != "" and one.apart == ask and one.seen in POSTED
    can = "unnamed" in one.steps
    yield ask_field(
        replace(ask, hint=TOO_FEW) if switched and not can else ask, one.wanted.answers, first=first
    )
    if switched and can:
        on = checkboxes([(APART, "yes")], ["yes"] if one.wanted.apart else [])
        yield field("apart", "This line", on, optional=True, hint=APART_MEANS)


def submit_label(seen: str) -> str:
    """What the button says that sends it."""
    return KEEP if seen == "me" else SHARE


def both(one: Sheet, newer: Writing) -> Block:
    """Two wordings, from two devices: the one that is kept above, what was just typed in the fields."""
    above = (
        section("*You have changed this somewhere else meanwhile.* That wording is kept:"),
        *(block for block in answers(one.form, newer, hers=True)),
        section(
            "Yours is below. Save it over the other one, or close this window and leave the other as it is."
        ),
    )
    wanted = replace(one.wanted, id=newer.id, revision=newer.revision)
    return sheet(replace(one, wanted=wanted, above=above))


def gone(one: Sheet) -> Block:
    """What she was changing is kept no more: she decides whether her words are kept anew."""
    note = section(
        "*This has been deleted meanwhile.* What you typed is below. Send it to keep it anew, or close this window "
        "and leave it deleted."
    )
    return sheet(replace(one, above=(*one.above, note)))


def once_more(one: Sheet) -> Block:
    """The form asks for something else since she opened it: as it is now, with what she typed."""
    note = section(
        "*This form has changed since you opened it.* What you wrote is here: please look once more."
    )
    return sheet(replace(one, above=(*one.above, note)))


def _asked(one: Sheet) -> tuple[Ask, ...]:
    """What is asked; not for the story as it was told, where that stands above."""
    return tuple(ask for ask in one.form.asks if not (one.wanted.retells and ask.name == "as_told"))


def ask_field(ask: Ask, answers: Answers, *, first: bool) -> Block:
    """The field of one ask, with what was answered before; the cursor stands in the first one."""
    given = answers.get(ask.name, "")
    element: Block
    match ask.kind:
        case "choice":
            element = select(
                [(label, value) for value, label in ask.choices], only(given), "Choose, or leave it"
            )
        case "people":
            element = people_select(given if isinstance(given, tuple) else (), ask.limit)
        case _:
            typed = given if isinstance(given, str) else ""
            limit = max(ask.limit, len(typed))  # it was allowed to be longer when it was written
            element = text_input(typed, limit=limit, lines=ask.kind == "lines", focus=first)
    return field(ask.name, ask.label, element, optional=not ask.required, hint=ask.hint)


def _earlier(form: Form, wanted: Wanted) -> Iterator[Ask]:
    """What was written where the form asks nothing any more: to keep, or to take out."""
    for name, given in wanted.answers.items():
        if form.ask(name) is None and isinstance(given, str):
            yield Ask(name, BEFORE, limit=LONGEST)


def _carried(one: Sheet) -> str:
    wanted = one.wanted
    return json.dumps(
        {
            "form": wanted.form,
            "id": wanted.id,
            "revision": wanted.revision,
            "seen": one.seen,
            "circle": wanted.circle,
            "occasion": wanted.occasion,
            "retells": wanted.retells,
            "settled": wanted.settled,
            "edition": one.form.edition,
            "receipt": wanted.receipt,
            "apart": wanted.apart and "unnamed" in one.steps,
        },
        separators=(",", ":"),
    )
