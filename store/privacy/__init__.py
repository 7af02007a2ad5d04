"""What is kept of a member and how it goes: when she asks, and when its time is over."""

from store.privacy.answers import QUESTIONS_AT_ONCE, Asked, answers_over, end_answers
from store.privacy.fates import FATES, Fate
from store.privacy.forgetting import ask, due, next_due, step, under_way
from store.privacy.sweeping import AT_ONCE, Over, end, over, sweep
from store.privacy.values import Forgetting, Say, Words

__all__ = [
    "AT_ONCE",
    "FATES",
    "QUESTIONS_AT_ONCE",
    "Asked",
    "Fate",
    "Forgetting",
    "Over",
    "Say",
    "Words",
    "answers_over",
    "ask",
    "due",
    "end",
    "end_answers",
    "next_due",
    "over",
    "step",
    "sweep",
    "under_way",
]
