"""What a community keeps of its conversations: said, worded anew, removed, left out, in any order of arrival."""

from store.archive.erasing import anything_to_merge, forget_member, let_go, merge, remove, said_by
from store.archive.keeping import (
    Watch,
    channel_read,
    channels_due,
    choose,
    hear,
    next_read,
    read_again,
    read_later,
    read_whole,
    reads_due,
    unsay,
    was_read,
    watched,
)
from store.archive.remembering import remember
from store.archive.threads import (
    Stats,
    goes_with_its_map,
    keep_thread,
    kept_of,
    kept_threads,
    retitle,
    stats,
    thread_kept,
)
from store.archive.wishes import leave_out, never, never_keeps

__all__ = [
    "Stats",
    "Watch",
    "anything_to_merge",
    "channel_read",
    "channels_due",
    "choose",
    "forget_member",
    "goes_with_its_map",
    "hear",
    "keep_thread",
    "kept_of",
    "kept_threads",
    "leave_out",
    "let_go",
    "merge",
    "never",
    "never_keeps",
    "next_read",
    "read_again",
    "read_later",
    "read_whole",
    "reads_due",
    "remember",
    "remove",
    "retitle",
    "said_by",
    "stats",
    "thread_kept",
    "unsay",
    "was_read",
    "watched",
]
