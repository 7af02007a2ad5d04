"""What was promised is said in order, by one speaker at a time, and marked once."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import Connection, select

from practices.model import Message
from store import outbox
from store.engine import Database
from store.schema import outbox as table
from tests.store.things import COMMUNITY, LEASE, NOW, a_message, later


async def promise(db: Database, *messages: Message, due: datetime = NOW) -> None:
    await db.write(outbox.promise, COMMUNITY, messages, due)


async def claim(
    db: Database, owner: str = "one", now: datetime = NOW, real: datetime = NOW, busy: Sequence[str] = ()
) -> list[str]:
    """The ids of what this speaker may say now."""
    claimed = await db.write(outbox.claim, now, real, owner, LEASE, busy)
    return [message.id for message, _ in claimed or ()]


async def doubtful(
    db: Database, owner: str = "one", real: datetime = NOW, busy: Sequence[str] = ()
) -> list[str]:
    found = await db.write(outbox.doubtful, NOW, real, owner, LEASE, busy)
    return [message.id for message, _ in found or ()]


async def say(db: Database, message: str, ts: str = "1.000001", channel: str = "C1") -> bool | None:
    return await db.write(outbox.said, COMMUNITY, message, channel, ts, NOW)


async def test_a_channel_hears_one_message_after_another(db: Database) -> None:
    await promise(db, a_message("first"), a_message("second"), a_message("third"))
    assert await claim(db) == ["first"]
    assert await claim(db) == []
    assert await claim(db, "another") == []
    await say(db, "first")
    assert await claim(db) == ["second"]
    await say(db, "second")
    assert await claim(db, "another") == ["third"]


async def test_channels_and_people_do_not_wait_for_each_other(db: Database) -> None:
    await promise(
        db,
        a_message("here"),
        a_message("here, later"),
        a_message("there", channel="C2"),
        a_message("to her", channel="", member="U1"),
        a_message("to him", channel="", member="U2"),
    )
    assert await claim(db) == ["here", "there", "to her", "to him"]


async def test_what_waits_its_turn_is_not_overtaken(db: Database) -> None:
    await promise(db, a_message("frozen"), a_message("behind it"))
    assert await claim(db) == ["frozen"]
    await db.write(outbox.again, COMMUNITY, "frozen", "one", later(30))
    assert await claim(db, real=later(29)) == []
    assert await claim(db, real=later(30)) == ["frozen"]


async def test_what_is_due_later_holds_back_what_was_promised_after_it(db: Database) -> None:
    await promise(db, a_message("tomorrow"), due=later(86_400))
    await promise(db, a_message("now"))
    assert await claim(db) == []
    assert await claim(db, now=later(86_400)) == ["tomorrow"]


async def test_nobody_speaks_where_this_process_is_speaking(db: Database) -> None:
    await promise(db, a_message("here"), a_message("there", channel="C2"))
    assert await claim(db, busy=("C1",)) == ["there"]


async def test_a_promise_is_made_once(db: Database) -> None:
    await promise(db, a_message("first"))
    await promise(db, a_message("first", text="other words"))
    assert await claim(db) == ["first"]
    await say(db, "first")
    await promise(db, a_message("first"))
    assert await claim(db) == []


async def test_many_speakers_share_the_work(db: Database) -> None:
    wanted = [f"message {number}" for number in range(30)]
    await promise(db, *(a_message(name, channel=f"C{n}") for n, name in enumerate(wanted)))
    shares = await asyncio.gather(*(claim(db, f"speaker {n}") for n in range(5)))
    assert sorted(name for share in shares for name in share) == sorted(wanted)


async def test_a_speaker_that_is_silent_is_looked_after_when_its_lease_is_over(db: Database) -> None:
    await promise(db, a_message("unclear"))
    await claim(db, "dead")
    assert await db.read(outbox.next_look, NOW) == NOW + LEASE
    assert await doubtful(db, real=later(59)) == []
    assert await doubtful(db, "one", real=later(60)) == ["unclear"]
    assert await doubtful(db, "another", real=later(60)) == []
    await db.write(outbox.again, COMMUNITY, "unclear", "dead")  # it comes to itself, too late
    assert await claim(db, real=later(61)) == []
    await db.write(outbox.again, COMMUNITY, "unclear", "one")
    assert await claim(db, real=later(61)) == ["unclear"]


async def test_a_process_does_not_doubt_what_it_is_saying(db: Database) -> None:
    await promise(db, a_message("slow"))
    await claim(db)
    assert await doubtful(db, real=later(100), busy=("C1",)) == []
    assert await doubtful(db, real=later(100)) == ["slow"]


async def test_an_unclear_answer_rests_before_it_is_looked_for(db: Database) -> None:
    await promise(db, a_message("unclear"))
    await claim(db)
    await db.write(outbox.doubt, COMMUNITY, "unclear", "another", later(5))  # not its to doubt
    await db.write(outbox.doubt, COMMUNITY, "unclear", "one", later(45))
    assert await db.read(outbox.next_look, NOW) == later(45)
    assert await doubtful(db, real=later(44)) == []
    assert await doubtful(db, real=later(45)) == ["unclear"]


async def test_its_own_echo_marks_a_message_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    landed: list[tuple[str, str]] = []

    def landing(_connection: Connection, _community: str, subject: str, ts: str, _now: datetime) -> None:
        landed.append((subject, ts))

    monkeypatch.setitem(outbox.LANDINGS, "landing", landing)
    await promise(db, a_message("first", purpose="landing"))
    await claim(db)
    outcomes = await asyncio.gather(*(say(db, "first", "7.000001") for _ in range(5)))
    assert sorted(bool(one) for one in outcomes) == [False, False, False, False, True]
    assert landed == [("first", "7.000001")]
    await db.write(
        outbox.doubt, COMMUNITY, "first", "one", NOW
    )  # the answer to the call comes after its echo
    await db.write(outbox.again, COMMUNITY, "first", "one")
    assert await doubtful(db, real=later(100)) == []
    assert await claim(db, real=later(100)) == []


async def test_an_echo_marks_what_another_process_is_in_doubt_about(db: Database) -> None:
    await promise(db, a_message("first"))
    await claim(db, "dead")
    assert await say(db, "first") is True
    assert await doubtful(db, real=later(100)) == []


async def test_the_words_are_dropped_once_they_stand_in_slack(db: Database) -> None:
    def words(connection: Connection) -> list[tuple[object, object]]:
        return [(row.text, row.blocks) for row in connection.execute(select(table.c.text, table.c.blocks))]

    await promise(db, a_message("first", blocks=({"type": "divider"},)))
    assert await db.read(words) == [("Words of first.", [{"type": "divider"}])]
    await claim(db)
    await say(db, "first")
    assert await db.read(words) == [(None, None)]


async def test_what_cannot_be_said_makes_room_for_the_next(db: Database) -> None:
    await promise(db, a_message("impossible"), a_message("next"))
    await claim(db)
    await db.write(outbox.failed, COMMUNITY, "impossible", "one", "is_archived")
    assert await claim(db) == ["next"]


async def test_the_alarm_is_set_for_what_comes_next(db: Database) -> None:
    assert await db.read(outbox.next_due, NOW) is None
    assert await db.read(outbox.next_look, NOW) is None
    await promise(db, a_message("later"), due=later(50))
    await promise(db, a_message("soon", channel="C2"), due=later(20))
    assert await db.read(outbox.next_due, NOW) == later(20)
    assert await claim(db, now=later(20)) == ["soon"]
    assert await db.read(outbox.next_due, NOW) == later(50)
    await db.write(outbox.again, COMMUNITY, "soon", "one", later(33))
    assert await db.read(outbox.next_due, NOW) == later(50)
    assert await db.read(outbox.next_look, NOW) == later(33)


async def test_the_log_of_long_ago_is_swept_and_nothing_else(db: Database) -> None:
    await promise(db, a_message("old"), a_message("unsaid"))
    await claim(db)
    await say(db, "old")
    month = NOW + outbox.LOG_KEPT
    assert await db.write(outbox.sweep, month) == 0
    assert await db.write(outbox.sweep, month.replace(minute=31)) == 1
    assert await claim(db) == ["unsaid"]
