"""What is kept of a member and how it goes: when she asks, and when its time is over."""

from store.privacy.fates import FATES, Fate
from store.privacy.forgetting import Forgetting, Say, Words, ask, due, next_due, step, under_way
from store.privacy.sweeping import sweep

__all__ = [
    "FATES",
    "Fate",
    "Forgetting",
    "Say",
    "Words",
    "ask",
    "due",
    "next_due",
    "step",
    "sweep",
    "under_way",
]
