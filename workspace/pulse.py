"""How the foundations pulse is proposed, offered, answered and shown: sums in words, and drawn over the quarters."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from practices.catalogue.forms.pulse import FORM, FOUNDATIONS, STEPS
from practices.figures import Group
from practices.forms import Answers
from practices.model import Circle, Message, identity
from practices.pulse import LADDER, Pulse, Sums
from workspace.blocks import Block, actions, button, context, counted, day, header, held, modal, safe, section
from workspace.pictures import Picture, Stack, posting, stacks
from workspace.reflections import CARE
from workspace.writings import COULD_NAME_YOU, ask_field, window

SEALED = (
    "Nobody, not even I, can look up which answers are yours, so they cannot be changed later. They are shown as sums "
    "with five people or more behind each; words are shown only if five people or more write some. Then what each of "
    "us answered is deleted; the sums stay two years, words that were shown one."
)
GONE = "What each of us answered is deleted now."
KEPT_ON = "What each of us answered is deleted now; these sums stay, in the circle's figures."
ANY = "Any step"
TOO_NEAR = "To say which could give somebody away."
NO_SUMS = "Too few answers to each question, so there are no sums to show."
TOO_FEW = "Too few answers to show a sum."
AMONG = "Shown without your name, mixed, and only if five people or more write some."
WHY = "why"  # the only words in it
TOLD = dict(STEPS)
ASKED = dict(FOUNDATIONS)


def proposal(pulse: Pulse, circle: Circle) -> tuple[Message, ...]:
    """A word to each convener: shall it be offered?"""
    text = (
        f"It is time for the foundations pulse in *{safe(circle.name)}*: six small questions about how we work "
        "together, shown only as sums of five people or more. Shall I offer it in the channel?"
    )
    buttons = actions(
        button("Look at it first", "pulse_preview", pulse.id),
        button("Offer it", "pulse_offer", pulse.id, primary=True),
        button("Not this quarter", "pulse_let_go", pulse.id),
    )
    return tuple(
        Message(
            id=identity("pulse proposed", pulse.id, one),
            community=pulse.community,
            purpose="pulse proposed",
            subject=pulse.id,
            member=one,
            text=text,
            blocks=(section(text), buttons),
        )
        for one in circle.conveners
    )


def preview() -> Block:
    """What people will be asked, for a convener."""
    steps = " / ".join(told for _, told in STEPS)
    asked = "\n".join(f"• {ask.label}" for ask in FORM.asks)
    return window(FORM.title, [section(asked), section(f"Steps: {steps}."), context(SEALED)])


def invitation(pulse: Pulse, circle: Circle, closes: date, *, over: bool = False) -> Message:
    """What stands in the channel while it is open, and once it is over."""
    blocks: list[Block] = [
        header(FORM.title),
        section(f"Six small questions about how we in *{safe(circle.name)}* work together, two minutes."),
    ]
    if over:
        blocks.append(context("Closed, thank you."))
    else:
        blocks += [
            context(SEALED),
            actions(button("Answer", "pulse_answer", pulse.id, primary=True)),
            context(f"Open till {day(closes)}. Passing is fine."),
        ]
    return Message(
        id=identity("pulse", pulse.id, "over" if over else "open"),
        community=pulse.community,
        purpose="pulse",
        subject=pulse.id,
        channel=pulse.channel,
        text=f"{FORM.title}: {FORM.about}",
        blocks=tuple(blocks),
        kind="update" if over else "post",
        ts=pulse.ts if over else None,
    )


def sheet(pulse: Pulse) -> Block:
    """The form."""
    fields = [ask_field(ask, {}, first=False) for ask in FORM.asks]
    return modal(
        "pulse", FORM.title, [context(SEALED), *fields, context(CARE)], submit="Send", private=pulse.id
    )


def answered(view: Mapping[str, Any]) -> tuple[str, Answers]:
    """Which pulse it is, and what the form holds."""
    given: dict[str, str | tuple[str, ...]] = {}
    for ask in FORM.asks:
        if value := held(view, ask.name):
            given[ask.name] = (value,) if ask.kind == "choice" else value
    return view["private_metadata"], given


def look(which: str, given: Answers) -> Block:
    """Before her words go among the others': could they name her? What she chose is carried along, her words are not,
    for they lie before her."""
    chosen = {name: answer for name, answer in given.items() if name != WHY}
    ask = FORM.ask(WHY)
    assert ask
    blocks = [section(COULD_NAME_YOU), ask_field(ask, given, first=True), context(AMONG)]
    return modal(
        "pulse_look",
        FORM.title,
        blocks,
        submit="Send",
        private=json.dumps({"pulse": which, "chosen": chosen}),
    )


def looked(view: Mapping[str, Any]) -> tuple[str, Answers]:
    """Which pulse it is, what she chose, and her words as they are now."""
    carried = json.loads(view["private_metadata"])
    chosen: dict[str, str | tuple[str, ...]] = {name: tuple(one) for name, one in carried["chosen"].items()}
    return carried["pulse"], chosen | ({WHY: words} if (words := held(view, WHY)) else {})


def thanks() -> Block:
    return window("Thank you", [section("Counted. You see the sums in the channel when the pulse is over.")])


def results(
    pulse: Pulse, circle: Circle, sums: Sums, before: Sequence[tuple[Pulse, Sums]] = ()
) -> tuple[Message, ...]:
    """What the channel reads and sees when it is over, beside the quarters before (newest first); and the invitation
    loses its button."""
    blocks: list[Block] = [header(f"{FORM.title}: what we said")]
    blocks += [section(part) for part in in_words(sums)]
    if sums.words:
        blocks += [
            section("*Why there?* In no order:"),
            *(section(f"> {quoted(one)}") for one in sums.words[:20]),
        ]
    blocks.append(context(KEPT_ON if any(sums.groups.values()) else GONE))
    said = Message(
        id=identity("pulse", pulse.id, "results"),
        community=pulse.community,
        purpose="pulse results",
        subject=pulse.id,
        channel=pulse.channel,
        text=f"{FORM.title}: what we said",
        blocks=tuple(blocks),
    )
    over = (invitation(pulse, circle, pulse.quarter, over=True),) if pulse.ts else ()
    return (*over, posting.show(said, over_quarters(circle, [(pulse, sums), *before]), at=1))


def quoted(words: str) -> str:
    """Words that stay behind the quotation's mark on every line."""
    return safe(words).replace("\n", "\n> ")


def in_words(sums: Sums) -> list[str]:
    """Each question with its sums."""
    if not any(sums.groups.values()):
        return [NO_SUMS]
    told = [f"*{label}*\n" + (_said(sums.groups.get(name, ())) or TOO_FEW) for name, label in FOUNDATIONS]
    effort = FORM.ask("effort")
    if effort and (groups := sums.groups.get("effort")):
        told.append(f"*{effort.label}*\n" + "\n".join(_effort(one) for one in groups))
    return told


def _effort(one: Group) -> str:
    """One of the six, or some together, with how many chose it."""
    if len(one.steps) == len(FOUNDATIONS):
        return f"Any of the six: {counted(one.answers, 'person', 'people')}. {TOO_NEAR}"
    return (
        f"{' or '.join(f'“{ASKED[step]}”' for step in one.steps)}: {counted(one.answers, 'person', 'people')}"
    )


def over_quarters(circle: Circle, found: Sequence[tuple[Pulse, Sums]]) -> tuple[Picture, ...]:
    """The pulse drawn: each foundation with a bar for each quarter. `found` is newest first."""
    rows = [
        (
            label,
            [
                Stack(quarter(pulse.quarter), _parts(groups), _briefly(pulse.quarter))
                for pulse, groups in seen
            ],
        )
        for name, label in FOUNDATIONS
        if (
            seen := [(pulse, sums.groups[name]) for pulse, sums in found if _tells(sums.groups.get(name, ()))]
        )
    ]
    title = f"{circle.name[:60]}: foundations pulse over the quarters"
    return (stacks("pulse", title, rows),) if rows else ()


def quarter(first: date) -> str:
    """October to December 2026."""
    last = date(first.year, first.month + 2, 1)
    return f"{first:%B} to {last:%B} {first.year}"


def _briefly(first: date) -> str:
    """Oct to Dec 2026."""
    return f"{first:%b} to {date(first.year, first.month + 2, 1):%b} {first.year}"


def _said(groups: Sequence[Group]) -> str:
    lines = [
        f"{name}: {counted(one.answers, 'person', 'people')}" + (f". {TOO_NEAR}" if name == ANY else "")
        for name, one in _named(groups)
    ]
    return "\n".join(lines)


def _tells(groups: Sequence[Group]) -> bool:
    """Whether there is more to see than that people chose some step."""
    return any(one.steps != LADDER for one in groups)


def _named(groups: Sequence[Group]) -> list[tuple[str, Group]]:
    return [
        (
            ANY
            if one.steps == LADDER
            else " or ".join(TOLD[step].lower() for step in one.steps).capitalize(),
            one,
        )
        for one in groups
    ]


def _parts(groups: Sequence[Group]) -> list[tuple[str, int, int]]:
    order = [*LADDER, STEPS[-1][0]]
    return [(name, one.answers, order.index(one.steps[0])) for name, one in _named(groups)]
