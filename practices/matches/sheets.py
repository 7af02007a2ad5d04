"""A draw for anybody with a spreadsheet: members, who met whom, and who may not meet, as tables."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches

from practices.matches.debts import with_debts
from practices.matches.model import Asked, Past, Person
from practices.matches.tables import Row, Table, TableWrong, table

MOST_PEOPLE = 100_000
LATEST_ROUND = 1_000_000
NEW = timedelta(days=60)  # before the day on which somebody last joined
YES = ("yes", "y", "true", "1", "in", "x")
NO = ("no", "n", "false", "0", "out", "away")
SAID = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)

MEMBERS = ("id", "sector"), ("organisation", "district", "joined", "available")
HISTORY = ("round", "a", "b"), ("met",)
EXCLUDE = ("a", "b"), ()


@dataclass(frozen=True, slots=True)
class Sheets:
    """What the tables say: everybody, who is here, and what was passed over, in sentences."""

    people: tuple[Person, ...]
    here: frozenset[str]
    past: tuple[Past, ...] = ()
    exclusions: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())

    def asked(self, number: int, more: Sequence[Past], size: int, seed: int) -> Asked:
        """What is to be drawn in a round, after `more` rounds have been drawn."""
        past = (*self.past, *more)
        enrolled = Counter(one.sector for one in self.people)
        present = [one for one in self.people if one.id in self.here]
        return Asked(
            tuple(with_debts(present, past, number)), past, self.exclusions, number, enrolled, size, seed
        )

    @property
    def following(self) -> int:
        """The number of the round after the last one."""
        return max((one.round for one in self.past), default=0) + 1


def sheets(members: tuple[str, str], history: tuple[str, str], exclude: tuple[str, str]) -> Sheets:
    """Of the names and texts of the files; a file without a name is not there. Raises TableWrong."""
    found = table(*members, *MEMBERS)
    people, here = _members(found)
    joined = [_joined(found, row) for row in found.rows]
    found.settle()
    known = {one.id for one in people}
    notes: list[str] = []
    past: tuple[Past, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    if history[0]:
        told = table(*history, *HISTORY)
        past = tuple(_past(told))
        told.settle()
        notes += _strangers(told, known)
    if exclude[0]:
        told = table(*exclude, *EXCLUDE)
        pairs = tuple((row.cells["a"], row.cells["b"]) for row in told.rows if _two(told, row))
        told.settle()
        notes += _strangers(told, known)
    return Sheets(tuple(_with_newcomers(people, joined, past)), here, past, pairs, tuple(notes))


def _members(found: Table) -> tuple[list[Person], frozenset[str]]:
    lines: dict[str, int] = {}
    written: dict[str, str] = {}  # a sector as it stands there first, whatever its capitals
    people, here = [], set()
    for row in found.rows:
        its_id, sector = row.cells.get("id", ""), row.cells.get("sector", "")
        if not its_id:
            found.blame(row.line, "id", "nobody is named here.")
        elif its_id in lines:
            found.blame(row.line, "id", f"{its_id} is there already, in line {lines[its_id]}.")
        if not sector:
            found.blame(row.line, "sector", f"nobody has said which sector {its_id or 'this'} is in.")
        lines.setdefault(its_id, row.line)
        if found.read(row, "available", lambda text: SAID[text.lower()], "yes or no") is not False:
            here.add(its_id)
        people.append(
            Person(
                its_id,
                written.setdefault(sector.casefold(), sector),
                row.cells.get("organisation", "").casefold(),
                row.cells.get("district", "").casefold(),
            )
        )
    if not people:
        found.wrong.append(f"{found.name} has nobody in it: a line for each person, below the columns.")
    if len(people) > MOST_PEOPLE:
        raise TableWrong([f"{found.name} has {len(people):,} people; {MOST_PEOPLE:,} can be drawn at once."])
    return people, frozenset(here)


def _with_newcomers(
    people: Sequence[Person], joined: Sequence[int | date | None], past: Collection[Past]
) -> list[Person]:
    """Who joined last is new: after the last round that is told of, or within NEW of the last who joined."""
    before = max((one.round for one in past), default=0)
    days = [one for one in joined if isinstance(one, date)]
    since = max(days) - NEW if days and min(days) <= max(days) - NEW else date.max  # or all began together

    def new(at: int | date | None) -> bool:
        return at > before > 0 if isinstance(at, int) else at is not None and at > since

    return [replace(one, newcomer=new(at)) for one, at in zip(people, joined, strict=True)]


def _joined(found: Table, row: Row) -> int | date | None:
    def reader(text: str) -> int | date:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else date.fromisoformat(text)

    at = found.read(row, "joined", reader, "a round's number, or a day such as 2026-03-31")
    return at if isinstance(at, int | date) else None


def _past(found: Table) -> list[Past]:
    past = []
    for row in found.rows:
        number = found.read(row, "round", _round, "a round's number, such as 3")
        if not row.cells.get("round"):
            found.blame(row.line, "round", "which round was it?")
        met = found.read(row, "met", lambda text: SAID[text.lower()], "yes or no")
        if _two(found, row) and isinstance(number, int):
            past.append(Past(number, row.cells["a"], row.cells["b"], None if met is None else bool(met)))
    return past


def _round(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 < number < LATEST_ROUND:
        raise ValueError(text)
    return number


def _two(found: Table, row: Row) -> bool:
    """Whether a row names two people."""
    a, b = row.cells.get("a", ""), row.cells.get("b", "")
    for column, name in (("a", a), ("b", b)):
        if not name:
            found.blame(row.line, column, "nobody is named here.")
    if a and a == b:
        found.blame(row.line, "b", f"{b} cannot be with themselves.")
    return bool(a and b and a != b)


def _strangers(found: Table, known: Collection[str]) -> list[str]:
    """People who are in no line of the members are passed over, and told of."""
    first: dict[str, tuple[int, str]] = {}
    for row in found.rows:
        for column in ("a", "b"):
            name = row.cells.get(column, "")
            if name not in known:
                first.setdefault(name, (row.line, column))
    if not first:
        return []
    name, (line, column) = next(iter(first.items()))
    near = get_close_matches(name, known, n=1, cutoff=0.8)
    meant = f" (did you mean {near[0]}?)" if near else ""
    others = f", and {len(first) - 1} more who are in no line of the members" if len(first) > 1 else ""
    return [
        f"{found.name}, line {line}, column {column}: {name} is not among the members{meant}{others}; passed over."
    ]
