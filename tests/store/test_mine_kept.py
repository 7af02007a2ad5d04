"""All that is kept of one member's own words, and of nobody else's."""

from dataclasses import replace

from practices.mine import Counts
from practices.writings import Locked, Writing
from store import archive, mine, prompts, reflections, sealing, writings
from store.engine import Database
from tests.people import KEY
from tests.store.test_archive import an_utterance, settled
from tests.store.things import COMMUNITY, NOW, a_prompt, a_reflection, a_visit, later

MOMENT = Writing("moment-1", COMMUNITY, "moment", "U1", "me", {"happened": "Plum jam."}, NOW)


async def lived(db: Database) -> None:
    """U1 has written, answered and spoken, twice each; U2 once."""
    await settled(db)
    db.keys = sealing.keyring(KEY)
    await db.write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    for n, member in enumerate(("U1", "U2", "U1")):
        one = replace(MOMENT, id=f"moment-{n}", author=member, written_at=later(n))
        await db.write(writings.keep, a_visit(member=member), one)
        said = a_reflection(f"170000000{n}.000001", member=member, text=f"Answer {n}.", kept_at=later(n))
        await db.write(reflections.keep, a_visit(member=member), said)
    await db.write(
        archive.remember,
        COMMUNITY,
        [an_utterance(n, author="U1" if n % 2 else "U2", text=f"common {n}") for n in range(1204)],
    )


async def test_she_has_all_her_own_words_newest_first_and_nobody_elses(db: Database) -> None:
    await lived(db)
    found = await db.read(mine.everything, COMMUNITY, "U1")
    assert [one.id for one in found.writings] == ["moment-2", "moment-0"]
    assert [(one.text, question) for one, question in found.checkins] == [
        ("Answer 2.", "What is the weather in you?"),
        ("Answer 0.", "What is the weather in you?"),
    ]
    assert [one.text for one in found.said] == [f"common {n}" for n in range(1203, 0, -2)]
    assert {one.channel for one in found.said} == {"#lab"}
    assert await db.read(mine.counts, COMMUNITY, "U1") == Counts(2, 2, 602, 0, 0, 0)
    assert await db.read(mine.counts, COMMUNITY, "U2") == Counts(1, 1, 602, 0, 0, 0)


async def test_of_another_community_there_is_nothing(db: Database) -> None:
    await lived(db)
    assert await db.read(mine.counts, "T2", "U1") == Counts(0, 0, 0, 0, 0, 0)
    assert await db.read(mine.everything, "T2", "U1") == mine.Everything((), (), ())


async def test_what_was_deleted_or_left_out_is_counted_no_more(db: Database) -> None:
    await lived(db)
    await db.write(archive.remove, COMMUNITY, "C1", an_utterance(1).ts, NOW)
    await db.write(archive.leave_out, a_visit(), "C1", an_utterance(3).ts)
    assert await db.read(mine.counts, COMMUNITY, "U1") == Counts(2, 2, 600, 0, 0, 0)
    await db.write(archive.never, a_visit(), True)
    assert await db.read(mine.counts, COMMUNITY, "U1") == Counts(2, 2, 0, 0, 0, 0)


async def test_what_cannot_be_opened_is_there_all_the_same(db: Database) -> None:
    await lived(db)
    db.keys = sealing.keyring(sealing.written([sealing.made()]))
    found = await db.read(mine.everything, COMMUNITY, "U1")
    assert [type(one) for one in found.writings] == [Locked, Locked]
    assert len(found.checkins) == 2
