"""How a reflection form is filled in, and what of it stands in a channel."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from practices.forms import BESIDE, LONGEST, Answers, Ask, Form, Forms, Visibility
from practices.model import Circle, Message, identity
from practices.naming import named
from practices.sealed import STEP
from practices.writings import POSTED, Locked, Wanted, Writing
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    modal,
    moment,
    overflow,
    people_select,
    plain,
    safe,
    section,
    select,
    text_input,
    told_radio,
    words,
)
from workspace.prompts import mend
from workspace.reflections import CARE, QUOTE

# What each step of the ladder means, in one sentence, where it is chosen: at most 75 characters, Slack's limit.
SEEN: dict[Visibility, tuple[str, str]] = {
    "me": ("Just me", "Nobody else can read it, whatever their role."),
    "conveners": ("Me and conveners", "This circle's conveners can read it, and nobody else."),
    "circle": ("This circle", "Posted in the circle's channel, with your name."),
    "unnamed": ("Circle, without my name", "Shown without your name, once five people have written."),
    "everyone": ("Everyone here", "Posted with your name, and found by everyone in our memory."),
}
UNNAMED = (
    "Without my name: the bot keeps a link, under your own key, so that you can edit or delete it. Conveners cannot "
    "see it; whoever runs the server technically could. It waits until five people of the circle have written, and is "
    "then shown among theirs, mixed. If fewer than five people's lines are left, none of them is shown any more."
)
SEALED = ("Sealed", "Nobody, not even the bot, can look up who wrote it. No edit.")
SEALING = (
    "Sealed: it waits until five people have sealed theirs, and is then shown among them. You are shown a receipt, "
    "once, with which it can be taken back. A saved draft is kept with your name, so it cannot be sealed."
)
COULD_NAME_YOU = (
    "*Could this name you?* Read it once more as somebody would who knows you: a name, a place, a job that only you "
    "have, a story that people know. You can say it another way, or leave it out."
)
BY_ITSELF = "What was left unsaid goes without your name, as soon as five people have left such a line. "
APART = "Show it without my name"
APART_MEANS = "It waits until five people have left such a line, and is then shown among theirs, mixed."
TOO_FEW = "With fewer than five people in the circle it stands with your name, like the rest."
KEEP, SHARE = "Keep", "Share"
SHOWN = 8  # writings shown whole in one window
WINDOW, CARD = (
    99,
    45,
)  # blocks of a window that only shows something, and of one writing: Slack takes 100, and 50
LOST = "_Its key is missing, so it cannot be opened just now._"
BEFORE = "What was asked before"


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
        blocks.append(field("circle", "Which circle", select(options, wanted.circle)))
    if len(one.steps) > 1 or one.seals:
        told = [(*SEEN[step], step) for step in one.steps] + ([(*SEALED, STEP)] if one.seals else [])
        hint = " ".join([UNNAMED] * ("unnamed" in one.steps) + [SEALING] * one.seals)
        blocks.append(
            field("seen", "Who sees this", told_radio(told, seen), hint=hint) | {"dispatch_action": True}
        )
        blocks += [section(COULD_NAME_YOU)] if seen in ("unnamed", STEP) else []
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


def filled_in(view: Mapping[str, Any]) -> Wanted:
    """What a form's modal holds, submitted or not."""
    carried = json.loads(view["private_metadata"])
    values = {name: _held(element) for name, element in _elements(view)}
    answers = {name: value for name, value in values.items() if name not in BESIDE and value}
    seen, circle = values.get("seen") or carried["seen"], values.get("circle") or carried["circle"]
    return Wanted(
        id=carried["id"],
        form=carried["form"],
        visibility=_first(seen),
        answers=answers,
        circle=_first(circle),
        may_quote=bool(values.get("quote")),
        revision=carried["revision"],
        occasion=carried["occasion"],
        retells=carried["retells"],
        settled=carried["settled"],
        edition=carried["edition"],
        receipt=carried["receipt"],
        apart=bool(values["apart"]) if "apart" in values else carried["apart"],
    )


def both(one: Sheet, newer: Writing) -> Block:
    """Two wordings, from two devices: the one that is kept above, what was just typed in the fields."""
    above = (
        section("*You have changed this somewhere else meanwhile.* That wording is kept:"),
        *(block for block in answers(one.form, newer)),
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


def window(title: str, blocks: Sequence[Block]) -> Block:
    """A window that only shows something."""
    return {"type": "modal", "title": plain(title), "close": plain("Close"), "blocks": list(blocks)}


def for_conveners(
    found: Sequence[Writing | Locked], names: Mapping[str, str], zone: str, forms: Forms
) -> list[Block]:
    """What was written for the conveners of somebody's circles, whole."""
    blocks: list[Block] = []
    for number, one in enumerate(found):
        form = forms.for_reading(one.form)
        head = f"*{safe(names.get(one.author, 'Someone'))}* · {safe(form.title)} · {moment(one.written_at, zone)}"
        told = answers(form, one) if isinstance(one, Writing) else (context(LOST),)
        if number == SHOWN or len(blocks) + 1 + len(told) > WINDOW:
            blocks.append(context(f"And {len(found) - number} more, which do not fit here."))
            break
        blocks += [section(head), *told]
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


def done(writing: Writing, word: str, apart: Writing | None = None) -> str:
    """Said to its author alone."""
    where = f"You find it in your App Home, or with `/{word} reflect mine`."
    match writing.visibility:
        case "me":
            return f"Kept, for you alone. {where}"
        case "conveners":
            return f"Kept. You and your circle's conveners can read it. {where}"
        case "unnamed":
            if writing.down:
                return f"Kept. A convener has taken this line down, so it is not shown. {where}"
            if writing.batch:
                return f"Kept, and changed where it is shown without your name. {where}"
            return f"Kept. It is shown without your name as soon as five people have written. {where}"
        case _:
            return f"Shared in <#{writing.channel}>. {BY_ITSELF if apart else ''}{where}"


def thanks(text: str, *more: Block) -> Block:
    """In the form's place, once it is sent; and what could come next."""
    return window("Thank you", [section(text), *more])


def drafted(word: str) -> str:
    return f"Your draft waits for a week: open the form again, with `/{word} reflect` or from your App Home."


def menu(forms: Sequence[Form], circle: str) -> list[Block]:
    """What can be written here, each with its button. `circle` is the channel, where there is one."""
    return [
        section("What would you like to write?"),
        *(
            section(safe(form.about), accessory=button(form.title, "write", f"{form.key}/{circle}"))
            for form in forms
        ),
    ]


def picking(forms: Sequence[Form], circle: str) -> Block:
    """The same as a window, for where there is no channel to say it in."""
    return {
        "type": "modal",
        "title": plain("Reflect"),
        "close": plain("Not now"),
        "blocks": menu(forms, circle),
    }


def pressed(action: Mapping[str, Any]) -> tuple[str, str]:
    """Which form's button it was, and the gathering it asks about; "" where it asks about none."""
    form, _, where = str(action["value"]).partition("/")
    return form, where.partition("/")[2]


def shown(writing: Writing, form: Form) -> list[Block]:
    """A writing to read, for somebody who may."""
    return [section(f"*{safe(form.title)}*"), *answers(form, writing)]


def chosen(action: Mapping[str, Any]) -> tuple[str, str]:
    """What was chosen on a card or a list, and of which writing: ("edit", id)."""
    what, _, writing = action["selected_option"]["value"].partition("/")
    return what, writing


def link_of(shortcut: Mapping[str, Any], slack: str) -> str:
    """Where the message stands on which somebody reflects."""
    return f"{slack}archives/{shortcut['channel']['id']}/p{shortcut['message']['ts'].replace('.', '')}"


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
                [(label, value) for value, label in ask.choices], _first(given), "Choose, or leave it"
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


def _elements(view: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, element) for block in view["state"]["values"].values() for name, element in block.items()]


def _held(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    """What was typed is a string, what was chosen a tuple."""
    if element["type"] in ("static_select", "radio_buttons"):
        return (element["selected_option"]["value"],) if element.get("selected_option") else ()
    if element["type"] == "checkboxes":
        return tuple(one["value"] for one in element.get("selected_options") or ())
    if element["type"] == "multi_users_select":
        return tuple(element.get("selected_users") or ())
    return element.get("value") or ""


def _first(given: str | tuple[str, ...]) -> str:
    return given if isinstance(given, str) else next(iter(given), "")


def _head(writing: Writing, form: Form, name: str) -> Block:
    edited = " _(edited)_" if writing.revision > 1 else ""
    menu = overflow("writing_more", menu_of("Edit", "Delete", of=writing.id))
    return section(f"*{safe(name)}* · {safe(form.title)}{edited}", accessory=menu, block_id="writing")


def menu_of(*labels: str, of: str) -> list[tuple[str, str]]:
    """What can be done with a writing, behind its three dots."""
    return [(label, f"{label.lower().replace(' ', '_')}/{of}") for label in labels]


def answers(form: Form, writing: Writing) -> tuple[Block, ...]:
    """What was answered, each under what was asked. Of the people that were chosen, those who said yes to that."""
    blocks: list[Block] = []
    for name, answer in writing.answers.items():
        ask = form.ask(name)
        label = ask.label if ask else BEFORE
        if isinstance(answer, str):
            blocks += [context(f"*{safe(label)}*"), *words(answer)]
        elif ask and ask.kind == "choice":
            told = dict(ask.choices)
            blocks.append(
                context(f"*{safe(label)}*: {safe(', '.join(told.get(one, one) for one in answer))}")
            )
        elif ask and (people := named(writing, answer)):
            blocks.append(context(f"*{safe(label)}*: {' and '.join(f'<@{one}>' for one in people)}"))
    return tuple(blocks[:CARD])
