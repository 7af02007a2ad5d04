"""What Slack sends an app, and how the sending ended."""

import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

EVENT, COMMAND, INTERACTION = "events_api", "slash_commands", "interactive"
ANSWERABLE = frozenset({"view_submission", "block_suggestion"})


@dataclass(frozen=True, slots=True)
class Letter:
    """One payload, written down at once: the messages in it may change before it is sent again."""

    kind: str  # EVENT, COMMAND or INTERACTION
    text: str  # the payload, as JSON
    what: str  # in the words of the wire log
    answerable: bool  # whether the ack may carry an answer
    fault: str = ""  # which fault it tells of, in the words of the wire log


@dataclass(frozen=True, slots=True)
class Ack:
    """How it ended: `ok`, `none` (nobody connected), `timeout`, `error`; `reason` in Slack's word for retries."""

    status: str
    payload: Any = None
    reason: str = ""
    final: bool = False  # the app has asked not to be sent this again


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which sending of a letter this is: 0 is the first, up to 3 retries; and why the one before failed."""

    number: int = 0
    reason: str = ""


def letter(kind: str, payload: Json, what: str, fault: str = "") -> Letter:
    """Write a payload down. Commands and what a person does in a form can be answered in the ack."""
    answerable = kind == COMMAND or payload.get("type") in ANSWERABLE
    return Letter(kind, json.dumps(payload), what, answerable, fault)
