"""Words arrive in any order, twice, and at the same moment: in the end the newest stand, or none if deleted."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices import reflections as decide
from practices.model import Heard, Visit
from store import outbox, prompts, reflections
from store.engine import Database
from tests.store.things import (
    CHANNEL,
    COMMUNITY,
    LEASE,
    NOW,
    PROMPT,
    a_message,
    a_prompt,
    a_reflection,
    a_visit,
    later,
)

THREAD = "1.000001"
EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_replies = count(1000)


@dataclass(frozen=True)
class News:
    """One event about a reply, as Slack sends it."""

    what: Literal["said", "changed", "deleted"]
    text: str = ""
    revision: str = ""


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[News], list[int]]:
    """What happened to a reply, and in which order it is heard of, some of it twice."""
    words = draw(st.lists(st.sampled_from(["Sun.", "Rain.", "Fog."]), min_size=1, max_size=5))
    happened = [News("said", words[0])]
    happened += [News("changed", word, f"{200 + n}.000001") for n, word in enumerate(words[1:])]
    if draw(st.booleans()):
        happened.append(News("deleted"))
    heard = [*range(len(happened)), *draw(st.lists(st.integers(0, len(happened) - 1), max_size=4))]
    return happened, draw(st.permutations(heard))


async def open_prompt(db: Database) -> None:
    """The question of this week stands in the channel."""
    await db.write(
        prompts.ask,
        COMMUNITY,
        a_prompt(),
        NOW,
        (a_message("invitation", purpose="prompt", subject=PROMPT),),
        NOW,
    )
    await db.write(outbox.said, COMMUNITY, "invitation", CHANNEL, THREAD, NOW)


async def arrives(db: Database, ts: str, news: News, key: str) -> None:
    """What a listener does with it: look, decide, keep."""
    visit = a_visit(key)
    before, prompt = await db.read(reflections.place, COMMUNITY, CHANNEL, ts, THREAD)
    if news.what == "deleted":
        await _gone(db, visit, ts, before)
        return
    heard = Heard(news.what, CHANNEL, ts, "U1", news.text, THREAD, news.revision)
    if reflection := decide.hear(prompt, visit, heard, before):
        await db.write(reflections.keep, visit, reflection)


async def _gone(db: Database, visit: Visit, ts: str, before: decide.Reflection | None) -> None:
    if before:
        await db.write(reflections.drop, visit, before)
    else:
        await db.write(reflections.bury, visit, CHANNEL, ts)


async def _one_by_one(arrivals: list[Awaitable[None]]) -> None:
    for arrival in arrivals:
        await arrival


async def _at_once(arrivals: list[Awaitable[None]]) -> None:
    await asyncio.gather(*arrivals)


async def _ends_as_it_should(
    db: Database,
    history: tuple[list[News], list[int]],
    how: Callable[[list[Awaitable[None]]], Awaitable[None]],
) -> None:
    happened, order = history
    ts = f"{next(_replies)}.000001"
    await how([arrives(db, ts, happened[n], f"{ts}/{n}") for n in order])
    stands = await db.read(reflections.at, COMMUNITY, CHANNEL, ts)
    last = happened[-1]
    if last.what == "deleted":
        assert stands is None
    else:
        assert stands
        assert (stands.text, stands.revision) == (last.text, last.revision)
        assert stands.edited == (last.what == "changed")


@EXAMPLES
@given(history=histories())
async def test_the_newest_words_stand_in_whatever_order_they_are_heard_of(
    db: Database, history: tuple[list[News], list[int]]
) -> None:
    await open_prompt(db)
    await _ends_as_it_should(db, history, _one_by_one)


@EXAMPLES
@given(history=histories())
async def test_the_newest_words_stand_when_everything_is_heard_of_at_once(
    db: Database, history: tuple[list[News], list[int]]
) -> None:
    await open_prompt(db)
    await _ends_as_it_should(db, history, _at_once)


async def test_a_member_is_one_voice_however_much_she_says(db: Database) -> None:
    await open_prompt(db)
    for n, member in enumerate(("U1", "U2", "U1", "U1")):
        await db.write(reflections.keep, a_visit(), a_reflection(f"10{n}.000001", member=member))
    assert await db.read(prompts.voices, COMMUNITY, PROMPT) == 2
    assert len(await db.read(reflections.of, COMMUNITY, PROMPT)) == 4
    assert await db.read(reflections.of, "T2", PROMPT) == []


async def test_a_check_in_knows_its_card_once_it_stands_in_the_thread(db: Database) -> None:
    await open_prompt(db)
    written = a_reflection(None)
    card = a_message("card", purpose="card", subject=written.id, thread=THREAD)
    await db.write(reflections.keep, a_visit(), written, (card,))
    claimed = await db.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    assert claimed
    assert [message for message, _ in claimed] == [card]
    await db.write(outbox.said, COMMUNITY, "card", CHANNEL, "300.000001", NOW)
    stands = await db.read(reflections.at, COMMUNITY, CHANNEL, "300.000001")
    assert stands
    assert (stands.id, stands.text) == (written.id, written.text)


async def test_a_card_that_was_only_promised_is_not_posted_once_its_answer_is_deleted(db: Database) -> None:
    await open_prompt(db)
    written = a_reflection(None)
    card = a_message("card", purpose="card", subject=written.id, thread=THREAD)
    await db.write(reflections.keep, a_visit(), written, (card,))
    assert await db.write(reflections.drop, a_visit(), written)
    assert await db.write(outbox.claim, NOW, NOW, "one", LEASE, ()) == []
    await db.write(reflections.keep, a_visit(), written, (card,))
    assert await db.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    assert not await db.write(reflections.drop, a_visit(), written), "it is on its way just now"
    await db.write(outbox.said, COMMUNITY, "card", CHANNEL, "300.000001", NOW)
    assert not await db.write(reflections.drop, a_visit(), written), "it stands there since"
    stands = await db.read(reflections.by_id, COMMUNITY, written.id)
    assert stands
    assert await db.write(reflections.drop, a_visit(), stands)


async def test_the_marks_of_deleted_replies_are_swept_when_nothing_late_can_come(db: Database) -> None:
    await open_prompt(db)
    await db.write(reflections.bury, a_visit(), CHANNEL, "100.000001")
    assert await db.write(reflections.keep, a_visit(), a_reflection("100.000001")) is False
    assert await db.write(reflections.sweep, NOW) == 0
    assert await db.write(reflections.sweep, later(1)) == 1
    assert await db.write(reflections.keep, a_visit(), a_reflection("100.000001")) is True
