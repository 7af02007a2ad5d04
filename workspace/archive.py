"""How the memory speaks of a thread: told once when it is kept, and read in a modal."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from practices.archive import Thread, Utterance
from practices.model import Message, identity
from workspace.blocks import (
    Block,
    actions,
    aside,
    button,
    context,
    counted,
    cut,
    day,
    mrkdwn,
    plain,
    safe,
    section,
    still,
)

KEEP = "keep_thread"  # the message shortcut's callback id
AT_ONCE = 20  # messages in one modal, or pieces of long ones: two blocks each, of the hundred it may have
ROOM = 200_000  # letters of their JSON, of the 250 kB it may have
LEADING = 2  # messages before the one that was found, where a thread is too long for one modal
TEXT_SHOWN = 2900  # letters of a section, of 3,000
FILES_SHOWN = 1000  # letters of the names of files
FENCE = "```"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody reads: a thread, the message in it that was found, and the part with which the page begins."""

    channel: str
    thread: str
    found: str = ""
    start: int | None = None

    def written(self) -> str:
        """As a button carries it; `place_of` reads it."""
        return f"{self.channel}/{self.thread}/{self.found}/{'' if self.start is None else self.start}"


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


def reading(thread: Thread, place: Place, zone: str, slack: str) -> Block:
    """A kept thread, to be read on a phone without a jump: whole, or of a long one the page with what was found."""
    parts = [
        part
        for number, message in enumerate(thread.messages)
        for part in _parts(message, number, thread.names, zone, message.ts == place.found)
    ]
    start = min(_start(parts, place), len(parts) - 1)
    end = start + _fitting(parts[start:])
    blocks = [block for part in parts[start:end] for block in part.blocks]
    if end - start < len(parts):
        first, last = parts[start].number + 1, parts[end - 1].number + 1
        shown = f"message {first}" if first == last else f"messages {first} to {last}"
        blocks.insert(0, aside(still(f"{thread.title or '(no words)'} · {shown} of {len(thread.messages)}")))
    if start:
        earlier = replace(place, start=start - _fitting(parts[:start][::-1]))
        blocks.insert(1, actions(button("Earlier", "recall_earlier", earlier.written())))
    further = []
    if end < len(parts):
        further.append(button("Later", "recall_later", replace(place, start=end).written()))
    if thread.channel.linked:
        address = linked(slack, thread.channel.id, place.found or thread.ts, thread.ts)
        further.append({**button("Open in Slack", "open_in_slack"), "url": address})
    return {
        "type": "modal",
        "callback_id": "reading",
        "title": plain(f"#{thread.channel.name}"[:24]),
        "close": plain("Close"),
        "blocks": [*blocks, *([actions(*further)] if further else [])],
    }


def place_of(action: Mapping[str, Any]) -> Place:
    """What (Read here), (Earlier) and (Later) open."""
    channel, thread, found, start = [*str(action["value"]).split("/"), "", ""][:4]
    return Place(channel, thread, found, int(start) if start.isdecimal() else None)


@dataclass(frozen=True, slots=True)
class _Part:
    """A message, or a piece of a long one."""

    number: int  # of the message in its thread, from 0
    found: bool
    blocks: list[Block]


def _start(parts: Sequence[_Part], place: Place) -> int:
    """The part a page begins with: what was found stands near its top, after a few words that lead to it."""
    if place.start is not None:
        return place.start
    found = next((at for at, part in enumerate(parts) if part.found), 0)
    return max(0, found - LEADING) if _fitting(parts) < len(parts) else 0


def _fitting(parts: Sequence[_Part]) -> int:
    """How many of these fit into one modal, from the first on; one always does."""
    room = ROOM
    for many, part in enumerate(parts[:AT_ONCE]):
        room -= len(json.dumps(part.blocks))
        if room < 0 and many:
            return many
    return min(len(parts), AT_ONCE)


def _parts(
    message: Utterance, number: int, names: Mapping[str, str], zone: str, found: bool
) -> Iterator[_Part]:
    if not message.author and not message.author_name and not message.text:
        yield _Part(number, False, [context("_(left out at the writer's wish)_")])
        return
    who = safe(names.get(message.author) or message.author_name or "Someone").replace("*", "")
    local = datetime.fromtimestamp(float(message.ts), ZoneInfo(zone))
    about = [mrkdwn(f"*{who}* · {day(local.date(), year=True)} {local:%H:%M}")]
    if message.files:
        files = f"{counted(len(message.files), 'file', 'files')}: {', '.join(message.files)}"
        about.append(still(files[:FILES_SHOWN]))
    if found:
        about.append(mrkdwn("*what you found*"))
    for at, text in enumerate(_fenced(cut(message.text, TEXT_SHOWN)) or ["(no words)"]):
        head = [mrkdwn(f"*{who}* goes on")] if at else about
        yield _Part(number, found and not at, [aside(*head), section(text)])


def _fenced(texts: list[str]) -> list[str]:
    """A block of code that was cut is closed where it was cut, and opened again."""
    shown, inside = [], False
    if sum(text.count(FENCE) for text in texts) % 2:  # one is never closed: then it is none
        return texts
    for text in texts:
        begun = f"{FENCE}\n{text}" if inside else text
        inside ^= bool(text.count(FENCE) % 2)
        shown.append(f"{begun}\n{FENCE}" if inside else begun)
    return shown
