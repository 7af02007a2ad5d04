"""Who is in a round, what is owed to them, and what the draw is given."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from practices.matches.model import Asked, Past, Person
from practices.matches.profiles import Profile, Said, takes_part
from practices.matches.settings import Setting
from practices.words import clean, stems

TELLING = 4  # letters: shorter words say little about interests
NEVER = 31  # rounds: that long ago, or never


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody who takes part, and how the rounds have treated them so far; 0 is no round."""

    member: str
    profile: Profile
    joined: int = 1  # the first round in which they could be drawn
    across: int = 0  # the last one with another sector
    trio: int = 0
    owed: int = 0  # how often set free or left without, since the last meeting
    missed: int = 0  # rounds in a row without a meeting
    pause_asked: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a draw looks at."""

    setting: Setting
    enrolled: Sequence[Enrolled]
    here: Collection[str]  # who is in the circle's channel
    said: Mapping[str, Said] = field(default_factory=dict)
    past: Sequence[Past] = ()
    apart: Sequence[tuple[str, str]] = ()


def present(gathered: Gathered, number: int, day: date) -> list[Enrolled]:
    """Those who are in round `number`, which opens on `day`."""
    return [
        one
        for one in gathered.enrolled
        if one.member in gathered.here
        and takes_part(one.profile, number, day, gathered.said.get(one.member, ""))
    ]


def asked(gathered: Gathered, those: Iterable[Enrolled], number: int, seed: int, size: int = 0) -> Asked:
    """What the draw is given for those; `size` where it is not the circle's own."""
    enrolled: dict[str, int] = {}
    for one in gathered.enrolled:
        if one.member in gathered.here:
            enrolled[one.profile.sector] = enrolled.get(one.profile.sector, 0) + 1
    people = tuple(_person(one, number) for one in those)
    ids = {one.id for one in people}
    return Asked(
        people=people,
        past=tuple(one for one in gathered.past if one.a in ids and one.b in ids),
        exclusions=tuple(pair for pair in gathered.apart if ids.issuperset(pair)),
        number=number,
        enrolled=enrolled,
        size=size or gathered.setting.size,
        seed=seed,
        spacing=gathered.setting.spacing,
    )


def _person(one: Enrolled, number: int) -> Person:
    profile = one.profile
    return Person(
        id=one.member,
        sector=profile.sector,
        organisation=profile.organisation.casefold(),
        district=profile.district.casefold(),
        times=profile.times,
        interests=frozenset(one for one in stems(clean(profile.about)) if len(one) >= TELLING),
        joined=one.joined,
        newcomer=profile.last == 0 and one.joined > 1,
        since_across=max(0, number - 1 - max(one.across, one.joined - 1)),
        since_trio=min(NEVER, number - one.trio) if one.trio else NEVER,
        owed=one.owed,
    )
