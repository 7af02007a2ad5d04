"""What a both/and map is called: its two poles, why we ask, and what is gently said about the names."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from unicodedata import category, normalize

from practices.catalogue.pairs import PAIRS
from practices.reflections import clean
from practices.refusals import PoleMissing, PolesEqual, Refusal, Refusals, TooLong

POLE, WHY = 32, 300  # characters
EMOJI = re.compile(r":[a-z0-9_'+-]+:")  # as Slack writes them
MARKS = str.maketrans("", "", "*`~")  # would end the bold type in which a name is shown
HIDDEN = "\u200b\u200e\u200f\u061c\u2060\ufeff"  # nothing is seen of them, or they turn what follows

# What shows that something is a both/and, and no problem that one answer would settle.
TICKS: tuple[tuple[str, str], ...] = (
    ("again", "It has come back more than once"),
    ("needs", "Each side needs the other"),
    ("no_end", "No decision would end it"),
)
# Names that a side's own friends would hardly choose.
LOADED = frozenset(
    {
        "anarchy", "blame", "bureaucracy", "chaos", "excuses", "greed", "laziness", "mess", "micromanagement", "muddle",
        "recklessness", "rigidity", "silos", "stagnation", "waste",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """Two poles, and what is happening that makes us ask."""

    left: str
    right: str
    question: str = ""
    ticks: tuple[str, ...] = ()


def accept(left: str, right: str, question: str, ticks: Collection[str], pair: str = "") -> Named:
    """What a convener named. Where she typed no pole, the pair is taken that she chose by its number.

    Raises Refusals, each at its field: PoleMissing, PolesEqual, TooLong.
    """
    left, right, question = one_line(left.translate(MARKS)), one_line(right.translate(MARKS)), clean(question)
    if not (left or right) and pair.isdecimal() and int(pair) < len(PAIRS):
        left, right = PAIRS[int(pair)]
    refusals: list[Refusal] = []
    for field, pole in (("left", left), ("right", right)):
        if not _has_a_word(pole):
            refusals.append(PoleMissing(field=field))
        elif len(pole) > POLE:
            refusals.append(TooLong(field=field, length=str(len(pole)), limit=str(POLE)))
    if not refusals and same(left, right):
        refusals.append(PolesEqual(field="right"))
    if len(question) > WHY:
        refusals.append(TooLong(field="question", length=str(len(question)), limit=str(WHY)))
    if refusals:
        raise Refusals(*refusals)
    return Named(left, right, question, tuple(key for key, _ in TICKS if key in ticks))


def one_line(text: str) -> str:
    """Words on one line, with single spaces, and no mark in them that is not seen or that turns others round."""
    return clean(" ".join("".join(c for c in text if c not in HIDDEN).split()))


def same(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces, accents and signs."""
    return folded(one) == folded(other)


def folded(words: str) -> str:
    """Words without case, spaces, accents and signs; as they are, where nothing else is left."""
    letters = normalize("NFKD", words).casefold()
    return "".join(c for c in letters if category(c)[0] in "LN") or words


def perhaps_a_problem(named: Named) -> bool:
    """Whether a test was not ticked: then it may be something that one answer would settle, and that is said."""
    return len(named.ticks) < len(TICKS)


def loaded(named: Named) -> tuple[str, ...]:
    """The poles whose own friends would hardly choose that name."""
    return tuple(
        pole for pole in (named.left, named.right) if LOADED & set(pole.casefold().replace(",", " ").split())
    )


def _has_a_word(pole: str) -> bool:
    return any(category(c)[0] in "LN" for c in EMOJI.sub("", pole))
