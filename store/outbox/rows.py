"""The rows of what was promised, as messages."""

from sqlalchemy import RowMapping

from practices.model import Message


def message_of(row: RowMapping) -> Message:
    """The value of a row."""
    return Message(
        id=row["id"],
        community=row["community_id"],
        purpose=row["purpose"],
        subject=row["subject"],
        text=row["text"] or "",
        blocks=tuple(row["blocks"] or ()),
        channel=row["channel"],
        member=row["member"],
        thread=row["thread"],
        kind=row["kind"],
        ts=row["ts"],
    )
