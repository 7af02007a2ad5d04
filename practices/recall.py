"""What somebody searches for: Slack's own habits, read without ever complaining."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Query:
    """A search, parsed. Words and phrases are all to be found, `without` none of them."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()  # a word is a phrase of one
    prefix: tuple[str, ...] = ()  # pre*
    authors: tuple[str, ...] = ()  # from: "me", a handle, a name or <@U...>: as typed, without the @
    channels: tuple[str, ...] = ()  # in: a name without the #, or an id
    since: datetime | None = None  # at or after (UTC)
    until: datetime | None = None  # before (UTC)
    sort: Literal["best", "new"] = "best"
