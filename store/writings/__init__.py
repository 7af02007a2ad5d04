"""What people wrote in forms: locked with their own keys, found again by those whom they chose."""

from store.writings.finding import (
    asked_about,
    by_id,
    count_of,
    draft_of,
    for_conveners,
    of_member,
    quotable,
    shared,
    whose,
)
from store.writings.keeping import drop, keep
from store.writings.rows import Found
from store.writings.standing import landed, taken_away
from store.writings.waiting import first_held, held, occasions_held, of_batch, take_down, uncover

__all__ = [
    "Found",
    "asked_about",
    "by_id",
    "count_of",
    "draft_of",
    "drop",
    "first_held",
    "for_conveners",
    "held",
    "keep",
    "landed",
    "occasions_held",
    "of_batch",
    "of_member",
    "quotable",
    "shared",
    "take_down",
    "taken_away",
    "uncover",
    "whose",
]
