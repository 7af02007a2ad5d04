"""Keeping: whatever order it arrives in, what is deleted or left out stays so, down to the bytes of the file."""

import random
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Connection, text

from practices.archive import Channel, Utterance, Viewer, micros, moment, stamp
from practices.model import Member
from practices.recall import Query
from store import archive, channels, communities
from store.engine import Database
from store.search import search, thread
from tests.store.things import COMMUNITY, NOW, a_visit, later

ME = Viewer("U1")


def an_utterance(number: int = 0, **more: Any) -> Utterance:
    """Something Asha said in the lab."""
    ts = stamp((1_700_000_000 + number * 60) * 1_000_000 + number)
    return replace(Utterance(COMMUNITY, "C1", ts, ts, "U1", f"words number{number}"), **more)


async def settled(db: Database) -> None:
    """The lab, where everybody is."""
    await db.write(communities.remember, COMMUNITY, (Member("U1", "Asha"), Member("U2", "Bronwen")))
    await db.write(channels.learn, COMMUNITY, [Channel("C1", "lab")])
    await db.write(channels.members_are, COMMUNITY, "C1", ["U1", "U2"], NOW)


async def finds(db: Database, *words: str) -> list[str]:
    """The times of the messages in which these words are found, newest first."""
    page = await db.read(search, COMMUNITY, Query(words=words, sort="new"), ME, 100)
    return [hit.ts for hit in page.hits]


def state(connection: Connection) -> list[tuple[Any, ...]]:
    """Everything that is kept of messages, apart from our own keys."""
    rows = connection.execute(
        text(
            "SELECT m.community_id, c.id, m.ts_us, m.thread_us, v.member, v.name, m.revision_us, m.text, m.length, "
            "m.reactions, m.files, m.practice FROM message m JOIN channel c ON c.key = m.channel_key "
            "LEFT JOIN voice v ON v.key = m.voice_key ORDER BY 1, 2, 3"
        )
    )
    return [tuple(row) for row in rows]


def checked(connection: Connection) -> None:
    """FTS5's own check that the index says what the table says. Raises if it does not."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)"
        )


async def test_the_same_thing_said_twice_is_kept_once(db: Database) -> None:
    await settled(db)
    said = [an_utterance(n) for n in range(300)]

    assert await db.write(archive.remember, COMMUNITY, said) == 300
    assert await db.write(archive.remember, COMMUNITY, said + said[:7]) == 0
    assert await finds(db, "number17") == [said[17].ts]
    await db.write(checked)


@pytest.mark.parametrize("seed", range(5))
async def test_any_order_of_news_comes_to_the_same_end(db: Database, seed: int) -> None:
    """Creations, edits and deletions, shuffled and doubled, for three communities with the same ids."""
    chance = random.Random(seed)
    news: list[Utterance | tuple[str, str]] = []
    for number in range(12):
        first = an_utterance(number, author=chance.choice(["U1", "U2", "UBOT"]))
        news.append(first)
        for edit in range(chance.randrange(3)):
            revision = stamp((1_800_000_000 + edit) * 1_000_000)
            news.append(replace(first, text=f"edit{edit} of it", revision=revision))
        if chance.random() < 0.3:
            news.append((first.channel, first.ts))
    if seed % 2:
        news.append(replace(an_utterance(0), author="UBOT", text="as the bot posted it"))
        news.append(replace(an_utterance(0), author="U2", practice="checkin"))

    def tell(connection: Connection, community: str) -> None:
        channels.learn(connection, community, [Channel("C1", "lab")])
        told = news * 2
        chance.shuffle(told)
        while told:
            what = told.pop()
            if isinstance(what, Utterance):
                archive.remember(connection, community, [what])
            else:
                archive.remove(connection, community, *what, NOW)

    for community in ("T1", "T2", "T3"):
        await db.write(tell, community)
    kept = await db.read(state)
    one = [row[1:] for row in kept if row[0] == "T1"]
    assert one
    for other in ("T2", "T3"):
        assert [row[1:] for row in kept if row[0] == other] == one
    await db.write(checked)


async def test_an_edit_a_deletion_and_the_words_themselves_in_every_order(db: Database) -> None:
    await settled(db)
    for number, order in enumerate(permutations(("said", "edit", "gone"))):
        one = an_utterance(number)
        for what in order:
            if what == "gone":
                await db.write(archive.remove, COMMUNITY, "C1", one.ts, NOW)
            else:
                again = replace(one, text="newer", revision="1800000000.000000") if what == "edit" else one
                await db.write(archive.remember, COMMUNITY, [again])
        assert await finds(db) == await finds(db, "newer") == []
        assert await db.read(thread, COMMUNITY, "C1", one.ts, ME) is None


async def test_a_newer_wording_replaces_the_older_in_the_index_too(db: Database) -> None:
    await settled(db)
    one = an_utterance(text="rivers")
    newer = replace(one, text="bridges", revision="1800000000.000000")
    await db.write(archive.remember, COMMUNITY, [one])

    assert await db.write(archive.remember, COMMUNITY, [newer]) == 1
    assert await db.write(archive.remember, COMMUNITY, [one]) == 0
    assert (await finds(db, "rivers"), await finds(db, "bridge")) == ([], [one.ts])
    assert not await db.write(archive.remove, COMMUNITY, "C1", "1700000000.999999", NOW)
    assert await db.write(archive.remove, COMMUNITY, "C1", one.ts, NOW)
    assert await finds(db, "bridges") == []
    await db.write(checked)


async def test_nothing_of_direct_and_group_messages_is_kept(db: Database) -> None:
    await settled(db)
    await db.write(channels.learn, COMMUNITY, [Channel("G1", "mpdm", "group"), Channel("X1", "", "dm")])
    said = [an_utterance(n, channel=channel) for n, channel in enumerate(("G1", "X1", "D1", "D2"))]

    assert await db.write(archive.remember, COMMUNITY, said) == 0
    assert (await db.read(archive.stats, COMMUNITY)).messages == 0


async def test_an_unknown_channel_is_readable_by_nobody_until_it_is_known(db: Database) -> None:
    await settled(db)
    await db.write(archive.remember, COMMUNITY, [an_utterance(channel="C9")])

    assert await finds(db, "words") == []
    assert not (await db.read(search, COMMUNITY, Query(words=("words",)), Viewer(None))).hits
    await db.write(channels.learn, COMMUNITY, [Channel("C9", "found", linked=False)])
    assert await finds(db, "words") == []
    assert (await db.read(search, COMMUNITY, Query(words=("words",)), Viewer(None))).hits
    await db.write(channels.learn, COMMUNITY, [Channel("C9", "found")])
    assert await finds(db, "words") == []
    await db.write(channels.members_are, COMMUNITY, "C9", ["U1"], NOW)
    assert len(await finds(db, "words")) == 1
    await db.write(channels.learn, COMMUNITY, [Channel("C9", "found", linked=False)])
    assert len(await finds(db, "words")) == 1, "an export does not take a channel out of Slack"


async def test_words_left_out_leave_a_place_and_stay_out(db: Database) -> None:
    await settled(db)
    root = an_utterance(0)
    mine = an_utterance(1, thread=root.ts)
    hers = an_utterance(2, thread=root.ts, author="U2")
    elsewhere = an_utterance(3)
    await db.write(archive.remember, COMMUNITY, [root, mine, hers, elsewhere])

    assert await db.write(archive.leave_out, a_visit(), "C1", root.ts) == 2
    later_on = an_utterance(4, thread=root.ts)
    await db.write(
        archive.remember, COMMUNITY, [later_on, replace(mine, revision="1800000000.0", text="words again")]
    )

    shown = await db.read(thread, COMMUNITY, "C1", root.ts, ME)
    assert shown
    assert [(one.author, one.text) for one in shown.messages] == [
        ("", ""), ("", ""), ("U2", hers.text), ("", "")
    ]  # fmt: skip
    assert await finds(db, "words") == [elsewhere.ts, hers.ts]
    assert (await db.read(archive.stats, COMMUNITY)).left_out == 3
    await db.write(checked)


async def test_somebody_who_never_wants_her_words_kept_is_heard_at_once(db: Database) -> None:
    await settled(db)
    await db.write(archive.remember, COMMUNITY, [an_utterance(0), an_utterance(1, author="U2")])

    assert await db.write(archive.never, a_visit(), True) == 1
    await db.write(archive.remember, COMMUNITY, [an_utterance(0), an_utterance(2)])
    assert await db.read(archive.never_keeps, COMMUNITY, "U1")
    assert await finds(db, "words") == [an_utterance(1).ts]
    await db.write(archive.never, a_visit(now=moment(micros(an_utterance(3).ts))), False)
    await db.write(archive.remember, COMMUNITY, [an_utterance(n) for n in (0, 2, 3, 4)])
    assert not await db.read(archive.never_keeps, COMMUNITY, "U1")
    assert await finds(db, "words") == [an_utterance(4).ts, an_utterance(1).ts], (
        "what was said before stays out"
    )


async def test_a_thread_is_chosen_once_and_may_get_a_title(db: Database) -> None:
    await settled(db)
    one = an_utterance(text="First line\nsecond")
    await db.write(archive.remember, COMMUNITY, [one])

    assert await db.write(archive.keep_thread, a_visit(), "C1", one.ts)
    assert not await db.write(archive.keep_thread, a_visit(member="U2"), "C1", one.ts)
    assert await db.read(archive.thread_kept, COMMUNITY, "C1", one.ts)
    assert not await db.read(archive.thread_kept, "T-OTHER", "C1", one.ts)
    assert await db.read(archive.kept_threads, COMMUNITY, "C1") == [one.ts]
    for title, called in (("", "First line"), ("How we began", "How we began")):
        assert await db.write(archive.retitle, COMMUNITY, "C1", one.ts, title)
        (hit,) = (await db.read(search, COMMUNITY, Query(words=("second",)), ME)).hits
        assert hit.title == called


async def test_who_is_in_a_channel_follows_what_slack_says(db: Database) -> None:
    await settled(db)
    await db.write(channels.learn, COMMUNITY, [Channel("C2", "den", "private")])
    await db.write(archive.remember, COMMUNITY, [an_utterance(channel="C2")])

    assert await db.read(channels.known_at, COMMUNITY, "C2") is None
    await db.write(channels.joined, COMMUNITY, "C2", "U1")
    assert await finds(db, "words") == [], "who else is there is not known yet"
    await db.write(channels.members_are, COMMUNITY, "C2", [], NOW)
    assert await finds(db, "words") == []
    for change, seen in (
        (channels.joined, 1),
        (channels.joined, 1),
        (channels.left, 0),
        (channels.joined, 1),
    ):
        await db.write(change, COMMUNITY, "C2", "U1")
        assert len(await finds(db, "words")) == seen
    await db.write(channels.members_are, COMMUNITY, "C2", ["U2"], later(5))
    assert await finds(db, "words") == []
    assert await db.read(channels.known_at, COMMUNITY, "C2") == later(5)
    assert await db.read(channels.by_name, COMMUNITY, "DEN") == Channel("C2", "den", "private")
    assert await db.read(channels.by_id, COMMUNITY, "C3") is None


async def test_a_burst_of_messages_is_kept_in_order(db: Database) -> None:
    """Hundreds within one second, in many channels, told backwards: far more than there are ids for."""
    await settled(db)
    said = [
        an_utterance(channel="C1", ts=f"1700000000.{n:06d}", thread=f"1700000000.{n:06d}") for n in range(700)
    ]

    assert await db.write(archive.remember, COMMUNITY, said) == 700
    assert await db.write(archive.remember, COMMUNITY, said[::-1]) == 0
    for limits in (Query(words=("words",), sort="new"),):
        page = await db.read(search, COMMUNITY, limits, ME, 100)
        assert [hit.ts for hit in page.hits] == [one.ts for one in said[::-1][:100]]
    await db.write(checked)


async def test_what_no_database_takes_is_kept_without_it(db: Database) -> None:
    await settled(db)
    odd = an_utterance(text="nul\0 half \ud83d caf\u0065\u0301", author_name="\0", files=("\ud83d.pdf",))
    nonsense = [an_utterance(ts=ts) for ts in ("", "x", "-1.0", "99999999999999.0")]

    assert await db.write(archive.remember, COMMUNITY, [odd, *nonsense]) == 1
    assert await finds(db, "café") == await finds(db, "nul") == [odd.ts]
    assert len(await finds(db, "la")) == 0
    long = an_utterance(5, text="la " * 20_000 + "end")
    await db.write(archive.remember, COMMUNITY, [long])
    assert await finds(db, "la", "end") == [long.ts]
