"""How an eye is kept on a map: a minute's look after some weeks, then and now, and how a map ends."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from practices.model import Message, identity
from practices.polarities.standing import Stand
from practices.polarities.steps import Planned
from practices.polarities.walking import Polarity
from practices.polarities.watching import SEEN, Seen
from practices.polarities.whole import Post, Whole
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    day,
    field,
    held,
    modal,
    radio,
    safe,
    section,
)
from workspace.polarities.drawing import Drawing, both
from workspace.polarities.moving import SURE, onward
from workspace.polarities.opening import out
from workspace.polarities.revealing import heard
from workspace.polarities.standing import ONCE, TOO_FEW, fields

TOLD: Mapping[Seen, str] = {"seen": "Seen", "not_seen": "Not seen", "dont_know": "I don't know"}
THANKS = "Thank you. For a week you can change it: press the button again."
ENDED = (
    "This map is closed. Thank you, everybody who walked it. What we saw, steps and signs stay in its thread."
)
STOPPED = "This map is laid aside, and that is a good end too. What was written stays in its thread, as it was written."
WATCHED_ON = "Good. The map stays open, and we look at it again."


def watching(found: Whole, post: Post) -> Drawing:
    """The whole map, while we keep an eye on it."""
    one, on = found.polarity, found.watched.day
    told = f"*We keep an eye on it: {both(one)}*\n"
    if one.state != post.kind:
        return Drawing(f"We kept an eye on it: {both(one)}", (section(told),), found.map, 1, heard(found.map))
    told += "Small steps to try, early signs to look out for."
    if on and found.watched.open:
        told += f" We are looking at it just now, until {day(on)}."
    elif on:
        told += f" We look at it again on {day(on)}, a minute each."
    blocks = (
        section(told),
        actions(
            button("Steps and signs", "polarity_steps", one.id),
            _with_a_story(one),
            *onward(one),
        ),
    )
    return Drawing(f"We keep an eye on it: {both(one)}", blocks, found.map, 1, heard(found.map))


def ask(one: Polarity, number: int, members: Sequence[str]) -> tuple[Message, ...]:
    """A word to everybody who stepped in: have a look, it takes a minute."""
    text = (
        f"A while ago we made a map in <#{one.channel}>: *{both(one)}*. Would you have a look at it again? It takes a "
        "minute, and passing is fine."
    )
    return tuple(
        Message(
            id=identity("polarity look", one.id, str(number), member),
            community=one.community,
            purpose="notice",
            subject=one.id,
            member=member,
            text=text,
            blocks=(
                section(text),
                actions(button("Have a look", "polarity_look", f"{one.id}/{number}", primary=True), out(one)),
            ),
        )
        for member in members
    )


def form(found: Whole, number: int, ticked: Mapping[str, Seen], mine: Stand | None) -> Block:
    """Each early sign: seen or not; and where we are."""
    one = found.polarity
    options = [(TOLD[what], what) for what in SEEN]
    signs = [
        field(sign.id, _asked(one, sign), radio(options, ticked.get(sign.id)), optional=True)
        for sign in found.planned
        if sign.what == "sign"
    ]
    blocks = [section(f"*{both(one)}*"), *signs, *fields(one, mine), context(ONCE)]
    return modal("polarity_look", "A minute's look", blocks, submit="Done", private=f"{one.id}/{number}")


def looked(view: Mapping[str, Any], signs: Sequence[str]) -> dict[str, str]:
    """What was ticked, by sign."""
    return {sign: str(held(view, sign) or "") for sign in signs}


def numbered(value: str) -> tuple[str, int]:
    """Which map, and which look: "MAP/2"."""
    id_, _, number = value.partition("/")
    return id_, int(number) if number.isdecimal() else 0


def look(found: Whole, post: Post) -> Drawing:
    """Then and now, once a look is over."""
    one = found.polarity
    _, number = numbered(post.kind.replace(" ", "/"))
    shown = found.stood(number)
    told = f"*Then and now: {both(one)}*" if shown.then else f"*Where we are now: {both(one)}*"
    if shown.now is None:
        return Drawing(
            f"We looked again: {both(one)}", (section(f"*We looked again: {both(one)}*\n{TOO_FEW}"),)
        )
    told += "\nWhat has moved? What helped? Talk about it here, or in the thread of the map."
    return Drawing(f"We looked again: {both(one)}", (section(told),), shown, 1, heard(shown))


def tell(one: Polarity, number: int, worth: Sequence[str], who: Sequence[str]) -> tuple[Message, ...]:
    """A word to each of these alone, who may bring it on: signs that two people or more have seen, never whose; and
    what comes now."""
    text = f"We have looked again at *{both(one)}* in <#{one.channel}>; what it shows stands there."
    if worth:
        signs = "\n".join(f"• {safe(sign)}" for sign in worth)
        text += f"\n\n*Worth a look*: two people or more have seen\n{signs}"
    buttons = actions(
        button("Keep watching", "polarity_watch_on", one.id, primary=True),
        button("Map it again", "polarity_again", one.id),
        _with_a_story(one),
    )
    return tuple(
        Message(
            id=identity("polarity looked", one.id, str(number), each),
            community=one.community,
            purpose="notice",
            subject=one.id,
            member=each,
            text=text,
            blocks=(section(text), buttons),
        )
        for each in who
    )


def closed(found: Whole, post: Post) -> Drawing:
    """The end of a map that was watched."""
    del post
    one = found.polarity
    return Drawing(
        f"Closed: {both(one)}",
        (section(f"*{both(one)}*\n{ENDED}"), _taken_along(one)),
        found.map,
        1,
        heard(found.map),
    )


def stopped(found: Whole, post: Post) -> Drawing:
    """A map that is laid aside, with the reason: "not a polarity" is an honourable one."""
    del post
    one = found.polarity
    blocks = (
        section(f"*{both(one)}*\n{STOPPED}"),
        *([section(f"*Why*\n{safe(found.map.stopped)}")] if found.map.stopped else []),
        _taken_along(one),
    )
    return Drawing(f"Laid aside: {both(one)}", blocks, found.map, 1, heard(found.map))


def watched_on(on: date | None) -> str:
    """Said to whoever keeps watching."""
    return f"Good. We look at it again on {day(on)}." if on else WATCHED_ON


def _with_a_story(one: Polarity) -> Block:
    return button("Close with a story", "polarity_story", f"{one.id}/watching", confirm=SURE["watching"])


def _taken_along(one: Polarity) -> Block:
    return actions(button("Take it along", "polarity_export", one.id))


def _asked(one: Polarity, sign: Planned) -> str:
    pole = one.left if sign.pole == "L" else one.right
    return f"Too much {pole}? {sign.words}"
