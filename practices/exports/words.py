"""The words of a message, wherever Slack has put them: its text, its blocks, what is attached."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 100_000  # characters of one message; Slack's own limit is 40,000
DEEPEST = 12  # blocks within blocks
QUOTED = (
    "is_msg_unfurl",
    "is_share",
    "is_reply_unfurl",
    "is_thread_root_unfurl",
    "channel_id",
    "message_blocks",
)
IN_SLACK = re.compile(r"https?://[\w.-]+\.slack(?:-gov)?\.com/archives/", re.IGNORECASE)


def clean(text: Any) -> str:
    """Text as every database takes it: no NUL, no half of a character; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    if text.isascii():
        return text.replace("\0", "").strip() if "\0" in text else text.strip()
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()


def words_of(message: dict[str, Any]) -> str:
    """Everything that somebody reads in a message, in Slack's notation: a line for each part."""
    text = clean(message.get("text"))
    if not text or message.get("bot_id"):
        shown = clean("\n".join(_lines(_of_blocks(message.get("blocks")))))
        text = shown if len(shown) > len(text) else text
    if "attachments" in message:
        text = "\n".join(_lines((text, *_of_attachments(message["attachments"]))))
    return text[:LONGEST]


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """Each line once, in their order: a bot often says the same in two places."""
    seen: set[str] = set()
    for part in parts:
        line = clean(part)
        if line and line not in seen:
            seen.add(line)
            yield line


def _of_attachments(attachments: Any) -> Iterator[str]:
    for one in attachments if isinstance(attachments, list) else ():
        if not isinstance(one, dict):
            continue
        address = clean(one.get("from_url"))
        if IN_SLACK.match(address) or any(one.get(mark) for mark in QUOTED):
            # Somebody's words said elsewhere, perhaps among few: whatever says so is believed.
            if address.startswith("https://"):
                yield f"<{address}>"
            continue
        title, address = clean(one.get("title")), clean(one.get("title_link"))
        parts = [
            clean(one.get("pretext")),
            f"<{address}|{title}>" if title and address.startswith("http") and "|" not in title else title,
            clean(one.get("text")),
        ]
        if any(parts):
            yield from parts
        elif said := "\n".join(_of_blocks(one.get("blocks"))):
            yield said
        else:
            yield clean(one.get("fallback"))
        for field in one["fields"] if isinstance(one.get("fields"), list) else ():
            if isinstance(field, dict):
                yield ": ".join(filter(None, (clean(field.get("title")), clean(field.get("value")))))


def _of_blocks(blocks: Any) -> Iterator[str]:
    """The lines of blocks: those of people (rich_text), then the few in which bots write."""
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, dict):
            continue
        match block.get("type"):
            case "rich_text":
                yield from _of_rich_text(block.get("elements"), 0)
            case "section" | "header" | "markdown":
                yield _worded(block.get("text"))
                fields = block.get("fields")
                yield from map(_worded, fields if isinstance(fields, list) else ())
            case "context":
                elements = block.get("elements")
                yield " ".join(map(_worded, elements if isinstance(elements, list) else ()))
            case "image" | "video":
                yield _worded(block.get("title")) or clean(block.get("alt_text"))


def _worded(text: Any) -> str:
    """A text object, or plain text."""
    return clean(text.get("text")) if isinstance(text, dict) else clean(text)


def _of_rich_text(elements: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    run: list[str] = []
    for element in elements if isinstance(elements, list) else ():
        if not isinstance(element, dict):
            continue
        if isinstance(element.get("elements"), list):
            yield "".join(run)
            run = []
            yield from _of_rich_text(element["elements"], depth + 1)
        else:
            run.append(_leaf(element))
    yield "".join(run)


def _leaf(element: dict[str, Any]) -> str:
    """One piece of rich text in Slack's notation."""

    def of(name: str) -> str:
        value = element.get(name)
        return value if isinstance(value, str) else ""

    said = ""
    match element.get("type"):
        case "text":
            said = escaped(of("text"))
        case "link":
            address, label = of("url"), escaped(of("text")).replace("|", " ")
            said = f"<{address}|{label}>" if address and label else f"<{address}>" if address else label
        case "user":
            said = f"<@{of('user_id')}>"
        case "channel":
            said = f"<#{of('channel_id')}>"
        case "emoji":
            said = f":{of('name')}:"
        case "usergroup":
            said = f"<!subteam^{of('usergroup_id')}>"
        case "broadcast":
            said = f"<!{of('range')}>"
        case "date":
            said = escaped(of("fallback"))
        case "color":
            said = of("value")
    return said


def escaped(text: str) -> str:
    """Text as Slack writes it where marks have a meaning."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
