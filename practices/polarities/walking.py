"""Walking a both/and map together: who holds it, who may move it, what is written at a stop, and when it is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, Protocol

from practices.model import Circle, Member
from practices.polarities.map import Corner
from practices.polarities.naming import one_line
from practices.polarities.way import ENDED, State, moves, stop, stops
from practices.refusals import (
    AllWalked,
    GatheredAlready,
    GuestsDoNotConvene,
    HeldByOthers,
    HoldsAnotherMap,
    HoldsWithNobody,
    MapGone,
    MapIsOver,
    MovedMeanwhile,
    NoRoomHere,
    NothingWritten,
    NotOfItsChannel,
    NotWalkedYet,
    Refusal,
    Refusals,
    TooFewHere,
    TooFewPeople,
    TooLong,
)
from practices.rhythm import Rhythm, next_working_moment
from practices.writings import ENOUGH

Pace = Literal["live", "days"]
Standing = Literal["open", "late", "early"]  # of a stop, to somebody who writes there

LINE, LINES = 75, 3  # characters, as many as an option of a select takes; lines at a stop
FEW = 4  # people at least, where names are shown
RHYTHM = Rhythm(0, time(9, 30), "Europe/London")  # where there is no circle whose clocks would be looked at
# Forty-five minutes: after how many the conveners are asked whether to go on.
MINUTES: Mapping[State, int] = {
    "open": 5, "walking 1": 5, "walking 2": 5, "walking 3": 5, "walking 4": 5, "gathering": 8, "reveal": 4,
    "assess": 4, "learn": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Polarity:
    """A both/and map in its making."""

    id: str
    community: str
    left: str
    right: str
    holders: tuple[str, ...]  # who began it, and whom they asked to hold it with them
    question: str = ""
    state: State = "draft"
    channel: str = ""
    circle: str = ""  # of its channel, where there is one
    pace: Pace = "live"
    named: bool = True  # whether lines are shown with names, as was said to everyone
    least: int = FEW  # people who must have stepped in
    first: Corner = "DL"  # where the walk begins
    seed: str = ""  # the chance by which lines are mixed
    suggest_at: datetime | None = None  # when the conveners are asked whether to go on
    ts: str | None = None  # its opening post, once it stands there
    purpose: str = ""
    fear: str = ""


def least(asked: int, *, named: bool) -> int:
    """How many people it takes: four, and five where nobody may be guessed; more where that was asked for."""
    return max(asked, FEW if named else ENOUGH)


class Held(Protocol):
    """Something that conveners hold: a map, or its warm-up."""

    @property
    def holders(self) -> tuple[str, ...]: ...


def may_hold(held: Held, circle: Circle | None, member: str, here: Mapping[str, Member], names: str) -> None:
    """Who may move it: who holds it, and whoever convenes the circle, as long as they are in its channel. Where none of
    them is any more, they still may, and so may any full member who is there. Raises HeldByOthers, NotOfItsChannel."""
    holds = {*held.holders, *(circle.conveners if circle else ())}
    there = here.get(member)
    left_alone = not any(one in here and not here[one].gone for one in holds)
    if member in holds:
        if there is None and not left_alone:
            raise NotOfItsChannel
        return
    if not (left_alone and there and not (there.guest or there.bot or there.gone)):
        raise HeldByOthers(holders=names)


def who_hears(held: Held, circle: Circle | None, here: Mapping[str, Member]) -> tuple[str, ...]:
    """Who hears how it goes on: those who hold it and are still in its channel; where none of them is, whoever convenes
    the circle and is. Where nobody is known to be there, those who hold it."""
    there = {one for one, who in here.items() if not (who.gone or who.bot)}
    for some in (held.holders, circle.conveners if circle else ()):
        if found := tuple(one for one in some if one in there):
            return found
    return () if there else held.holders


def enough_here(least: int, here: int) -> None:
    """That a map can ever begin in a channel with so many people. Raises TooFewHere."""
    if here < least:
        raise TooFewHere(least=str(least), here=str(here))


def may_begin(holders: Sequence[str], people: Mapping[str, Member], here: Collection[str]) -> None:
    """Who holds a map is a full member who is in its channel: `here` are all who are. Raises NotOfItsChannel,
    GuestsDoNotConvene, HoldsWithNobody."""
    me, *others = holders
    if me not in here:
        raise NotOfItsChannel(field="channel")
    if people[me].guest:
        raise GuestsDoNotConvene(field="channel")
    cannot = [
        people[one].name
        for one in others
        if one not in here or people[one].guest or people[one].bot or people[one].gone
    ]
    if cannot:
        raise HoldsWithNobody(field="second", names=" and ".join(cannot))


def move(polarity: Polarity, seen: State, to: State, stepped_in: int) -> State:
    """The state that a convener brings a map to. `seen` is the one that the pressed button was drawn for.

    Raises MovedMeanwhile where somebody was quicker or there is no such move; TooFewPeople before a walk of too few.
    """
    if polarity.state != seen or to not in moves(seen):
        raise MovedMeanwhile
    if to == "walking 1" and stepped_in < polarity.least:
        raise TooFewPeople(least=str(polarity.least), here=str(stepped_in))
    return to


def free(polarity: Polarity, there: Polarity | None) -> None:
    """One map at a time is made in a channel. Raises HoldsAnotherMap."""
    if there and there.id != polarity.id:
        raise HoldsAnotherMap(left=there.left, right=there.right)


def suggested(polarity: Polarity, state: State, rhythm: Rhythm, now: datetime) -> datetime | None:
    """When the conveners are asked whether to go on from a state that begins now; None where nobody asks. Nothing ever
    moves by itself: live after minutes, over days on the next working day, at the hour of the circle's rhythm."""
    if state not in MINUTES:
        return None
    if polarity.pace == "live":
        return now + timedelta(minutes=MINUTES[state])
    return next_working_moment(rhythm, now)


def may_write(polarity: Polarity, corner: Corner) -> Standing:
    """How a stop stands to somebody who writes there: open; late, when it has closed and its lines are offered to the
    gathering; or early, which only a map over days lets. Raises NotWalkedYet, MapIsOver."""
    if polarity.state in ("draft", "open"):
        raise NotWalkedYet(field="first")
    at = stop(polarity.state)
    if at == 5 and polarity.state != "gathering":
        raise MapIsOver(field="first")
    number = stops(polarity.first).index(corner) + 1
    if number > at and polarity.pace == "live":
        raise NotWalkedYet(field="first")
    return "open" if number == at else "late" if number < at else "early"


def accept(
    polarity: Polarity | None, corner: Corner, written: Sequence[str], there: Sequence[str] = ()
) -> tuple[str, ...]:
    """The lines somebody wrote at a stop: one to three, those that say nothing left out, and those of hers that are
    shown already, `there`: the stop may have closed while she changed another one. There is room for three in all.

    Raises Refusals at the fields, with what was typed still there.
    """
    if polarity is None:
        raise MapIsOver(field="first")
    may_write(polarity, corner)
    lines = [one_line(one) for one in written[:LINES]]
    refusals: list[Refusal] = [
        TooLong(field=field, length=str(len(one)), limit=str(LINE))
        for field, one in zip(("first", "second", "third"), lines, strict=False)
        if len(one) > LINE
    ]
    found = tuple(dict.fromkeys(one for one in lines if one and one not in there))
    room = LINES - len(there)
    if not any(lines):
        refusals.append(NothingWritten(field="first"))
    if len(found) > room:
        refusals.append(NoRoomHere(field="first", lines=str(LINES), room=str(room or "no")))
    if refusals:
        raise Refusals(*refusals)
    return found


def left_to_walk(polarity: Polarity, walked: Collection[Corner]) -> tuple[Corner, ...]:
    """The stops where somebody may write now and has not, in the order of the walk. Raises NotWalkedYet, MapIsOver,
    AllWalked."""
    found: list[Corner] = []
    for corner in stops(polarity.first):
        try:
            may_write(polarity, corner)
        except NotWalkedYet:
            if not found and corner == polarity.first:
                raise
            break
        found.append(corner)
    left = tuple(one for one in found if one not in walked)
    if not left:
        raise AllWalked
    return left


def may_step_in(polarity: Polarity | None, member: str, here: Collection[str]) -> Polarity:
    """Whoever is in its channel steps into a map, until it has been gathered. Raises MapGone, GatheredAlready,
    NotOfItsChannel."""
    if polarity is None or polarity.state == "draft":
        raise MapGone
    if stop(polarity.state) == 5 and polarity.state != "gathering":
        raise GatheredAlready
    if member not in here:
        raise NotOfItsChannel
    return polarity


def to_show(polarity: Polarity, waiting: Mapping[Corner, Collection[str]]) -> tuple[Corner, ...]:
    """Of which stops the lines that wait can be shown now; `waiting` says who wrote what is not shown yet, by its stop.

    A stop's lines are hidden until it closes. Without names they are shown only with those of at least five people
    together, never fewer, so that nobody can be told by having come late.
    """
    order = stops(polarity.first)[: stop(polarity.state) - 1] if stop(polarity.state) else ()
    if polarity.state in ENDED:
        return ()
    closed = tuple(one for one in order if waiting.get(one))
    people = {who for one in closed for who in waiting[one]}
    return closed if polarity.named or len(people) >= ENOUGH else ()
