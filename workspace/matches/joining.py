"""Taking part in match rounds: the form, and the way out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from practices.matches.profiles import ABOUT, PACES, PLACE, TIMES, Pace, Profile
from practices.matches.settings import Round, Setting
from practices.matches.taking_part import Enrolled
from practices.model import Circle, Message, Visit, identity
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    held,
    modal,
    moment,
    people_select,
    radio,
    safe,
    section,
    select,
    text_input,
)
from workspace.writings import window

MOST_APART = 20  # people
PACE: dict[Pace, str] = {
    "every": "Every round",
    "second": "Every second round",
    "asked": "Only when I say so",
}
WHEN = tuple((one.capitalize(), one) for one in TIMES)
SHOWN = (
    "Your match sees your name, sector, organisation and what to talk about. The rest only helps to choose."
)
LEFT = "You take part no more, and what you gave for it is deleted. You can join again whenever you like."


@dataclass(frozen=True, slots=True)
class Joining:
    """What the form holds when it comes back."""

    circle: str
    profile: Profile
    apart: tuple[str, ...]


def form(circle: Circle, setting: Setting, mine: Enrolled | None, apart: Sequence[str]) -> Block:
    """One form to join and to change everything."""
    now = mine.profile if mine else Profile("")
    sectors = list(dict.fromkeys((*setting.sectors, *((now.sector,) if now.sector else ()))))
    blocks = [
        section(f"A conversation with somebody you would not meet otherwise, in *{safe(circle.name)}*."),
        field("sector", "Your sector", select([(one, one) for one in sectors], now.sector or None)),
        field("organisation", "Your organisation", text_input(now.organisation, limit=PLACE), optional=True),
        field("district", "Your district", text_input(now.district, limit=PLACE), optional=True),
        field(
            "about",
            "Talk to me about",
            text_input(now.about, limit=ABOUT, placeholder="Allotments, or how hospital discharge works"),
            optional=True,
        ),
        field("times", "On weekdays I am usually free", checkboxes(WHEN, now.times), optional=True),
        field("pace", "How often", radio([(PACE[one], one) for one in PACES], now.pace)),
        field(
            "apart",
            "Please not with",
            people_select(apart, MOST_APART),
            optional=True,
            hint="Nobody else ever sees this, conveners included.",
        ),
        context(SHOWN),
    ]
    if mine:
        blocks.append(actions(button("I am away", "away"), button("Leave", "match_leave", circle.id)))
    return modal(
        "match_profile",
        "Match rounds",
        blocks,
        submit="Save" if mine else "Join",
        private=circle.id,
    )


def answers(view: Mapping[str, Any], before: Enrolled | None) -> Joining:
    """What was filled in."""
    pace = held(view, "pace")
    return Joining(
        circle=view["private_metadata"],
        profile=Profile(
            sector=held(view, "sector") or "",
            organisation=held(view, "organisation") or "",
            district=held(view, "district") or "",
            about=held(view, "about") or "",
            times=frozenset(held(view, "times") or ()),
            pace=next((one for one in PACES if one == pace), "every"),
            last=before.profile.last if before else 0,
        ),
        apart=tuple(held(view, "apart") or ()),
    )


def joined(circle: Circle, coming: Round | None, pace: Pace, *, new: bool) -> Block:
    """Thanks, when the next round is, and whether she is in it without a word of hers."""
    if coming is None:
        following = "The next round comes as soon as its conveners begin them again."
    else:
        following = f"The next round opens on {moment(coming.opens, circle.rhythm.zone)}."
    hello = "You take part. Welcome!" if new else "Saved."
    note = "I send a note before it; doing nothing is fine."
    if pace == "asked":
        note = "I ask you before it, and you are in it only if you say so."
    return window("Match rounds", [section(f"{hello} {following} {note}")])


def left() -> Block:
    return window("Match rounds", [section(LEFT)])


def which(circles: Sequence[Circle], joined_in: Sequence[str]) -> list[Block]:
    """Several circles have match rounds: which one?"""
    return [
        section("Which circle's match rounds?"),
        *(
            section(
                f"*{safe(one.name)}*{', where you take part' if one.id in joined_in else ''}",
                accessory=button("Open", "match_join", one.channel, label_for_all=f"Open {one.name}"[:75]),
            )
            for one in circles[:20]
        ),
    ]


def under_way(circle: Circle, round_: Round, visit: Visit) -> Message:
    """To somebody who has joined while a round is open: she need not wait for the next one."""
    text = f"A round of *{safe(circle.name)}* is under way. Shall I look for somebody for you now?"
    return Message(
        id=identity("match under way", round_.id, visit.member),
        community=circle.community,
        purpose="match offer",
        subject=round_.id,
        member=visit.member,
        text=text,
        blocks=(
            section(text),
            actions(
                button("Yes, please", "match_again", round_.id, primary=True),
                button("From the next one", "match_next", round_.id),
                block_id="match_again",
            ),
        ),
    )
