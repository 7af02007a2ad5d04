"""What somebody meant by a word after the command."""

from difflib import get_close_matches
from typing import Literal, get_args

Word = Literal[
    "checkin",
    "reflect",
    "ripple",
    "met",
    "pocket",
    "polarity",
    "wicked",
    "recall",
    "circle",
    "match",
    "away",
    "me",
    "help",
]

WORDS: tuple[Word, ...] = get_args(Word)

NEAR = 0.6

# Other words people try for the same thing.
ALSO: dict[str, Word] = {
    "check-in": "checkin",
    "answer": "checkin",
    "reflection": "reflect",
    "write": "reflect",
    "moment": "reflect",
    "lean": "pocket",
    "warm-up": "wicked",
    "map": "polarity",
    "both/and": "polarity",
    "tension": "polarity",
    "after": "met",
    "afterwards": "met",
    "gathering": "met",
    "search": "recall",
    "find": "recall",
    "setup": "circle",
    "set-up": "circle",
    "pair": "match",
    "matches": "match",
    "rounds": "match",
    "pause": "away",
    "forget": "me",
    "privacy": "me",
    "export": "me",
    "hello": "help",
    "menu": "help",
}


def meant(text: str) -> tuple[Word | None, str]:
    """The word meant, exactly or nearly, and what was typed: ("checkin", "chekin"). (None, "...") if nothing is near.

    Nearness is difflib's ratio (Ratcliff and Obershelp, 1988), at least 0.6.
    """
    typed = text.split(maxsplit=1)[0].lower() if text.split() else ""
    if not typed:
        return None, ""
    known: dict[str, Word] = {word: word for word in WORDS} | ALSO
    near = [typed] if typed in known else get_close_matches(typed, known, n=1, cutoff=NEAR) * (len(typed) > 2)
    return (known[near[0]] if near else None), typed
