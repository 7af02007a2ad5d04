"""How the memory speaks of a thread: told once when it is kept, and read in a modal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from practices.archive import Thread, Utterance
from practices.model import Message, identity
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day,
    plain,
    safe,
    section,
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


def place_of(action: Mapping[str, Any]) -> tuple[str, str]:
    """The channel and thread that (Read here) opens."""
    channel, _, thread = action["value"].partition("/")
    return channel, thread


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
