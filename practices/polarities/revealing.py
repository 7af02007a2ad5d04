"""What balancing both makes possible, and what comes if it fails: offered by anybody, chosen by dots, or left open."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from practices.batches import enough, mixed
from practices.polarities.gathering import favourite
from practices.polarities.walking import Polarity
from practices.polarities.watching import NAMING, line
from practices.refusals import (
    MovedMeanwhile,
    NobodyWroteYet,
    NoSuchLine,
    NothingWritten,
    Refusal,
    Refusals,
    TooFewWrote,
    TooLong,
    WordingsShown,
)
from practices.writings import ENOUGH

What = Literal["purpose", "fear"]
WHATS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording that somebody offered."""

    id: str
    what: What
    text: str
    by: str = ""  # whose, where names are shown


def accept(polarity: Polarity, typed: Mapping[What, str], *, shown: bool) -> dict[What, str]:
    """What somebody offers: one line, or two. Raises Refusals at the fields, with what was typed still there."""
    if polarity.state != "reveal" or shown:
        raise WordingsShown(field="purpose")
    found: dict[What, str] = {}
    refusals: list[Refusal] = []
    for what in WHATS:
        try:
            found[what] = line(typed.get(what, ""), what, NAMING)
        except TooLong as refused:
            refusals.append(refused)
    if not refusals and not any(found.values()):
        refusals.append(NothingWritten(field="purpose"))
    if refusals:
        raise Refusals(*refusals)
    return {what: words for what, words in found.items() if words}


def may_show(polarity: Polarity, whose: Collection[str], *, shown: bool) -> None:
    """Wordings are shown together, once; without names only with those of five people or more.

    Raises MovedMeanwhile, NobodyWroteYet, TooFewWrote.
    """
    if polarity.state != "reveal" or shown:
        raise MovedMeanwhile
    if not whose:
        raise NobodyWroteYet
    if not polarity.named and not enough(whose):
        raise TooFewWrote(least=str(ENOUGH), here=str(len(whose)))


def dotted(polarity: Polarity, wordings: Iterable[Wording], chosen: Mapping[What, str]) -> dict[What, str]:
    """Where somebody's dots lie: one on a purpose, one on a fear. Raises MovedMeanwhile, NoSuchLine."""
    if polarity.state != "reveal":
        raise MovedMeanwhile
    there = {(one.what, one.id) for one in wordings}
    for what, id_ in chosen.items():
        if (what, id_) not in there:
            raise NoSuchLine(field=what)
    return dict(chosen)


def laid_out(wordings: Sequence[Wording], seed: str) -> tuple[Wording, ...]:
    """In an order that only the seed decides: none tells when it came, nor how many dots it has so far."""
    by_id = {one.id: one for one in wordings}
    return tuple(by_id[one] for one in mixed(seed, list(by_id)))


def settled(
    wordings: Iterable[Wording], dots: Mapping[What, Mapping[str, str]], seed: str
) -> dict[What, str]:
    """The purpose and the fear that most people dotted; "" where none is: it is still forming. `dots` are each
    person's, of either."""
    offered = list(wordings)
    return {
        what: favourite({one.id: one.text for one in offered if one.what == what}, dots.get(what, {}), seed)
        for what in WHATS
    }
