"""How a group keeps an eye on its map: small steps, early signs, and a minute's look after some weeks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from practices.polarities.walking import RHYTHM
from practices.reflections import clean
from practices.refusals import NotInThisForm, TooLong, WeeksOver, WeeksUnclear
from practices.rhythm import Rhythm, in_weeks, local_day

MOST = 3  # small steps and early signs of each pole
LONGEST = 70  # characters of one
NAMING = 80  # characters of a purpose, of a fear
WEEKS = (4, 8, 12)  # after which a look is asked for, where nobody says otherwise
OPEN = 1  # week that a look is open
LATEST, LOOKS = 52, 6  # weeks, and looks in all
TWO = 2  # people who saw the same sign: worth a look

Seen = Literal["seen", "not_seen", "dont_know"]
SEEN: tuple[Seen, ...] = get_args(Seen)


@dataclass(frozen=True, slots=True)
class Watched:
    """How a map is watched: after which weeks, how many looks were asked for and how many are over, since when, and
    when something is due."""

    weeks: tuple[int, ...] = WEEKS
    asked: int = 0
    done: int = 0
    since: datetime | None = None
    at: datetime | None = None
    zone: str = RHYTHM.zone

    @property
    def open(self) -> int:
        """The number of the look that is open; 0 where none is."""
        return self.asked if self.at and self.asked > self.done else 0

    @property
    def day(self) -> date | None:
        """The day on which something is due, where the circle is."""
        return local_day(self.at, self.zone) if self.at else None


def line(text: str, field: str, limit: int = LONGEST) -> str:
    """One line as it is kept: no breaks in it, nothing hidden; "" where nothing can be seen. Raises TooLong."""
    words = " ".join(clean(text).split())
    if len(words) > limit:
        raise TooLong(field=field, length=str(len(words)), limit=str(limit))
    return words


def weeks(typed: str) -> tuple[int, ...]:
    """After how many weeks to look: "4, 8, 12" and the like, in order, each once. Raises WeeksUnclear."""
    parts = [part for part in typed.replace(",", " ").replace(" and ", " ").split() if part]
    if not all(
        part.isascii() and part.isdigit() and len(part) <= 2 and 1 <= int(part) <= LATEST for part in parts
    ):
        raise WeeksUnclear(field="weeks", latest=str(LATEST), looks=str(LOOKS))
    found = tuple(sorted({int(part) for part in parts}))
    if not 1 <= len(found) <= LOOKS:
        raise WeeksUnclear(field="weeks", latest=str(LATEST), looks=str(LOOKS))
    return found


def rest(how: Watched, wanted: Sequence[int]) -> tuple[int, ...]:
    """After which weeks a map is looked at from now on: the looks that are over, or open, stay; of what is `wanted`,
    later ones follow. Nothing but those that are over: no more looks. Raises WeeksUnclear, WeeksOver."""
    over = tuple(sorted(how.weeks)[: how.done + bool(how.open)])
    later = tuple(week for week in sorted(wanted) if not over or week > over[-1])
    if not later and not set(over).issuperset(wanted):
        raise WeeksOver(field="weeks", last=str(over[-1]), latest=str(LATEST))
    if len(over) + len(later) > LOOKS:
        raise WeeksUnclear(field="weeks", latest=str(LATEST), looks=str(LOOKS))
    return (*over, *later)


def next_look(began: datetime, after: Iterable[int], done: int, rhythm: Rhythm) -> datetime | None:
    """When the next look is due, `done` of them being over, at the same time on the wall or, after a day off, the
    circle's; None after the last."""
    left = sorted(after)[done:]
    return in_weeks(rhythm, began, left[0]) if left else None


def another(after: Iterable[int]) -> tuple[int, ...]:
    """The same weeks and one more look, as long after the last as that was after the one before; none past a year."""
    known = sorted(after)
    step = known[-1] - known[-2] if len(known) > 1 else known[-1]
    return (*known, known[-1] + step) if known[-1] + step <= LATEST and len(known) < LOOKS else tuple(known)


def ticked(signs: Iterable[str], typed: Mapping[str, str]) -> dict[str, Seen]:
    """What somebody saw of a map's signs, by their ids. Raises NotInThisForm."""
    found: dict[str, Seen] = {}
    for sign in signs:
        what = typed.get(sign, "")
        if what and what not in SEEN:
            raise NotInThisForm(field=sign)
        if seen := next((one for one in SEEN if one == what), None):
            found[sign] = seen
    return found


def worth_a_look(ticks: Mapping[str, Mapping[str, Seen]]) -> tuple[str, ...]:
    """The signs that two people or more have seen, most seen first. `ticks` are each person's, by sign; who saw what
    is not told."""
    seen = Counter(sign for mine in ticks.values() for sign, what in mine.items() if what == "seen")
    return tuple(
        sign for sign, people in sorted(seen.items(), key=lambda one: (-one[1], one[0])) if people >= TWO
    )
