"""What a group saw, as a picture; and how wordings for its purpose and its fear are offered, shown and dotted."""

from collections.abc import Mapping, Sequence
from typing import Any

from practices.polarities.map import Map
from practices.polarities.revealing import WHATS, What, Wording
from practices.polarities.walking import Polarity
from practices.polarities.watching import NAMING
from practices.polarities.whole import Post, Whole
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    field,
    held,
    modal,
    safe,
    section,
    select,
    sure,
    text_input,
)
from workspace.pictures.polarities import alt
from workspace.polarities.drawing import Drawing, both
from workspace.polarities.moving import onward

ASKED: Mapping[What, str] = {"purpose": "Why we need both", "fear": "If we lose the balance"}
HINTS: Mapping[What, str] = {
    "purpose": "What does balancing both make possible?",
    "fear": "What comes if the balance fails?",
}
OFFER = (
    "*Why do we need both?* What does balancing them make possible; and what comes if we lose the balance? Offer one "
    "wording for each, or for one of them. Then each of us has a dot for each."
)
UNNAMED = (
    "Wordings are shown without names, together, once five people or more have offered some. As with lines, whoever "
    "runs the server technically could find out whose they are."
)
NAMED = "Wordings are shown with names, all at once."
# Before wordings that were offered are passed over.
WITHOUT = sure(
    "Go on without the wordings?",
    "Some were offered, and nobody has seen them yet. If you go on now, purpose and fear stay open for good.",
    "Go on",
    "Not yet",
)
FORMING = "_Still forming: nobody has given a dot, and that is fine._"


def reveal(found: Whole, post: Post) -> Drawing:
    """The picture with the lines that have most dots, and the question for the wordings."""
    del post
    one = found.polarity
    told = f"*What we saw: {both(one)}*\nThe lines with most dots stand on the picture; all are in the map's thread."
    blocks = [section(told)]
    if one.state == "reveal" and not found.wordings:
        blocks += [
            section(OFFER),
            context(_so_far(found.offered, "offered") + (NAMED if one.named else UNNAMED)),
            actions(
                button("Offer a wording", "polarity_offer", one.id, primary=True),
                button("Show the wordings", "polarity_wordings", one.id),
                *onward(one, asks=WITHOUT if found.offered else None),
            ),
        ]
    elif one.state == "reveal":
        blocks.append(context("The wordings for purpose and fear stand below."))
    return Drawing(f"What we saw: {both(one)}", tuple(blocks), found.map, 1, heard(found.map))


def wordings(found: Whole, post: Post) -> Drawing:
    """The wordings that were offered; later, which were chosen."""
    del post
    one = found.polarity
    blocks: list[Block] = []
    for what in WHATS:
        chosen = one.purpose if what == "purpose" else one.fear
        if one.state == "reveal":
            lines = [f"• {_signed(each)}" for each in found.wordings if each.what == what] or [
                "_Nothing yet._"
            ]
        else:
            lines = [safe(chosen) or FORMING]
        blocks += [section(part) for part in cut(f"*{ASKED[what]}*\n" + "\n".join(lines))[:5]]
    if one.state == "reveal":
        blocks += [
            actions(button("Give my dots", "polarity_word_dots", one.id, primary=True), *onward(one)),
            context(
                f"{_so_far(found.worded, 'given dots')}One dot for each. The wording with most dots goes on the map; "
                "without any it stays open."
            ),
        ]
    return Drawing(f"Purpose and fear: {both(one)}", tuple(blocks))


def offering(one: Polarity, hers: Mapping[What, str]) -> Block:
    """One wording for each; hers, as far as she offered any."""
    fields = [
        field(
            what,
            ASKED[what],
            text_input(hers.get(what, ""), limit=NAMING, focus=what == "purpose"),
            optional=True,
            hint=HINTS[what],
        )
        for what in WHATS
    ]
    note = context(NAMED if one.named else UNNAMED)
    return modal("polarity_offer", "Purpose and fear", [*fields, note], submit="Offer", private=one.id)


def offered(view: Mapping[str, Any]) -> tuple[str, dict[What, str]]:
    """To which map, and the wordings."""
    return str(view["private_metadata"]), {what: str(held(view, what) or "") for what in WHATS}


def dotting(one: Polarity, there: Sequence[Wording], mine: Mapping[What, str]) -> Block:
    """One dot for a purpose, one for a fear."""
    fields = [
        field(what, ASKED[what], select(options, mine.get(what), "Choose one"), optional=True)
        for what in WHATS
        if (options := [(each.text[:75], each.id) for each in there if each.what == what][:100])
    ]
    return modal("polarity_word_dots", "Purpose and fear", fields, submit="Give", private=one.id)


def dots(view: Mapping[str, Any]) -> tuple[str, dict[What, str]]:
    """On which map, and the wordings chosen."""
    found = {what: held(view, what) for what in WHATS}
    return str(view["private_metadata"]), {what: str(id_) for what, id_ in found.items() if id_}


def heard(found: Map) -> str:
    """A map in a few sentences, in the picture's place."""
    return safe(alt(found))


def _so_far(people: int, did: str) -> str:
    """3 have offered. Nothing, where nobody has."""
    return f"{people} {'has' if people == 1 else 'have'} {did}. " if people else ""


def _signed(one: Wording) -> str:
    """A wording, with a name where names are shown; its dots are counted only when all are given."""
    return safe(one.text) + (f" – {safe(one.by)}" if one.by else "")
