"""What may be counted of a circle, and how: the same page for its members and its conveners, and nobody singled out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from practices.catalogue.forms.ripple import FORM as RIPPLE
from practices.writings import ENOUGH, Writing

WEEKS = 26  # of voices: half a year
BLOCK = 4  # questions whose weather is added up; the next sum begins after them, so that no two overlap


@dataclass(frozen=True, slots=True)
class Week:
    """A question that has closed, and how many people answered it."""

    on: date
    theme: str
    voices: int
    closed_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """One answer to be added up with others; never shown by itself."""

    person: str
    step: str


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring steps of a ladder taken together, so that at least five people stand behind the sum."""

    steps: tuple[str, ...]
    answers: int


@dataclass(frozen=True, slots=True)
class Weather:
    """How people arrived, added up over some questions, the first and the last of which came on these days."""

    since: date
    until: date
    groups: tuple[Group, ...]  # none where fewer than five people named any


@dataclass(frozen=True, slots=True)
class Material:
    """What is kept that may be counted: weeks, oldest first; the newest sum of the weather; and ripples."""

    weeks: tuple[Week, ...] = ()
    weather: Weather | None = None
    ripples: tuple[Writing, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """One circle's page of figures."""

    weeks: tuple[Week, ...]
    well_heard: int  # of these weeks: how many had five voices or more
    themes: tuple[tuple[str, int], ...]
    weather: Weather | None
    ripples: tuple[tuple[str, int], ...]  # by place, as it reads
    together: int  # of these: at how many two or more of the circle were there


def figures(material: Material) -> Figures:
    """What is shown of it."""
    shown = material.weeks[-WEEKS:]
    counted = _countable(material.ripples)
    themes = Counter(week.theme for week in shown)
    return Figures(
        weeks=shown,
        well_heard=sum(week.voices >= ENOUGH for week in shown),
        themes=tuple(sorted(themes.items(), key=lambda one: (-one[1], one[0]))),
        weather=material.weather,
        ripples=_by_place(counted),
        together=sum("yes" in one.answers.get("together", ()) for one in counted),
    )


def grouped(said: Iterable[Said], order: Sequence[str]) -> tuple[Group, ...]:
    """Sums along a ladder of steps, in groups of neighbours behind each of which stand at least five people; nothing
    where there are fewer than five in all.

    Steps that few chose are taken together with their neighbours, an empty one too: so a sum cannot be worked out
    from the others (complementary suppression).
    """
    given: dict[str, list[str]] = {step: [] for step in order}
    for one in said:
        if one.step in given:
            given[one.step].append(one.person)
    groups: list[tuple[tuple[str, ...], list[str]]] = []
    steps: tuple[str, ...] = ()
    people: list[str] = []
    for step in order:
        steps, people = (*steps, step), people + given[step]
        if len(set(people)) >= ENOUGH:
            groups.append((steps, people))
            steps, people = (), []
    if groups and steps:  # what is left over joins the group before it
        before, those = groups.pop()
        groups.append((before + steps, those + people))
    return tuple(Group(steps, len(people)) for steps, people in groups)


def _countable(ripples: Sequence[Writing]) -> list[Writing]:
    """Those with a name, which everybody reads in the channel; those without one only where a place has five."""
    unnamed = Counter(_place(one) for one in ripples if one.visibility == "unnamed" and one.released)
    return [
        one
        for one in ripples
        if one.visibility in ("circle", "everyone") or (one.released and unnamed[_place(one)] >= ENOUGH)
    ]


def _by_place(ripples: Sequence[Writing]) -> tuple[tuple[str, int], ...]:
    """How many at each place, in the form's order; those without one last."""
    found = Counter(_place(one) for one in ripples)
    where = RIPPLE.ask("where")
    places = (*(where.choices if where else ()), ("", "Not said where"))
    return tuple((told, found[place]) for place, told in places if found[place])


def _place(ripple: Writing) -> str:
    return next(iter(ripple.answers.get("where", ())), "")
