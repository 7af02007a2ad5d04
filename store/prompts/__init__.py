"""The questions asked, where each stands in Slack, and what about it is due."""

from store.prompts.asking import ask, ask_missed, begin, landed, let_go, miss, withdraw
from store.prompts.counting import changed, next_redraw, redrawn, redraws_due, voices
from store.prompts.digests import (
    digest_landed,
    digested,
    digested_again,
    digests_again_due,
    digests_due,
    next_digest,
    next_digest_again,
    requote,
)
from store.prompts.finding import answered, asked, at, by_id, last_day, names, open_in
from store.prompts.reading import catch_ups_due, caught_up, next_catch_up, read_again

__all__ = [
    "answered",
    "ask",
    "ask_missed",
    "asked",
    "at",
    "begin",
    "by_id",
    "catch_ups_due",
    "caught_up",
    "changed",
    "digest_landed",
    "digested",
    "digested_again",
    "digests_again_due",
    "digests_due",
    "landed",
    "last_day",
    "let_go",
    "miss",
    "names",
    "next_catch_up",
    "next_digest",
    "next_digest_again",
    "next_redraw",
    "open_in",
    "read_again",
    "redrawn",
    "redraws_due",
    "requote",
    "voices",
    "withdraw",
]
