"""How a check-in is shown: its card, and what somebody said in a thread."""

from collections.abc import Mapping, Sequence
from typing import Any

from practices.model import Heard, Message, Prompt, Reflection, identity
from workspace.blocks import (
    Block,
    overflow,
    safe,
    section,
    words,
)
from workspace.prompts import mend
from workspace.worries import TELL

EVENT = "togetherness"  # by which our own messages are known again
CARE = "Please leave out names and details of people you support."
QUOTE = "This may be quoted in the digest, with my name"


def card(reflection: Reflection, prompt: Prompt, name: str) -> tuple[Message, ...]:
    """Somebody's check-in in the thread of its question: posted, or changed in place."""
    posted = reflection.ts is not None
    return (
        Message(
            id=identity("card", reflection.id, reflection.revision)
            if posted
            else identity("card", reflection.id, reflection.kept_at.isoformat()),
            community=reflection.community,
            purpose="card",
            subject=reflection.id,
            channel=reflection.channel,
            thread=None if posted else prompt.ts,
            kind="update" if posted else "post",
            ts=reflection.ts,
            text=f"{safe(name)}: {safe(reflection.text)}"[:4000],
            blocks=tuple(_card(reflection, name)),
        ),
    )


def removal(reflection: Reflection) -> tuple[Message, ...]:
    """Take a card out of its thread."""
    if reflection.ts is None:
        return ()
    return (
        Message(
            id=identity("removal", reflection.id, reflection.ts),
            community=reflection.community,
            purpose="card",
            subject=reflection.id,
            channel=reflection.channel,
            kind="delete",
            ts=reflection.ts,
            text="",
        ),
    )


def given_back(reflection: Reflection, code: str) -> tuple[Message, ...]:
    """An answer that could not be posted: to its author, with her words."""
    text = f"I could not put your answer into <#{reflection.channel}>. {mend(code)} Here is what you wrote:"
    return (
        Message(
            id=identity("given back", reflection.id, reflection.kept_at.isoformat()),
            community=reflection.community,
            purpose="notice",
            subject=reflection.id,
            member=reflection.member,
            text=text,
            blocks=(section(text), *words(reflection.text)),
        ),
    )


def chosen(action: Mapping[str, Any]) -> tuple[str, str]:
    """What was chosen on a card, and whose card it is: ("edit", "delete" or "tell", reflection id)."""
    what, _, reflection = action["selected_option"]["value"].partition("/")
    return what, reflection


def heard(event: Mapping[str, Any], bot: str) -> Heard | None:
    """A message event as far as it can matter; None for all others. `bot` is our own bot id.

    Of changed and deleted messages only what is needed is read, never the earlier words.
    """
    channel, subtype = event["channel"], event.get("subtype")
    if subtype == "message_deleted":
        before = event.get("previous_message") or {}
        return Heard("deleted", channel, event["deleted_ts"], thread=before.get("thread_ts"))
    if subtype == "message_changed":
        return _changed(channel, event["message"])
    if event.get("bot_id"):
        return _ours(channel, event) if event["bot_id"] == bot else None
    spoken = subtype in (None, "thread_broadcast", "file_share", "me_message")
    return _worded("said", channel, event) if spoken else None


def replies(channel: str, messages: Sequence[Mapping[str, Any]]) -> list[Heard]:
    """The replies of a thread, as if they were heard one by one."""
    people = [m for m in messages if not m.get("bot_id") and m.get("user") and m["ts"] != m.get("thread_ts")]
    return [_worded("said", channel, message) for message in people]


def standing_in(channel: str, messages: Sequence[Mapping[str, Any]]) -> list[Heard]:
    """The messages of a thread that stand in Slack and are people's own; its cards are kept by another way."""
    people = [
        m for m in messages if not m.get("bot_id") and m.get("user") and m.get("subtype") != "tombstone"
    ]
    return [_worded("said", channel, message) for message in people]


def _changed(channel: str, message: Mapping[str, Any]) -> Heard | None:
    if message.get("subtype") == "tombstone":
        return Heard("deleted", channel, message["ts"], thread=message.get("thread_ts"))
    return None if message.get("bot_id") else _worded("changed", channel, message)


def _ours(channel: str, message: Mapping[str, Any]) -> Heard | None:
    metadata = message.get("metadata") or {}
    which = (metadata.get("event_payload") or {}).get("oid")
    known = which and metadata.get("event_type") == EVENT
    return Heard("ours", channel, message["ts"], message=str(which)) if known else None


def _worded(what: Any, channel: str, message: Mapping[str, Any]) -> Heard:
    return Heard(
        what,
        channel,
        message["ts"],
        member=message.get("user", ""),
        text=message.get("text", ""),
        thread=message.get("thread_ts"),
        revision=(message.get("edited") or {}).get("ts", ""),
        reactions=tuple((one["name"], int(one["count"])) for one in message.get("reactions") or ()),
        files=tuple(str(one.get("name") or "file") for one in message.get("files") or ()),
    )


def _card(reflection: Reflection, name: str) -> list[Block]:
    edited = " _(edited)_" if reflection.edited else ""
    choices = (("Edit", "edit"), ("Delete", "delete"), (TELL, "tell"))
    menu = overflow("card", [(label, f"{what}/{reflection.id}") for label, what in choices])
    return [section(f"*{safe(name)}*{edited}", accessory=menu, block_id="card"), *words(reflection.text)]
