"""Digests are prepared once for their time, drafts are locked, and a quote taken back asks for another digest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select

from practices.learning import Draft, edited
from practices.writings import Writing
from store import figures, prompts, reflections, sealing, writings
from store import learning as kept
from store.engine import Database
from store.schema import learning
from tests.people import KEY
from tests.store.things import (
    CHANNEL,
    CIRCLE,
    COMMUNITY,
    NOW,
    PROMPT,
    a_message,
    a_prompt,
    a_reflection,
    a_visit,
    unhurried,
)

DRAFT = Draft("draft-1", COMMUNITY, CIRCLE, CHANNEL, date(2026, 11, 1), date(2026, 12, 1))
LATER = NOW + timedelta(days=30)


def rows(connection: Connection, community: str) -> str:
    return str(connection.execute(select(learning).where(learning.c.community_id == community)).all())


async def prepared(db: Database) -> None:
    await db.write(kept.set_rhythm, a_visit(), CIRCLE, "month", NOW)
    await db.write(kept.prepare, COMMUNITY, DRAFT, NOW, LATER, (a_message("ready"),), NOW)


async def test_it_is_prepared_once_and_the_next_one_is_due_then(url: str, db: Database) -> None:
    del url
    await db.write(kept.set_rhythm, a_visit(), CIRCLE, "month", NOW)
    assert await db.read(kept.rhythms_due, NOW) == [(COMMUNITY, CIRCLE, "month", NOW)]
    for _ in range(2):
        await db.write(kept.prepare, COMMUNITY, DRAFT, NOW, LATER, (a_message("ready"),), NOW)
    assert await db.read(kept.rhythms_due, NOW) == []
    assert await db.read(kept.next_due, NOW) == LATER
    assert await db.read(kept.by_id, COMMUNITY, DRAFT.id) == DRAFT
    assert await db.read(kept.by_id, "T2", DRAFT.id) is None
    assert await db.read(kept.rhythm_of, COMMUNITY, CIRCLE) == "month"


async def test_a_draft_is_locked_and_a_missing_key_leaves_the_rest(url: str, db: Database) -> None:
    await prepared(db)
    locked = unhurried(url, keys=sealing.keyring(KEY))
    try:
        changed = edited(DRAFT, "CANARY", ["quote-1"])
        assert await locked.write(kept.edit, a_visit(), changed)
        assert await locked.read(kept.by_id, COMMUNITY, DRAFT.id) == changed
        assert "CANARY" not in await locked.read(rows, COMMUNITY)
    finally:
        await locked.close()
    without = await db.read(kept.by_id, COMMUNITY, DRAFT.id)
    assert without
    assert (without.note, without.note_lost, without.left_out) == ("", True, ("quote-1",))


async def test_what_was_said_in_the_last_week_of_a_month_is_in_the_next_digest(
    url: str, db: Database
) -> None:
    del url
    last = a_prompt(local_date=date(2026, 11, 26), on=date(2026, 11, 26), open_until=date(2026, 12, 3))
    await db.write(prompts.ask, COMMUNITY, last, NOW, (), NOW)
    await db.write(prompts.landed, COMMUNITY, PROMPT, "1.1", NOW)
    await db.write(reflections.keep, a_visit(), a_reflection("7.1", text="Yes.", may_quote=True))
    after = a_prompt(id="prompt-2", local_date=date(2026, 12, 10), on=date(2026, 12, 10))  # one was missed
    await db.write(prompts.ask, COMMUNITY, after, LATER, (), NOW)
    december = replace(DRAFT, id="draft-2", since=date(2026, 12, 1), until=date(2027, 1, 1))
    assert await db.read(kept.quotes, COMMUNITY, DRAFT) == []
    assert [one.words for one in await db.read(kept.quotes, COMMUNITY, december)] == ["Yes."]
    (week,) = (await db.read(figures.material, COMMUNITY, CIRCLE)).weeks
    assert (week.on, week.closed_on) == (date(2026, 11, 26), date(2026, 12, 10))


async def test_what_is_shared_in_a_form_is_quoted_in_the_digest_of_the_day_on_which_it_was_shown(
    url: str, db: Database
) -> None:
    await prepared(db)
    locked = unhurried(url, keys=sealing.keyring(KEY))
    shown_on = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    one = Writing(
        "w1", COMMUNITY, "ripple", "U1", "circle", {"noticed": "A bench."}, NOW, CIRCLE, CHANNEL, may_quote=True,
        ts=f"{shown_on.timestamp():.6f}",
    )  # fmt: skip
    others = (
        replace(one, id="w2", ts=f"{(shown_on + timedelta(minutes=1)).timestamp():.6f}"),
        replace(one, id="w3", visibility="conveners", ts=None),
        replace(one, id="w4", may_quote=False, ts="1793700000.000001"),
        replace(one, id="w5", ts=None, hidden=True),
    )
    try:
        for writing in (one, *others):
            assert await locked.write(writings.keep, a_visit(), writing)
        assert [found.id for found in await locked.read(kept.quotes, COMMUNITY, DRAFT)] == ["w1"]
        assert await locked.read(kept.quotes, "T2", DRAFT) == []
        assert await db.write(kept.post, a_visit(), DRAFT, "What we learned", ())
        await db.write(kept.landed, COMMUNITY, DRAFT.id, "9.9", NOW)
        await locked.write(writings.drop, a_visit(), others[0])
        assert await db.read(kept.redraws_due, NOW) == [], "that is in another month's"
        await locked.write(writings.keep, a_visit(), replace(one, visibility="me", revision=2))
        assert [draft.id for draft, _ in await db.read(kept.redraws_due, NOW)] == [DRAFT.id]
        assert await locked.read(kept.quotes, COMMUNITY, DRAFT) == []
    finally:
        await locked.close()


async def test_only_what_may_be_quoted_is_a_quote_and_taking_it_back_asks_for_another_digest(
    url: str, db: Database
) -> None:
    del url
    await prepared(db)
    await db.write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    await db.write(prompts.landed, COMMUNITY, PROMPT, "1.1", NOW)
    yes, no = a_reflection("7.1", text="Yes.", may_quote=True), a_reflection("7.2", text="No.")
    for one in (yes, no):
        await db.write(reflections.keep, a_visit(), one)
    next_week = a_prompt(id="prompt-2", local_date=date(2026, 11, 10), on=date(2026, 11, 10))
    await db.write(prompts.ask, COMMUNITY, next_week, NOW, (), NOW)
    assert [one.words for one in await db.read(kept.quotes, COMMUNITY, DRAFT)] == ["Yes."]
    assert await db.write(kept.post, a_visit(), DRAFT, "What we learned", ())
    assert not await db.write(kept.post, a_visit(), DRAFT, "What we learned", ())
    assert "What we learned" in await db.read(rows, COMMUNITY)
    await db.write(kept.landed, COMMUNITY, DRAFT.id, "9.9", NOW)
    assert "What we learned" not in await db.read(rows, COMMUNITY), "the channel and the memory have it"
    assert await db.read(kept.redraws_due, NOW) == []
    await db.write(reflections.drop, a_visit(), yes)
    ((again, asked_at),) = await db.read(kept.redraws_due, NOW)
    assert again.ts == "9.9"
    assert await db.read(kept.quotes, COMMUNITY, DRAFT) == []
    await db.write(kept.redrawn, COMMUNITY, DRAFT.id, asked_at, None, (), NOW)
    assert await db.read(kept.redraws_due, NOW) == []
