"""What a search says: a list of what was found, what might help where nothing was, and the search as a form."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from practices.archive import Hit, Page
from practices.recall import LONGEST, unescaped
from workspace.archive import Place, linked
from workspace.blocks import (
    Block,
    actions,
    aside,
    button,
    context,
    counted,
    day,
    day_of,
    divider,
    field,
    held,
    modal,
    pieces,
    plain,
    rich,
    still,
    text_input,
)

ASKED_SHOWN = 200  # letters of a search that are said again
CARRIED = 2000  # letters that a button's value holds
NAMED = re.compile(r"<(?:@([UW][A-Z0-9]+)|#([CG][A-Z0-9]+))(?:\|[^<>]*)?>")


def found(page: Page, asked: str, slack: str, zone: str, word: str, *, cut: bool = False) -> list[Block]:
    """What a search found, five at a time; `cut` where more was typed than is read."""
    blocks = _found(page, asked, slack, zone) if page.hits else nothing(page, asked, word)
    if cut:
        blocks.insert(1, context(f"Your search is very long: only its first {LONGEST:,} letters were read."))
    return blocks


def still_looking() -> Block:
    """Under a list that may lack something."""
    return context("I am still finding out who may read some channels. In a minute there may be more here.")


def _found(page: Page, asked: str, slack: str, zone: str) -> list[Block]:
    number = counted(page.count, "place", "places") if page.counted_all else f"more than {page.count} places"
    blocks: list[Block] = [rich(*_typed(asked), *pieces(f" - found in {number}. Only you see this."))]
    for hit in page.hits:
        blocks += _hit(hit, slack, zone)
    if page.more:
        blocks.append(actions(button("More", "recall_more", f"{page.more} {asked}")))
    return blocks


def nothing(page: Page, asked: str, word: str) -> list[Block]:
    """Nothing was found: what might help."""
    blocks: list[Block] = [
        rich(*pieces("Nothing in our memory fits "), *_typed(asked), *pieces(", as far as you can read it."))
    ]
    tries = []
    if 0 < len(page.nearest) <= CARRIED:
        tries.append(button(f"Try: {page.nearest}"[:75], "recall_nearest", page.nearest))
    if 0 < len(page.fewer) <= CARRIED:
        tries.append(button(f"Try: {page.fewer}"[:75], "recall_fewer", page.fewer))
    if tries:
        blocks.append(actions(*tries))
    blocks.append(context(f"Try fewer words, or `/{word} recall` alone for a form."))
    return blocks


def form() -> Block:
    """The search as fields, for whoever would rather not type a language."""
    return modal(
        "recall",
        "Look in our memory",
        [
            field(
                "words",
                "Words",
                text_input(limit=300, focus=True),
                hint='"Several words" stay together.',
                optional=True,
            ),
            field("author", "Said by", {"type": "users_select"}, optional=True),
            field("channel", "In", {"type": "conversations_select"}, optional=True),
            field("since", "From", {"type": "datepicker"}, optional=True),
            field("until", "Until", {"type": "datepicker"}, optional=True),
        ],
        submit="Look",
    )


def asked(view: Mapping[str, Any]) -> str:
    """The form, as somebody would have typed it."""
    since, until = held(view, "since"), held(view, "until")
    values = {
        "from:": _chosen(view, "author", "selected_user", "<@{}>"),
        "in:": _chosen(view, "channel", "selected_conversation", "<#{}>"),
        "after:": _shifted(since, -1),  # the days chosen belong to it
        "before:": _shifted(until, 1),
    }
    rest = " ".join(f"{name}{value}" for name, value in values.items() if value)
    return f"{held(view, 'words') or ''} {rest}".strip()


def answer(blocks: Sequence[Block]) -> Block:
    """What the form found, in its place."""
    return {
        "type": "modal",
        "callback_id": "found",
        "title": plain("Our memory"),
        "close": plain("Close"),
        "blocks": list(blocks),
    }


def more_of(action: Mapping[str, Any]) -> tuple[str, str]:
    """The search that (More) goes on with, and where."""
    more, _, words = action["value"].partition(" ")
    return words, more


def _hit(hit: Hit, slack: str, zone: str) -> list[Block]:
    title = pieces(hit.title[:150] or "(no words)", bold=True)
    snippet = [one for piece, matched in hit.snippet for one in pieces(piece, bold=matched)]
    who = hit.author_name or "Someone"
    replies = f" · {counted(hit.replies, 'reply', 'replies')}" if hit.replies else ""
    local = hit.at.astimezone(ZoneInfo(zone))
    where = f"{who} · #{hit.channel_name} · {day(local.date(), year=True)}{replies}"
    read = button(
        "Read here",
        "recall_read",
        Place(hit.channel, hit.thread, hit.ts).written(),
        label_for_all=f"Read here: {hit.title}"[:75],
    )
    there = {
        **button("Open in Slack", "open_in_slack"),
        "url": linked(slack, hit.channel, hit.ts, hit.thread),
    }
    return [divider(), rich(*title, *pieces("\n"), *snippet), aside(still(where)), actions(read, there)]


def _typed(asked: str) -> list[Block]:
    """A search as it was typed, in bold, with people and channels by their names."""
    said = asked if len(asked) <= ASKED_SHOWN else asked[:ASKED_SHOWN].rsplit(" ", 1)[0] + " …"
    elements: list[Block] = []
    at = 0
    for match in NAMED.finditer(said):
        elements += pieces(unescaped(said[at : match.start()]), bold=True)
        named = {"user_id": match[1]} if match[1] else {"channel_id": match[2]}
        elements.append({"type": "user" if match[1] else "channel", **named, "style": {"bold": True}})
        at = match.end()
    return elements + pieces(unescaped(said[at:]), bold=True)


def _shifted(day_: str | None, days: int) -> str:
    on = day_of(day_)
    return (on + timedelta(days=days)).isoformat() if on else ""


def _chosen(view: Mapping[str, Any], name: str, key: str, shape: str) -> str:
    value = view["state"]["values"].get(name, {}).get(name, {}).get(key)
    return shape.format(value) if value else ""
