"""How people arrive is added up over four questions, once; then nobody's is kept as it was said."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from practices.catalogue.forms.checkin import WEATHER
from practices.figures import Said, grouped
from practices.model import Prompt
from store import prompts, reflections, weather
from store.engine import Database
from store.schema import reflection
from store.schema import weather as sums
from tests.store.things import CIRCLE, COMMUNITY, NOW, a_prompt, a_reflection, a_visit

STEPS = [step for step, _ in WEATHER]
FIRST = date(2026, 11, 3)


async def asks(db: Database, day: int) -> Prompt:
    """A question so many days after the first: it closes the one before it."""
    on = FIRST + timedelta(days=day)
    prompt = a_prompt(id=f"prompt-{day}", local_date=on, on=on)
    at = NOW + timedelta(days=day)
    assert await db.write(prompts.ask, COMMUNITY, prompt, at, (), at)
    await db.write(prompts.landed, COMMUNITY, prompt.id, f"{day}.5", at)
    return prompt


async def says(db: Database, prompt: Prompt, member: str, step: str, day: int) -> Said:
    """Somebody answers, and says how she arrives."""
    card = replace(
        a_reflection(None, prompt=prompt.id, member=member, arriving=step, kept_at=NOW + timedelta(days=day)),
        id=f"{prompt.id}/{member}",
    )
    await db.write(reflections.keep, a_visit(), card)
    return Said(member, step)


def kept(connection: Connection) -> list[tuple[date, date, list[object]]]:
    rows = connection.execute(select(sums.c.since, sums.c.until, sums.c.groups).order_by(sums.c.until))
    return [tuple(row) for row in rows]  # type: ignore[misc]


def as_said(connection: Connection) -> set[str]:
    """Whose weather is there as she said it, and of which question."""
    return set(connection.execute(select(reflection.c.id).where(reflection.c.arriving != "")).scalars())


def of(days: Sequence[int], said: Sequence[Sequence[Said]]) -> tuple[date, date, list[object]]:
    """What the answers themselves add up to."""
    groups = grouped((one for each in said for one in each), STEPS)
    first, last = (FIRST + timedelta(days=day) for day in (days[0], days[-1]))
    return first, last, [[list(one.steps), one.answers] for one in groups]


async def test_every_fourth_question_leaves_a_sum_that_is_what_its_answers_gave(db: Database) -> None:
    chance, said, expected = random.Random(7), list[list[Said]](), []
    for week in range(13):
        prompt = await asks(db, 7 * week)
        if week and week % 4 == 0:
            days = [7 * one for one in range(week - 4, week)]
            expected.append(of(days, said[-4:]))
        assert await db.read(kept) == expected
        newest = await db.read(weather.latest, COMMUNITY, CIRCLE)
        assert (newest.until if newest else None) == (expected[-1][1] if expected else None)
        people = chance.sample([f"U{n}" for n in range(9)], chance.choice((1, 4, 6, 8)))
        said.append([await says(db, prompt, one, chance.choice(STEPS), 7 * week) for one in people])
    assert any(groups for *_, groups in expected)
    assert await db.read(weather.latest, "T2", CIRCLE) is None


async def test_after_ninety_days_nobodys_is_kept_as_she_said_it_and_the_sum_stays(db: Database) -> None:
    for week in range(5):
        prompt = await asks(db, 7 * week)
        for n in range(6):
            await says(db, prompt, f"U{n}", "foggy", 7 * week + (n == 5))
    before = await db.read(kept)
    await db.write(weather.sweep, NOW + timedelta(days=89))
    assert len(await db.read(as_said)) == 30
    await db.write(weather.sweep, NOW + timedelta(days=90))
    assert {one for one in await db.read(as_said) if one.startswith("prompt-0/")} == {"prompt-0/U5"}
    await db.write(weather.sweep, NOW + timedelta(days=92))
    assert not {one for one in await db.read(as_said) if one.startswith("prompt-0/")}
    assert await db.read(kept) == before == [of([0, 21], [[Said(f"U{n}", "foggy")] * 4 for n in range(6)])]
    again = replace(a_reflection(None, prompt="prompt-0", arriving="sunny", revision="9"), id="prompt-0/U0")
    late = NOW + timedelta(days=100)
    await db.write(reflections.keep, a_visit(now=late), again)
    await db.write(weather.sweep, late + timedelta(days=91))
    assert await db.read(as_said) == set()
    assert (await db.read(kept))[0] == before[0], "no sum is ever changed"


async def test_where_a_circle_is_asked_once_a_month_a_sum_comes_before_anything_goes(db: Database) -> None:
    said = []
    for month in range(3):
        prompt = await asks(db, 28 * month)
        said.append([await says(db, prompt, f"U{n}", "windy", 28 * month) for n in range(5)])
    assert await db.read(kept) == []
    await db.write(weather.sweep, at(92))
    assert await db.read(kept) == [of([0, 28], said[:2])]
    assert {one.partition("/")[0] for one in await db.read(as_said)} == {"prompt-28", "prompt-56"}
    await db.write(weather.sweep, at(92 + 28))
    await db.write(weather.sweep, at(92 + 56))
    assert await db.read(kept) == [of([0, 28], said[:2]), of([56, 56], said[2:])], "the last one, still open"
    assert await db.read(as_said) == set()


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)
