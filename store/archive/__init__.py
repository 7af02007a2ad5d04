"""What a community keeps of its conversations: said, worded anew, removed, left out, in any order of arrival."""

from store.archive.erasing import forget_member, merge, remove
from store.archive.remembering import remember
from store.archive.threads import Stats, keep_thread, kept_threads, retitle, stats, thread_kept
from store.archive.wishes import leave_out, never, never_keeps

__all__ = [
    "Stats",
    "forget_member",
    "keep_thread",
    "kept_threads",
    "leave_out",
    "merge",
    "never",
    "never_keeps",
    "remember",
    "remove",
    "retitle",
    "stats",
    "thread_kept",
]
