"""The weave counts conversations that took place in rounds before the last that has closed, of one circle alone."""

from store import weave as kept
from store.engine import Database
from tests.rounds import a_round
from tests.store.things import CIRCLE, COMMUNITY, NOW, a_circle, a_message, later

BOTH = ("VCSE", "NHS")


async def test_what_is_counted_and_where_it_stands_is_known(url: str, db: Database) -> None:
    del url
    for number, state, met in (
        (1, "closed", True),
        (2, "closed", False),
        (3, "closed", True),
        (4, "open", True),
    ):
        talks = ((BOTH, met), (BOTH, None))
        await db.write(a_round, COMMUNITY, CIRCLE, NOW, number, talks, state)
    assert await db.read(kept.conversations, COMMUNITY, CIRCLE) == [BOTH]
    assert await db.read(kept.conversations, "T2", CIRCLE) == []
    assert await db.read(kept.sectors, COMMUNITY, a_circle()) == ("NHS", "VCSE")
    for _ in range(2):
        await db.write(kept.look_again, COMMUNITY, CIRCLE, NOW)
    assert await db.read(kept.next_due, NOW) == NOW
    assert await db.read(kept.due, NOW) == [(COMMUNITY, CIRCLE, None, "", NOW)]
    await db.write(kept.look_again, COMMUNITY, CIRCLE, later(1))
    await db.write(kept.looked, COMMUNITY, CIRCLE, ("", NOW), "early", (a_message("early"),), later(2))
    assert await db.read(kept.due, later(2)) == [(COMMUNITY, CIRCLE, None, "", later(1))], (
        "another round has closed while this was drawn"
    )
    await db.write(kept.looked, COMMUNITY, CIRCLE, ("", later(1)), "first", (a_message("drawn"),), later(2))
    await db.write(kept.landed, COMMUNITY, CIRCLE, "1.0", NOW)
    assert await db.read(kept.due, NOW) == []
    await db.write(kept.look_again, COMMUNITY, CIRCLE, NOW)
    await db.write(kept.looked, COMMUNITY, CIRCLE, ("", NOW), "late", (a_message("late"),), NOW)
    assert await db.read(kept.due, NOW) == [(COMMUNITY, CIRCLE, "1.0", "first", NOW)], (
        "somebody has drawn it since"
    )
