"""The few Block Kit pieces we use, and the one place where a member's words become Slack's."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

Block = dict[str, Any]

SECTION_LIMIT = 3000
SELECTED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "conversations_select": "selected_conversation",
}
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
LOUD = re.compile(r"@(?=(channel|here|everyone)\b)", re.IGNORECASE)
TOKEN = re.compile(r"<[^<>\n]*>|&\w+;|[^\s<&]+|\s|[<&]")
EMOJI = re.compile(r":([+-]1|[a-z0-9_'+-]*[a-z][a-z0-9_'+-]*)(?:::skin-tone-[2-6])?:")
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def safe(words: str) -> str:
    """A member's words for a mrkdwn text: Slack's signs escaped, nobody called, nothing turned round."""
    quiet = LOUD.sub("@\u2060", words.translate(TURNING))
    return "".join(ESCAPED.get(c, c) for c in quiet)


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text[:150])}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text[:SECTION_LIMIT])}
    if accessory:
        block["accessory"] = accessory
    if block_id:
        block["block_id"] = block_id
    return block


def words(text: str, limit: int = 4) -> list[Block]:
    """A member's words as sections, none of them cut within an escape."""
    return [section(part) for part in cut(safe(text))[:limit]]


def cut(text: str, limit: int = SECTION_LIMIT) -> list[str]:
    """A text in Slack's notation, in parts of at most so many characters: cut between words, within one only where it
    is too long, and never within an escape or a link (unless that is longer than a part)."""
    parts: list[str] = [""]
    for token in TOKEN.findall(text):
        for at in range(0, len(token), limit):
            piece = token[at : at + limit]
            if len(parts[-1]) + len(piece) > limit:
                parts.append("")
            parts[-1] += piece
    return [part for part in parts if part.strip()]


def rich(*pieces: Block) -> Block:
    """Words in which no sign has a meaning but what each piece says of itself."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


def pieces(text: str, *, bold: bool = False) -> list[Block]:
    """A member's words for rich text, as they are: nothing turned round, and emoji drawn."""
    style: Block = {"style": {"bold": True}} if bold else {}
    found: list[Block] = []
    at = 0
    text = text.translate(TURNING)
    for match in EMOJI.finditer(text):
        if match.start() > at:
            found.append({"type": "text", "text": text[at : match.start()], **style})
        found.append({"type": "emoji", "name": match[1]})
        at = match.end()
    if at < len(text):
        found.append({"type": "text", "text": text[at:], **style})
    return found


def context(*texts: str) -> Block:
    return aside(*map(mrkdwn, texts))


def still(text: str) -> Block:
    """Words as they are, for a line of context: no sign has a meaning, nothing is turned round."""
    return plain(text.translate(TURNING))


def aside(*elements: Block) -> Block:
    return {"type": "context", "elements": list(elements)}


def divider() -> Block:
    return {"type": "divider"}


def if_worried(turn_to: str, otherwise: str) -> str:
    """What a circle says to whoever is worried by something there; `otherwise` where it says nothing."""
    return f"If something here worries you: {safe(turn_to) or otherwise}"


def actions(*elements: Block, block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def button(
    label: str,
    action: str,
    value: str = "",
    *,
    primary: bool = False,
    label_for_all: str = "",
    confirm: Block | None = None,
) -> Block:
    element: Block = {"type": "button", "action_id": action, "text": plain(label)}
    if value:
        element["value"] = value
    if primary:
        element["style"] = "primary"
    if label_for_all:
        element["accessibility_label"] = label_for_all
    if confirm:
        element["confirm"] = confirm
    return element


def sure(title: str, text: str, yes: str, no: str = "Not yet") -> Block:
    """What Slack asks before a button is taken at its word."""
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}


def option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


def overflow(action: str, options: Sequence[tuple[str, str]]) -> Block:
    return {
        "type": "overflow",
        "action_id": action,
        "options": [option(text, value) for text, value in options],
    }


def field(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """An input of a modal: its block and its action carry the same name."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint)
    return block


def text_input(
    initial: str = "", *, limit: int, lines: bool = False, focus: bool = False, placeholder: str = ""
) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": lines, "max_length": limit}
    if initial:
        element["initial_value"] = initial
    if focus:
        element["focus_on_load"] = True
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element


def select(options: Sequence[tuple[str, str]], chosen: str | None = None, placeholder: str = "") -> Block:
    element: Block = {"type": "static_select", "options": [option(text, value) for text, value in options]}
    element |= _chosen(options, chosen)
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element


def radio(options: Sequence[tuple[str, str]], chosen: str | None = None) -> Block:
    return {
        "type": "radio_buttons",
        "options": [option(text, value) for text, value in options],
    } | _chosen(options, chosen)


def told_radio(options: Sequence[tuple[str, str, str]], chosen: str) -> Block:
    """Radio buttons that say what each means: (text, what it means, value)."""
    buttons = [option(text, value) | {"description": plain(means)} for text, means, value in options]
    marked = next((one for one in buttons if one["value"] == chosen), None)
    element: Block = {"type": "radio_buttons", "options": buttons}
    return element | ({"initial_option": marked} if marked else {})


def multi_select(
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], chosen: Iterable[str], most: int
) -> Block:
    """A menu of which several may be taken: groups of (label, options), each of at most a hundred options."""
    element: Block = {"type": "multi_static_select", "max_selected_items": most}
    if len(groups) == 1:
        element["options"] = [option(text, value) for text, value in groups[0][1]]
    else:
        element["option_groups"] = [
            {"label": plain(label), "options": [option(text, value) for text, value in options]}
            for label, options in groups
        ]
    marked = set(chosen)
    initial = [option(text, value) for _, options in groups for text, value in options if value in marked]
    return element | ({"initial_options": initial} if initial else {})


def people_select(chosen: Sequence[str], most: int) -> Block:
    element: Block = {"type": "multi_users_select", "max_selected_items": most}
    return element | ({"initial_users": list(chosen)} if chosen else {})


def checkboxes(options: Sequence[tuple[str, str]], chosen: Iterable[str] = ()) -> Block:
    marked = set(chosen)
    initial = [option(text, value) for text, value in options if value in marked]
    element: Block = {"type": "checkboxes", "options": [option(text, value) for text, value in options]}
    return element | ({"initial_options": initial} if initial else {})


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str,
    close: str = "Not now",
    private: str = "",
) -> Block:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title[:24]),
        "submit": plain(submit),
        "close": plain(close),
        "private_metadata": private,
        "blocks": list(blocks),
    }


def held(view: Mapping[str, Any], name: str) -> Any:
    """What the field of this name holds in a submitted modal: text, value, values, date, time, id, ids, None."""
    element = view["state"]["values"].get(name, {}).get(name, {})
    match element.get("type"):
        case "static_select" | "radio_buttons":
            return (element.get("selected_option") or {}).get("value")
        case "checkboxes" | "multi_static_select":
            return [one["value"] for one in element.get("selected_options") or ()]
        case "multi_users_select":
            return list(element.get("selected_users") or ())
        case "datepicker" | "timepicker" | "conversations_select" as kind:
            return element.get(SELECTED[kind])
        case _:
            return element.get("value")


def day_of(text: str | None) -> date | None:
    """The day that a date picker or a button names (2026-12-01); None where it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def time_of(text: str | None) -> time | None:
    """The time that a time picker names (09:30); None where it names none."""
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def day(on: date, *, year: bool = False) -> str:
    """Tuesday 1 December."""
    return f"{on:%A} {on.day} {on:%B}" + (f" {on.year}" if year else "")


def moment(at: datetime, zone: str) -> str:
    """Tuesday 1 December 09:30, as the clock on the wall says there."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date())} {local:%H:%M}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _chosen(options: Sequence[tuple[str, str]], chosen: str | None) -> Block:
    return next(({"initial_option": option(text, value)} for text, value in options if value == chosen), {})
