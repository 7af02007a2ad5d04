"""What is locked of a writing, where, and the mark that only its author's key can make."""

import json

from practices.forms import Answers, answers_of
from store.sealing import Key


def locked(key: Key, answers: Answers, place: str) -> str:
    """The words, for the table."""
    return key.seal(json.dumps(dict(answers), ensure_ascii=False).encode(), place)


def opened(key: Key, body: str, place: str) -> Answers:
    """The words again. Raises KeyLost."""
    return answers_of(json.loads(key.open(body, place)))


def body_at(community: str, id_: str) -> str:
    """The place of what was written: locked words open nowhere else."""
    return f"{community}|writing|body|{id_}"


def reason_at(community: str, id_: str) -> str:
    """The place of the reason for which a line was taken down."""
    return f"{community}|writing|down|{id_}"


def mark(own: Key, id_: str) -> str:
    """What only this key can make for this writing (HMAC-SHA-256, RFC 2104)."""
    return own.mark(f"writing|{id_}")
