"""How the memory speaks: told once in a thread, a list of what was found, a thread read in a modal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from practices.archive import Hit, Page, Thread, Utterance
from practices.model import Message, identity
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day,
    divider,
    field,
    held,
    modal,
    plain,
    safe,
    section,
    text_input,
)

KEEP = "keep_thread"  # the message shortcut's callback id
LONGEST_THREAD = 45  # messages shown in one modal: two blocks each, and a little room
TEXT_SHOWN = 2900


def told(community: str, channel: str, thread: str) -> Message:
    """Said once in a thread that is kept."""
    text = "Kept in our memory, for people who can read this channel."
    return Message(
        id=identity("kept", community, channel, thread),
        community=community,
        purpose="kept",
        subject=thread,
        channel=channel,
        thread=thread,
        text=text,
        blocks=(section(text), actions(button("Leave my words out", "leave_out", thread), block_id="kept")),
    )


def left_out() -> str:
    return "Done: your words in this thread are not in our memory, and what you add here stays out too."


def never(wish: bool) -> str:
    return (
        "From now on none of your words go into our memory, and those that were there are gone."
        if wish
        else "From now on your words are kept where a thread is kept."
    )


def already_kept() -> str:
    return "This thread is in our memory already."


def kept_now() -> str:
    return "Kept. The thread will say so, once."


def linked(slack: str, channel: str, ts: str, thread: str) -> str:
    """The address of a message in Slack."""
    address = f"{slack}archives/{channel}/p{ts.replace('.', '')}"
    return address if ts == thread else f"{address}?thread_ts={thread}&cid={channel}"


def found(page: Page, asked: str, slack: str, zone: str, word: str) -> list[Block]:
    """What a search found, five at a time."""
    if not page.hits:
        return nothing(page, asked, word)
    number = counted(page.count, "place", "places") if page.counted_all else f"more than {page.count} places"
    blocks: list[Block] = [section(f"*{safe(asked[:200])}* - found in {number}. Only you see this.")]
    for hit in page.hits:
        blocks += _hit(hit, slack, zone)
    if page.more:
        blocks.append(actions(button("More", "recall_more", _packed(asked, page.more))))
    return blocks


def nothing(page: Page, asked: str, word: str) -> list[Block]:
    """Nothing was found: what might help."""
    blocks: list[Block] = [
        section(f"Nothing in our memory fits *{safe(asked[:200])}*, as far as you can read it.")
    ]
    tries = []
    if page.nearest:
        tries.append(button(f"Try: {page.nearest}"[:75], "recall_nearest", page.nearest[:2000]))
    if page.fewer:
        tries.append(button(f"Try: {page.fewer}"[:75], "recall_fewer", page.fewer[:2000]))
    if tries:
        blocks.append(actions(*tries))
    blocks.append(context(f"Try fewer words, or `/{word} recall` alone for a form."))
    return blocks


def reading(thread: Thread, zone: str, slack: str) -> Block:
    """A kept thread, to be read on a phone without a jump."""
    shown = thread.messages[:LONGEST_THREAD]
    blocks: list[Block] = []
    for message in shown:
        blocks += _said(message, thread.names, zone)
    if len(thread.messages) > len(shown):
        blocks.append(context(f"... and {len(thread.messages) - len(shown)} more in Slack."))
    if thread.channel.linked:
        address = linked(slack, thread.channel.id, thread.ts, thread.ts)
        blocks.append(actions({**button("Open in Slack", "open_in_slack"), "url": address}))
    return {
        "type": "modal",
        "callback_id": "reading",
        "title": plain(f"#{thread.channel.name}"[:24]),
        "close": plain("Close"),
        "blocks": blocks,
    }


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


def place_of(action: Mapping[str, Any]) -> tuple[str, str]:
    """The channel and thread that (Read here) opens."""
    channel, _, thread = action["value"].partition("/")
    return channel, thread


def _hit(hit: Hit, slack: str, zone: str) -> list[Block]:
    snippet = "".join(f"*{safe(piece)}*" if matched else safe(piece) for piece, matched in hit.snippet)
    title = safe(hit.title[:150]) or "(no words)"
    who = safe(hit.author_name) or "Someone"
    replies = f" · {counted(hit.replies, 'reply', 'replies')}" if hit.replies else ""
    local = hit.at.astimezone(ZoneInfo(zone))
    where = f"{who} · #{safe(hit.channel_name)} · {day(local.date(), year=True)}{replies}"
    read = button(
        "Read here",
        "recall_read",
        f"{hit.channel}/{hit.thread}",
        label_for_all=f"Read here: {hit.title}"[:75],
    )
    there = {
        **button("Open in Slack", "open_in_slack"),
        "url": linked(slack, hit.channel, hit.ts, hit.thread),
    }
    return [divider(), section(f"*{title}*\n{snippet}"), context(where), actions(read, there)]


def _said(message: Utterance, names: Mapping[str, str], zone: str) -> list[Block]:
    if not message.author and not message.author_name and not message.text:
        return [context("_(left out at the writer's wish)_")]
    who = names.get(message.author) or message.author_name or "Someone"
    local = datetime.fromtimestamp(float(message.ts), ZoneInfo(zone))
    files = (
        f" · {counted(len(message.files), 'file', 'files')}: {', '.join(message.files)}"
        if message.files
        else ""
    )
    head = context(f"*{safe(who)}* · {day(local.date(), year=True)} {local:%H:%M}{safe(files)}"[:2000])
    text = message.text[:TEXT_SHOWN] or "(no words)"
    return [head, section(text)]


def _packed(asked: str, more: str) -> str:
    return f"{more} {asked}"[:2000]


def _shifted(day_: str | None, days: int) -> str:
    return (date.fromisoformat(day_) + timedelta(days=days)).isoformat() if day_ else ""


def _chosen(view: Mapping[str, Any], name: str, key: str, shape: str) -> str:
    value = view["state"]["values"].get(name, {}).get(name, {}).get(key)
    return shape.format(value) if value else ""
