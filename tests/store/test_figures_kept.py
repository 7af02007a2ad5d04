"""What of a circle may be counted: closed questions, distinct people, ripples that stand in the channel."""

from dataclasses import replace
from datetime import date, timedelta

from practices.writings import Writing
from store import figures, prompts, reflections, sealing, writings
from store.engine import Database
from tests.people import KEY
from tests.store.things import (
    CHANNEL,
    CIRCLE,
    COMMUNITY,
    NOW,
    a_prompt,
    a_reflection,
    a_visit,
    later,
    unhurried,
)

RIPPLE = Writing(
    id="ripple-1", community=COMMUNITY, form="ripple", author="U1", visibility="circle",
    answers={"noticed": "A bench."}, written_at=NOW, circle=CIRCLE, channel=CHANNEL, ts="9.1",
)  # fmt: skip


async def asked(db: Database, week: int) -> None:
    day = date(2026, 11, 3) + timedelta(weeks=week)
    prompt = a_prompt(id=f"prompt-{week}", local_date=day, on=day)
    await db.write(prompts.ask, COMMUNITY, prompt, later(week), (), NOW)
    await db.write(prompts.landed, COMMUNITY, prompt.id, f"{week}.5", NOW)


async def test_people_are_counted_once_and_a_question_that_is_open_is_not(url: str, db: Database) -> None:
    del url
    await asked(db, 1)
    for n, member in enumerate(("U1", "U1", "U2")):
        said = a_reflection(f"7.{n}", prompt="prompt-1", member=member, arriving="sunny" if n else "")
        await db.write(reflections.keep, a_visit(), said)
    await asked(db, 2)
    await db.write(reflections.keep, a_visit(), a_reflection("8.1", prompt="prompt-2"))
    found = await db.read(figures.material, COMMUNITY, CIRCLE)
    assert [(week.on.day, week.voices) for week in found.weeks] == [(10, 2)]
    assert await db.read(figures.material, "T2", CIRCLE) == figures.Material()


async def test_only_ripples_that_people_can_read_in_the_channel_are_there(url: str, db: Database) -> None:
    locked = unhurried(url, keys=sealing.keyring(KEY))
    try:
        for n, (seen, ts, released) in enumerate(
            (
                ("circle", "9.1", False),
                ("everyone", "9.2", False),
                ("circle", None, False),  # still on its way
                ("me", None, False),
                ("conveners", None, False),
                ("unnamed", None, False),
                ("unnamed", None, True),
            )
        ):
            batch = "batch-1" if released else ""
            one = replace(RIPPLE, id=f"ripple-{n}", visibility=seen, ts=ts, released=released, batch=batch)
            await locked.write(writings.keep, a_visit(), one)
        found = await locked.read(figures.material, COMMUNITY, CIRCLE)
        assert sorted(one.id for one in found.ripples) == ["ripple-0", "ripple-1", "ripple-6"]
        assert not [one.author for one in found.ripples if one.visibility == "unnamed" and one.author]
    finally:
        await locked.close()
