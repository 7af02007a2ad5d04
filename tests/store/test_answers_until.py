"""Answers go a year after they were given, with their cards and quotes; how many there were stays for ever."""

from dataclasses import replace
from datetime import datetime, timedelta

from practices.model import Message, Reflection
from store import circles, figures, mine, outbox, privacy, prompts, reflections
from store.engine import Database
from tests.store.test_kept_until import Saying
from tests.store.things import (
    CHANNEL,
    CIRCLE,
    COMMUNITY,
    NOW,
    PROMPT,
    a_circle,
    a_prompt,
    a_reflection,
    a_visit,
)
from workspace.mine import until

THREAD = "1.000001"
YEAR = NOW + timedelta(days=365)


class Words(Saying):
    """What is taken out of Slack, in short."""

    def card(self, one: Reflection) -> tuple[Message, ...]:
        return (
            Message(
                f"out/{one.id}", COMMUNITY, "card", one.id, "", channel=CHANNEL, kind="delete", ts=one.ts
            ),
        )


async def asked(db: Database) -> None:
    """A question and its digest stand in the channel."""
    await db.write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    await db.write(prompts.landed, COMMUNITY, PROMPT, THREAD, NOW)
    await db.write(prompts.digest_landed, COMMUNITY, PROMPT, "2.000001", NOW)


async def answered(db: Database) -> None:
    """Three people on the day, one of them twice, and again a week later; one may be quoted."""
    for ts, member, via, days in (
        ("10.1", "U1", "modal", 0),
        ("10.2", "U2", "thread", 0),
        ("10.3", "U3", "thread", 0),
        ("10.4", "U3", "thread", 7),
    ):
        one = a_reflection(ts, member=member, kept_at=NOW + timedelta(days=days), may_quote=via == "modal")
        await db.write(reflections.keep, a_visit(member=member), replace(one, via=via))  # type: ignore[arg-type]


async def sweeps(db: Database, now: datetime) -> int:
    due = await db.read(privacy.answers_over, now)
    for one in due:
        await db.write(privacy.end_answers, one.community, one.id, now, Words())
    return len(due)


async def left(db: Database) -> list[str]:
    return [str(one.ts) for one in await db.read(reflections.of, COMMUNITY, PROMPT)]


async def test_an_answer_goes_after_a_year_and_its_voice_counts_on(db: Database) -> None:
    await asked(db)
    await answered(db)
    assert await sweeps(db, YEAR - timedelta(days=1)) == 0
    (hers,) = await db.read(mine.written, COMMUNITY, "U1")
    assert until(hers) == " · kept until 3 Nov 2027"
    assert await sweeps(db, YEAR) == 1
    assert await left(db) == ["10.4"]
    assert await db.read(prompts.voices, COMMUNITY, PROMPT) == 3
    prompt = await db.read(prompts.by_id, COMMUNITY, PROMPT)
    assert prompt
    assert (prompt.voices, prompt.closed) == (2, True), "after a year it takes no answers any more"
    due = await db.write(outbox.claim, YEAR, YEAR, "one", timedelta(minutes=1), ())
    assert [(one.kind, one.ts) for one, _ in due] == [("delete", "10.1")], (
        "what was said in the thread stands there"
    )
    assert [one.id for one, _ in await db.read(prompts.digests_again_due, YEAR)] == [PROMPT]
    assert [voices for _, voices in await db.read(prompts.redraws_due, YEAR)] == [3]
    assert await sweeps(db, YEAR + timedelta(days=6)) == 0
    assert await sweeps(db, YEAR + timedelta(days=7)) == 1
    assert await left(db) == []
    assert await db.read(prompts.voices, COMMUNITY, PROMPT) == 3
    assert [one.voices for one in (await db.read(figures.material, COMMUNITY, CIRCLE)).weeks] == [3]
    assert await db.read(figures.voices, COMMUNITY, CIRCLE, 4) == [3], "on a convener's page too"
    assert await sweeps(db, YEAR + timedelta(days=800)) == 0


async def test_in_a_kept_thread_answers_stay_as_long_as_the_thread(db: Database) -> None:
    await db.write(circles.keep, a_visit(), a_circle(memory="practice"), NOW, ())
    await asked(db)
    await answered(db)
    assert await sweeps(db, YEAR) == 1
    assert len(await left(db)) == 4
    (hers,) = await db.read(mine.written, COMMUNITY, "U1")
    assert until(hers) == " · kept as long as its thread"
    assert await sweeps(db, YEAR + timedelta(days=1)) == 0, "it is looked at again in a month"
