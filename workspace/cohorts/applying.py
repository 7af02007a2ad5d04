"""How somebody asks to join: the form, and her own words whenever she wants them."""

from collections.abc import Iterator, Mapping
from typing import Any

from practices.cohorts import WORDS, Application, Asked, Invitation
from practices.model import Circle
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    field,
    held,
    modal,
    moment,
    safe,
    section,
    select,
    text_input,
    words,
)
from workspace.writings import window

LABELS = {
    "organisation": "Your organisation",
    "draws": "What draws you?",
    "possible": "What would make it possible for you to take part?",
}
HINTS = {
    "possible": "Times, access, caring for somebody, fares: whatever would help. Only the conveners read it."
}
STANDS = {
    "welcome": "you are welcome",
    "waiting": "you are on the waiting list",
    "not_this_time": "not this time",
}
CHANGE, BACK = "Change", "Take it back"


def form(invitation: Invitation, circle: Circle, mine: Application | None) -> Block:
    """The form, with what she wrote before in it."""
    sectors = dict.fromkeys((*circle.sectors, *((mine.sector,) if mine else ())))
    blocks: list[Block] = [
        field(
            "sector",
            "Your sector",
            select([(one, one) for one in sectors], mine.sector if mine else None, "The nearest one is fine"),
        )
    ]
    blocks += [
        field(
            name,
            LABELS[name],
            text_input(getattr(mine, name) if mine else "", limit=WORDS[name], lines=name != "organisation"),
            optional=True,
            hint=HINTS.get(name, ""),
        )
        for name in WORDS
    ]
    who = " and ".join(f"<@{one}>" for one in circle.conveners)
    blocks.append(
        context(
            f"{who} read this, and nobody else. You can change it or take it back until "
            f"{moment(invitation.closes, circle.rhythm.zone)}; it is deleted 30 days after the answers, unless you are "
            "welcomed. Then your sector and organisation are also told to those you are matched with."
        )
    )
    if mine:
        blocks.append(actions(button(BACK, "application_take_back", mine.id)))
    submit = CHANGE if mine else "Send"
    return modal("application", "I'd like to join", blocks, submit=submit, private=invitation.id)


def given(view: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """For which invitation, and what she wrote."""
    return view["private_metadata"], {name: held(view, name) or "" for name in ("sector", *WORDS)}


def sent(invitation: Invitation, circle: Circle) -> str:
    """In the form's place, once it is kept."""
    return (
        f"Thank you. The conveners of *{safe(circle.name)}* read it. Until "
        f"{moment(invitation.closes, circle.rhythm.zone)} you can change it or take it back, in your App Home or with "
        "the same button. Then you hear from us."
    )


def own(mine: Application, invitation: Invitation, closed: str) -> Block:
    """Her own words, once they can be changed no more: `closed` says why, until the answers have gone out."""
    told = "The answers have gone out. Here are your words:" if invitation.answered_at else closed
    blocks = [section(told), *_words(mine), actions(button(BACK, "application_take_back", mine.id))]
    return window("What you wrote", blocks)


def given_back(mine: Application) -> Block:
    """Her words once more, after they have gone."""
    return window(
        "Taken back",
        [
            section("It is taken back, and nothing of it is kept. Here are your words, to copy:"),
            *_words(mine),
        ],
    )


def entry(one: Asked, zone: str) -> tuple[Block, Block]:
    """That she asked to join, on her own page."""
    when = moment(one.invitation.closes, zone)
    if one.decision:
        state = STANDS[one.decision]
    elif one.invitation.state == "withdrawn":
        state = "the invitation has been taken back"
    elif one.invitation.state == "open":
        state = f"you can change it until {when}"
    else:
        state = "it has closed, and is being read"
    label = CHANGE if one.invitation.state == "open" else "Read"
    press = (
        button(
            label, "join", one.invitation.id, label_for_all=f"{label} what you wrote to {one.circle}"[:75]
        ),
        button(BACK, "application_take_back", one.application),
    )
    return section(f"*{safe(one.circle)}*: {state}"), actions(*press)


def _words(mine: Application) -> Iterator[Block]:
    yield from words(f"{mine.sector}" + (f", {mine.organisation}" if mine.organisation else ""))
    for name in ("draws", "possible"):
        if text := getattr(mine, name):
            yield context(LABELS[name])
            yield from words(text)
