"""The maps somebody holds, with where each is and what comes next; and a map that is taken along."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from practices.model import Message, Visit, identity
from practices.polarities.walking import Polarity
from practices.polarities.way import State
from practices.polarities.whole import Whole
from workspace import writings
from workspace.blocks import Block, actions, button, context, day, section, sure
from workspace.pictures import Picture
from workspace.pictures.files import svg_file
from workspace.pictures.polarities import drawn, markdown, name
from workspace.pictures.sentences import UPLOADED, whole
from workspace.polarities.drawing import both
from workspace.polarities.opening import out

WHERE: Mapping[State, str] = {
    "draft": "a draft, which nobody else sees yet",
    "open": "open: people are stepping in",
    "walking 1": "walking: stop 1 of 4",
    "walking 2": "walking: stop 2 of 4",
    "walking 3": "walking: stop 3 of 4",
    "walking 4": "walking: stop 4 of 4",
    "gathering": "gathering lines",
    "reveal": "looking for purpose and fear",
    "assess": "asking where we are",
    "learn": "learning from the picture",
    "steps": "choosing small steps and early signs",
    "watching": "keeping an eye on it",
    "closed": "closed",
    "stopped": "laid aside",
}
ON_ITS_WAY = "It is on its way to you, in a direct message."
DROPPED = "That draft is gone. Nobody else has seen it."
NONE = "You hold no map yet. `/{word} polarity` begins one."
MOST = 20  # maps in one list


def listed(found: Sequence[tuple[Polarity, date | None]], word: str) -> list[Block]:
    """Maps with where they are and the next date; newest first."""
    blocks: list[Block] = (
        [section("*Both/and maps that you hold, or whose circle you convene*")] if found else []
    )
    for one, on in found[:MOST]:
        blocks += [section(told(one, on)), actions(*buttons(one))]
    if len(found) > MOST:
        blocks.append(context(f"And {len(found) - MOST} older ones."))
    return blocks or [section(NONE.format(word=word))]


def told(one: Polarity, on: date | None) -> str:
    """*A and B* in #channel: keeping an eye on it. Next: Tuesday 1 December."""
    where = f" in <#{one.channel}>" if one.channel else ""
    coming = f". Next: {day(on)}" if on else ""
    return f"*{both(one)}*{where}: {WHERE[one.state]}{coming}"


def buttons(one: Polarity, *, inside: bool = False) -> list[Block]:
    """What can be done with a map from a list; `inside` is whether she has stepped in."""
    label = f"{one.left} and {one.right}"
    if one.state == "draft":
        return [
            button("Go on with it", "polarity_rename", one.id, label_for_all=f"Go on with: {label}"[:75]),
            button(
                "Throw it away",
                "polarity_drop",
                one.id,
                label_for_all=f"Throw away: {label}"[:75],
                confirm=sure("Throw it away?", "This draft goes for good.", "Throw it away", "Keep it"),
            ),
        ]
    found = [button("Take it along", "polarity_export", one.id, label_for_all=f"Take along: {label}"[:75])]
    if one.state in ("steps", "watching"):
        found.append(
            button("Steps and signs", "polarity_steps", one.id, label_for_all=f"Steps of {label}"[:75])
        )
    return [*found, out(one)] if inside else found


def window(blocks: Sequence[Block]) -> Block:
    """The same in a window of its own."""
    return writings.window("My maps", blocks)


def on_its_way() -> Block:
    """The same as a window, where there is no channel to say it in."""
    return window([section(ON_ITS_WAY)])


def along(one: Polarity) -> str:
    """What is said above the files."""
    return f"*{both(one)}*: the picture, the drawing for a page or a print, and the words. Nobody is named in them."


def wanted(one: Polarity, visit: Visit) -> Message:
    """A map is to be sent to somebody as files, which are made when they are sent."""
    return Message(
        id=identity("map files", one.id, visit.member, visit.key),
        community=visit.community,
        purpose="map files",
        subject=one.id,
        member=visit.member,
        kind="file",
        text="",
    )


def pictures(found: Whole) -> list[Picture]:
    """A map to be taken along: its picture, and then and now where there is a then."""
    newest = found.stood(max(found.standings, default=0))
    return [drawn(found.map), *([drawn(newest)] if newest.then else [])]


def files(found: Whole, drawings: Sequence[tuple[Picture, bytes]]) -> tuple[Mapping[str, object], ...]:
    """These pictures with their pixels, each as a drawing too; and the words, in which nobody is named."""
    newest = found.stood(max(found.standings, default=0))
    uploads: list[Mapping[str, object]] = []
    for one, pixels in drawings:
        heard = whole(one.alt, UPLOADED)
        uploads += [
            {"filename": f"{one.name}.png", "title": one.title, "content": pixels, "alt_txt": heard},
            {"filename": f"{one.name}.svg", "title": f"{one.title}, as a drawing", "content": svg_file(one)},
        ]
    words = markdown(replace(found.map, then=newest.then)).encode()
    title = f"{name(found.map)}, in words"
    return (*uploads, {"filename": "both-and-map.md", "title": title, "content": words})


def which(action: Mapping[str, Any]) -> str:
    """Of which map."""
    return str(action["value"])
