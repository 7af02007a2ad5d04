"""How conveners are asked about what has been kept for years, before it goes; and what is said once they answered."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from practices.lasting import Ask, KeptThread, Lasting, another_year
from practices.model import Message, identity
from workspace import writings
from workspace.archive import Place
from workspace.blocks import Block, actions, button, context, counted, day, safe, section, sure
from workspace.polarities.drawing import both

LISTED = 10  # in a message
SHOWN = 20  # in a window: two blocks each
TITLE = "Shall it stay?"
SETTLED = "This has been settled already. Thank you for having looked."
NOTHING_LEFT = "Nothing here goes any more."
FOR_GOOD = (
    "What goes, goes for good: from our memory, and what I posted of it in Slack. What people said there themselves "
    "stays in Slack."
)


def asks(one: Ask, about: Lasting, who: Iterable[str]) -> tuple[Message, ...]:
    """What each of those who are asked reads: what would go, when, and what happens if nobody answers."""
    first = (
        "If nobody answers, I ask once more in a few weeks; then it goes on that day."
        if one.asked == 1
        else "I asked about this some weeks ago. If nobody answers, it goes on that day."
    )
    text = f"Kept in <#{one.channel}> for as long as was agreed: {_what(about)}. Shall it stay?"
    blocks = (
        section(
            f"*Shall this stay?* It has been kept in <#{one.channel}> for as long as was agreed, and goes on "
            f"{day(one.goes_on, year=True)} unless you keep it:\n{_list(about)}"
        ),
        _buttons(one, may_go=True),
        context(first, FOR_GOOD),
    )
    return tuple(
        Message(
            id=identity("lasting", one.id, str(one.asked), member),
            community=one.community,
            purpose="lasting",
            subject=one.id,
            member=member,
            text=text,
            blocks=blocks,
        )
        for member in who
    )


def kept(one: Ask) -> str:
    """Somebody kept all of it."""
    return f"What would have gone in <#{one.channel}> stays another year, until {_on(another_year(one))}."


def going(one: Ask) -> list[Block]:
    """Somebody said that it may go: until its day, it can still be kept."""
    return [section(goes(one)), _buttons(one, may_go=False)]


def goes(one: Ask) -> str:
    """Somebody said that it may go."""
    when = _on(one.goes_on)
    return f"What I asked about in <#{one.channel}> goes on {when}. Until then it can still be kept."


def settled(
    one: Ask, places: Mapping[str, tuple[str, str]], again: str, *, stays: bool
) -> tuple[Message, ...]:
    """The same for the others who were asked, in the place of their question. Nobody is named."""
    text = kept(one) if stays else goes(one)
    blocks = [section(text)] if stays else going(one)
    return tuple(
        Message(
            id=identity("lasting settled", one.id, again, member),
            community=one.community,
            purpose="lasting",
            subject=one.id,
            channel=channel,
            member=member,
            kind="update",
            ts=ts,
            text=text,
            blocks=tuple(blocks),
        )
        for member, (channel, ts) in places.items()
    )


def listed(about: Lasting) -> tuple[KeptThread, ...]:
    """The threads that stand in the window."""
    return about.threads[: max(0, SHOWN - len(about.maps))]


def looking(one: Ask | None, about: Lasting, titles: Mapping[str, str]) -> Block:
    """(Look at it): each of them, to read or take along, or to keep by itself. `titles` are those of the threads that
    she may read, by their ts."""
    if one is None or not (about.maps or about.threads):
        return writings.window(TITLE, [section(NOTHING_LEFT)])
    blocks: list[Block] = [section(f"In <#{one.channel}>, going on {_on(one.goes_on)}:")]
    for each in about.maps[:SHOWN]:
        label = f"{each.left} and {each.right}"
        take = button("Take it along", "polarity_export", each.id, label_for_all=f"Take along: {label}"[:75])
        blocks += [
            section(f"The both/and map *{both(each)}*"),
            actions(take, _keep(one, each.id, label)),
        ]
    for thread in listed(about):
        title, on = titles.get(thread.ts), f"kept on {_on(thread.on)}"
        name = f"*{safe(title or '(no words)')}* · {on}" if title is not None else f"A thread · {on}"
        place = Place(thread.channel, thread.ts).written()
        read = button(
            "Read here", "recall_read", place, label_for_all=f"Read here: {title or 'a thread'}"[:75]
        )
        label = title or f"a thread, {on}"
        blocks += [
            section(name),
            actions(*([read] if title is not None else []), _keep(one, thread.ts, label)),
        ]
    more = len(about.maps) + len(about.threads) - SHOWN
    if more > 0:
        blocks.append(context(f"And {more} more."))
    return writings.window(TITLE, blocks)


def pressed(action: Mapping[str, Any]) -> tuple[str, str]:
    """Which question it is about; and of what it is about, the one that is meant ("": all)."""
    id_, _, only = str(action["value"]).partition("/")
    return id_, only


def _buttons(one: Ask, *, may_go: bool) -> Block:
    go = button(
        "Let it go",
        "lasting_let_go",
        one.id,
        confirm=sure("Let it go?", f"It goes for good on {_on(one.goes_on)}.", "Let it go"),
    )
    return actions(
        button("Keep another year", "lasting_keep", one.id, primary=True),
        *([go] if may_go else []),
        button("Look at it", "lasting_look", one.id),
    )


def _keep(one: Ask, only: str, label: str) -> Block:
    return button(
        "Keep it another year",
        "lasting_keep",
        f"{one.id}/{only}",
        label_for_all=f"Keep another year: {label}"[:75],
    )


def _what(about: Lasting) -> str:
    maps, threads = len(about.maps), len(about.threads)
    found = [counted(maps, "both/and map", "both/and maps")] if maps else []
    found += [counted(threads, "thread", "threads")] if threads else []
    return " and ".join(found)


def _list(about: Lasting) -> str:
    lines = [f"• the both/and map *{both(each)}*" for each in about.maps[:LISTED]]
    more, threads = len(about.maps) - LISTED, len(about.threads)
    lines += [f"• {counted(more, 'more map', 'more maps')}"] if more > 0 else []
    return "\n".join(
        [*lines, *([f"• {counted(threads, 'thread', 'threads')} of our memory"] if threads else [])]
    )


def _on(on: date) -> str:
    return day(on, year=True)
