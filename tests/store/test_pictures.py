"""Pictures of messages: what is kept until Slack has them, on both engines."""

from dataclasses import replace

from practices.model import Drawing, Message
from practices.pictures import MOST
from store import outbox, pictures
from store.engine import Database
from store.schema import outbox as table
from tests.store.things import COMMUNITY, LEASE, NOW, a_message, later


def drawing(id_: str, sha: str = "one") -> Drawing:
    return Drawing(id_, sha, "voices", "Voices", "Three voices.", "<svg/>", 720)


async def say(db: Database, message: Message, ts: str = "1.000001") -> None:
    """It is promised, and stands in Slack."""
    await db.write(outbox.promise, COMMUNITY, (message,), NOW)
    await db.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    await db.write(outbox.said, COMMUNITY, message.id, "C1", ts, NOW)


async def kept_words(db: Database) -> list[str]:
    rows = await db.read(lambda c: c.execute(table.select().order_by(table.c.seq)).mappings().all())
    return [row["text"] for row in rows if row["text"]]


async def up(db: Database, post: str, file: str) -> None:
    for one in await db.read(pictures.wanted, COMMUNITY, post):
        assert await db.write(pictures.up, COMMUNITY, one.id, file)


async def test_words_stay_until_a_late_picture_is_there_and_then_go(db: Database) -> None:
    late = a_message("first", pictures=(drawing("p1"),))
    await say(db, late)
    assert await kept_words(db) == [late.text]
    assert await db.write(pictures.claim_late, NOW, NOW, LEASE) == [(COMMUNITY, "first")]
    assert await db.write(pictures.claim_late, NOW, NOW, LEASE) == []
    await db.write(pictures.not_up, COMMUNITY, "first", NOW)
    assert await db.read(outbox.next_look, NOW) == later(1)
    assert await db.write(pictures.claim_late, NOW, later(1), LEASE) == [(COMMUNITY, "first")]
    await up(db, "first", "F1")
    whole = replace(late, id="whole", kind="update", ts="1.000001", channel="C1", pictures=(drawing("p2"),))
    for _ in range(2):  # whoever was held up does it once more
        await db.write(outbox.complete, COMMUNITY, "first", whole, NOW)
    there = await db.read(pictures.there, COMMUNITY, "whole")
    assert [file for _, file in there.values()] == ["F1"], "the same drawing is not uploaded again"
    await say(db, whole)
    assert await kept_words(db) == []
    assert not await db.write(outbox.said, COMMUNITY, "first", "C1", "1.000001", NOW), "that was known"
    (out,) = await db.write(pictures.claim_out, NOW, NOW, LEASE) or ()
    assert out.file is None, "it is shown still"


async def test_what_is_said_anew_takes_late_pictures_and_old_words_with_it(db: Database) -> None:
    await say(db, a_message("first", pictures=(drawing("p1"), drawing("p2", "other"))))
    (one, _) = await db.read(pictures.wanted, COMMUNITY, "first")
    await db.write(pictures.up, COMMUNITY, one.id, "F1")
    again = a_message("again", text="Other words.", kind="update", ts="1.000001", channel="C1")
    await db.write(outbox.promise, COMMUNITY, (again,), NOW)
    assert await kept_words(db) == ["Other words."]
    assert await db.read(pictures.wanted, COMMUNITY, "first") == []
    assert await db.write(pictures.up, COMMUNITY, "p2", "F2") is False, "nobody waits for it"
    await say(db, again)
    assert [out.file for out in await db.write(pictures.claim_out, NOW, NOW, LEASE) or ()] == ["F1"]
    assert await db.read(pictures.next_try, NOW) == NOW + LEASE
    await db.write(pictures.gone, COMMUNITY, "p1")
    assert await db.read(pictures.next_try, NOW) is None


async def test_a_late_picture_never_brings_back_what_was_said_before_it(db: Database) -> None:
    await say(db, a_message("post"))
    one = a_message("one", kind="update", ts="1.000001", pictures=(drawing("p1"),))
    two = a_message("two", kind="update", ts="1.000001")
    await db.write(outbox.promise, COMMUNITY, (one, two), NOW)
    await db.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    await db.write(outbox.said, COMMUNITY, "one", "C1", "1.000001", NOW)
    assert await db.write(pictures.claim_late, NOW, NOW, LEASE) == [(COMMUNITY, "one")]
    await up(db, "one", "F1")
    assert await db.read(outbox.to_complete, COMMUNITY, "one") is None, "the next content is promised already"
    await db.write(pictures.settle, COMMUNITY, "one")
    assert await db.read(pictures.next_try, NOW) is None
    assert await kept_words(db) == ["Words of two."]
    await db.write(outbox.said, COMMUNITY, "two", "C1", "1.000001", NOW)
    assert [out.file for out in await db.write(pictures.claim_out, NOW, NOW, LEASE) or ()] == ["F1"]


async def test_a_picture_that_never_comes_is_given_up_and_its_words_go(db: Database) -> None:
    await say(db, a_message("first", pictures=(drawing("p1"),)))
    for _ in range(MOST):
        assert await kept_words(db) == ["Words of first."]
        await db.write(pictures.not_up, COMMUNITY, "first", NOW)
    assert await kept_words(db) == []
    assert await db.read(pictures.next_try, NOW) is None


async def test_pictures_of_what_is_not_said_go(db: Database) -> None:
    await db.write(outbox.promise, COMMUNITY, (a_message("first", pictures=(drawing("p1"),)),), NOW)
    await db.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    await up(db, "first", "F1")
    await db.write(outbox.failed, COMMUNITY, "first", "one", "channel_not_found")
    assert [out.file for out in await db.write(pictures.claim_out, NOW, NOW, LEASE) or ()] == ["F1"]
