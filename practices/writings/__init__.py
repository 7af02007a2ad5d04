"""What somebody writes in a form: what is accepted, and who may read it."""

from practices.writings.accepting import LINKS, RETURNS, accept, checked, coming, draft
from practices.writings.changing import (
    changed,
    chosen,
    narrowed,
    new_id,
    opened,
    outdated,
    own,
    readable,
    text_of,
    utterance_of,
    waits,
)
from practices.writings.ladder import ENOUGH, IN_CHANNEL, OPENS_PUBLIC, READERS, ROLES, Role, may_read, steps
from practices.writings.values import CHOSEN, POSTED, Found, Locked, Naming, Wanted, Writing

__all__ = [
    "CHOSEN",
    "ENOUGH",
    "IN_CHANNEL",
    "LINKS",
    "OPENS_PUBLIC",
    "POSTED",
    "READERS",
    "RETURNS",
    "ROLES",
    "Found",
    "Locked",
    "Naming",
    "Role",
    "Wanted",
    "Writing",
    "accept",
    "changed",
    "checked",
    "chosen",
    "coming",
    "draft",
    "may_read",
    "narrowed",
    "new_id",
    "opened",
    "outdated",
    "own",
    "readable",
    "steps",
    "text_of",
    "utterance_of",
    "waits",
]
