"""What a member tells about herself to be matched, and in which rounds she is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from practices.away import Away, gone
from practices.reflections import clean
from practices.refusals import Refusal, Refusals, SectorMissing, TooLong

Pace = Literal["every", "second", "asked"]
Said = Literal["in", "skip", ""]

PACES: tuple[Pace, ...] = ("every", "second", "asked")
TIMES = ("mornings", "lunchtimes", "afternoons", "evenings")  # of weekdays
ABOUT = 140  # characters of "talk to me about"
PLACE = 80  # characters of an organisation or a district


@dataclass(frozen=True, slots=True)
class Profile:
    """What her match is shown (sector, organisation, about), and what only the draw looks at."""

    sector: str
    organisation: str = ""
    district: str = ""
    about: str = ""
    times: frozenset[str] = frozenset()
    pace: Pace = "every"
    away: tuple[Away, ...] = ()  # from this circle or everywhere
    last: int = 0  # the number of the last round she was drawn in; 0 before her first


def accept(profile: Profile, sectors: Collection[str]) -> Profile:
    """A profile as it is kept: trimmed, and right. Raises Refusals, each at its field."""
    organisation, district = " ".join(profile.organisation.split()), " ".join(profile.district.split())
    about = clean(profile.about)
    wrong: list[Refusal] = []
    if profile.sector not in sectors:
        wrong.append(SectorMissing())
    for field, text, limit in (
        ("organisation", organisation, PLACE),
        ("district", district, PLACE),
        ("about", about, ABOUT),
    ):
        if len(text) > limit:
            wrong.append(TooLong(field=field, length=str(len(text)), limit=str(limit)))
    if wrong:
        raise Refusals(*wrong)
    times = profile.times & frozenset(TIMES)
    return replace(profile, organisation=organisation, district=district, about=about, times=times)


def takes_part(profile: Profile, number: int, day: date, said: Said = "") -> bool:
    """Whether she is in round `number`, which opens on `day`: never while away, else as she said, else by her pace."""
    if gone(profile.away, day):
        return False
    if said:
        return said == "in"
    return profile.pace == "every" or (
        profile.pace == "second" and (profile.last == 0 or number - profile.last >= 2)
    )


def shared_times(profiles: Collection[Profile]) -> tuple[str, ...]:
    """When all of them are usually free, in the order of the day; none where somebody has not said."""
    return tuple(time for time in TIMES if profiles and all(time in one.times for one in profiles))
