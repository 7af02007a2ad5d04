"""What has been kept for years: who is asked about it before it goes, when, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from practices.keeping import months_after
from practices.model import Circle, Member, identity
from practices.polarities.walking import Polarity
from practices.refusals import HeldByOthers

YEAR = 12  # months: how much longer, where somebody wants that
ASKED_BEFORE = timedelta(weeks=6)
ASKED_AGAIN = timedelta(weeks=3)  # after the first time
STILL = timedelta(weeks=2)  # what is left at least when it was asked again
TOGETHER = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Ask:
    """What has been kept in a channel for years, and is asked about before it goes."""

    id: str
    community: str
    channel: str
    goes_on: date
    again_on: date | None  # when it is asked once more, where nobody has answered
    state: Literal["open", "go"] = "open"  # go: somebody said so
    asked: int = 1  # how often
    heard: bool = False  # whether the question stands in Slack for anybody


@dataclass(frozen=True, slots=True)
class KeptThread:
    """A thread that was kept on this day."""

    channel: str
    ts: str
    kept_by: str  # "" where a setting did, or whoever did is forgotten
    on: date


@dataclass(frozen=True, slots=True)
class Lasting:
    """What of a channel goes before long, the first to go first; who may be asked, by id; and by whose clock."""

    circle: Circle | None
    maps: tuple[Polarity, ...]
    threads: tuple[KeptThread, ...]
    last: date | None  # the latest day on which any of it goes
    people: Mapping[str, Member]
    zone: str


def to_ask_until(today: date) -> date:
    """What goes up to this day is asked about now."""
    return today + ASKED_BEFORE


def together_until(today: date) -> date:
    """What goes up to this day is asked about together with it, so that nobody is asked every week."""
    return to_ask_until(today) + TOGETHER


def ask(community: str, channel: str, last: date, today: date) -> Ask:
    """The question about what goes in a channel, the last of it on this day: all of it goes together."""
    return Ask(
        id=identity("lasting", community, channel, today.isoformat()),
        community=community,
        channel=channel,
        goes_on=max(last, today + ASKED_BEFORE),
        again_on=today + ASKED_AGAIN,
    )


def again(one: Ask, today: date) -> Ask:
    """The same, asked once more: however late that is, there are two weeks to answer."""
    return replace(one, asked=2, again_on=None, goes_on=max(one.goes_on, today + STILL))


def again_later(one: Ask, today: date) -> Ask:
    """The same, where there is nobody to be asked once more: it is tried again in a month, and nothing goes before."""
    return replace(one, again_on=months_after(today, 1))


def let_go(one: Ask) -> Ask:
    """The same, when somebody said that it may go: nobody is asked again, and its day stays."""
    return replace(one, state="go", again_on=None)


def another_year(one: Ask) -> date:
    """Until when it is kept where somebody wants that."""
    return months_after(one.goes_on, YEAR)


def chosen(about: Lasting, only: str) -> Lasting:
    """All of it (""), or the one that is meant: a map by its id, a thread by its ts."""
    if not only:
        return about
    maps = tuple(one for one in about.maps if one.id == only)
    return replace(about, maps=maps, threads=tuple(one for one in about.threads if one.ts == only))


def later(today: date) -> date:
    """The day on which that goes about which nobody could be asked: it is tried again in a month."""
    return months_after(to_ask_until(today), 1)


def asked(about: Lasting) -> tuple[str, ...]:
    """Who is asked: the circle's conveners; where there are none, whoever holds a map of it or chose a thread. Nobody
    who is gone."""
    holders = [one for each in about.maps for one in each.holders]
    choosers = [each.kept_by for each in about.threads]
    people = about.people
    for who in (about.circle.conveners if about.circle else (), tuple(dict.fromkeys([*holders, *choosers]))):
        there = tuple(one for one in who if one in people and not (people[one].gone or people[one].bot))
        if there:
            return there
    return ()


def may_settle(member: str, about: Lasting) -> None:
    """Whether she is one of those who are asked. Raises HeldByOthers."""
    who = asked(about)
    if member not in who:
        raise HeldByOthers(holders=" and ".join(about.people[one].name for one in who) or "nobody just now")
