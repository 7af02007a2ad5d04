"""Both/and maps as they are kept, on every kind of database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, select, update

from practices.model import Member, Message
from practices.polarities import walking as decide
from practices.polarities.map import Corner, Line, Map, Side
from practices.polarities.steps import Planned
from practices.polarities.walking import Polarity
from practices.polarities.watching import Watched
from practices.polarities.way import NEXT, State
from practices.polarities.whole import Post, Whole
from practices.polarities.wicked import Wicked
from practices.refusals import HoldsAnotherMap, MovedMeanwhile, Refusals
from store import channels, communities, keys, outbox, schema
from store.engine import Database
from store.polarities import (
    forgetting,
    gathering,
    hers,
    keeping,
    moving,
    posts,
    remembering,
    revealing,
    steps,
    walking,
    weeks,
    wicked,
    wordings,
)
from store.sealing import keyring
from tests.people import KEY
from tests.store.things import CHANNEL, COMMUNITY, LEASE, NOW, a_message, a_visit, later
from workspace.pictures.polarities import twin

PEOPLE = ("U1", "U2", "U3", "U4", "U5")


def say(found: Whole, post: Post) -> Sequence[Message]:
    """Nothing is said here."""
    return ()


def a_map(id_: str = "map", **more: Any) -> Polarity:
    values: dict[str, Any] = {"channel": CHANNEL, "seed": "seed", "least": 4}
    return Polarity(id_, COMMUNITY, "moving quickly", "taking time", ("U1", "U2"), **values | more)


async def opened(db: Database, **more: Any) -> Polarity:
    """A map at its first stop, with five people in."""
    one = a_map(**more)
    await db.write(keeping.draft, a_visit(), one)
    await db.write(moving.begin, a_visit(), one, say)
    for who in PEOPLE:
        await db.write(keeping.step_in, a_visit(member=who), one.id)
    await db.write(moving.move, a_visit(), one.id, "open", "walking 1", say)
    return one


async def wrote(db: Database, corner: Corner = "DL", *, people: Sequence[str] = PEOPLE) -> None:
    for who in people:
        await db.write(walking.keep, a_visit(member=who), "map", corner, [f"Line of {who}", "And more"])


def state(connection: Connection) -> str:
    one = keeping.by_id(connection, COMMUNITY, "map")
    return one.state if one else ""


@pytest_asyncio.fixture
async def here(db: Database) -> AsyncIterator[Database]:
    """A channel with five people in it."""
    db.keys = keyring(KEY)
    await db.write(communities.remember, COMMUNITY, tuple(Member(who, f"Name {who}") for who in PEOPLE))
    await db.write(channels.members_are, COMMUNITY, CHANNEL, PEOPLE, NOW)
    yield db


async def test_of_two_who_press_at_once_one_moves_the_map(here: Database) -> None:
    await opened(here)
    both = await asyncio.gather(
        *(
            here.write(moving.move, a_visit(member=who), "map", "walking 1", "walking 2", say)
            for who in ("U1", "U2")
        ),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in both) == ["MovedMeanwhile", "Polarity"]
    assert await here.read(state) == "walking 2"


async def test_a_channel_makes_one_map_until_it_ends(here: Database) -> None:
    await opened(here)
    await here.write(keeping.draft, a_visit(), a_map("other"))
    with pytest.raises(HoldsAnotherMap):
        await here.write(moving.begin, a_visit(), a_map("other"), say)
    await here.write(moving.move, a_visit(), "map", "walking 1", "stopped", say, "not a polarity")

    await here.write(moving.begin, a_visit(), a_map("other"), say)
    with pytest.raises(MovedMeanwhile):
        await here.write(moving.begin, a_visit(), a_map("other"), say)


async def test_what_somebody_writes_again_takes_the_place_of_what_nobody_has_seen(here: Database) -> None:
    one = await opened(here, named=False)
    await wrote(here)
    await here.write(walking.keep, a_visit(member="U3"), "map", "DL", ["Another word"])
    assert await here.read(walking.written, COMMUNITY, "map", "U3", "DL") == (("Another word",), 0)
    assert await here.read(keeping.shown_lines, COMMUNITY, one) == []

    await here.write(moving.move, a_visit(), "map", "walking 1", "walking 2", say)
    shown = await here.read(keeping.shown_lines, COMMUNITY, one)
    assert sorted(line.text for line in shown if "more" not in line.text) == [
        "Another word",
        *(f"Line of {who}" for who in PEOPLE if who != "U3"),
    ]
    assert {line.by for line in shown} == {""}
    assert await here.read(walking.written, COMMUNITY, "map", "U3", "DL") == ((), 1)


async def test_who_changes_a_line_while_its_stop_closes_gives_the_new_one_and_none_twice(
    here: Database,
) -> None:
    one = await opened(here)
    await wrote(here)  # two lines of each
    await here.write(moving.move, a_visit(), "map", "walking 1", "walking 2", say)
    stands = await here.write(walking.keep, a_visit(member="U3"), "map", "DL", ["Changed", "And more"])
    assert stands == "late"
    stands = await here.write(walking.keep, a_visit(member="U4"), "map", "DL", ["Line of U4", "And more"])
    assert stands == "late"

    shown = await here.read(keeping.shown_lines, COMMUNITY, one)
    assert sorted(line.text for line in shown if line.by == "Name U3") == [
        "And more",
        "Changed",
        "Line of U3",
    ]
    assert sorted(line.text for line in shown if line.by == "Name U4") == ["And more", "Line of U4"]
    with pytest.raises(Refusals) as refused:
        await here.write(walking.keep, a_visit(member="U3"), "map", "DL", ["A fourth"])
    assert "room for no more" in refused.value.refusals[0].sentence


def told_of(connection: Connection, who: str) -> list[str]:
    """In which tables of maps somebody is named."""
    return [
        name
        for name, table in schema.metadata.tables.items()
        if name.startswith("polarity")
        for row in connection.execute(select(table)).mappings()
        if who in [str(value) for value in row.values()]
    ]


async def test_whoever_is_forgotten_leaves_her_dots_and_her_stack_to_those_who_stay(here: Database) -> None:
    one = await opened(here)
    await wrote(here)
    for seen, to in (("walking 1", "walking 2"), ("walking 2", "walking 3"), ("walking 3", "walking 4")):
        await here.write(moving.move, a_visit(), "map", seen, to, say)
    await here.write(moving.move, a_visit(), "map", "walking 4", "gathering", say)
    lines = {line.text + line.by: line.id for line in await here.read(keeping.shown_lines, COMMUNITY, one)}
    top, below = lines["Line of U1Name U1"], lines["Line of U2Name U2"]
    await here.write(gathering.stack, a_visit(), "map", top, [below], [])
    for who in ("U3", "U4"):
        await here.write(gathering.dot, a_visit(member=who), "map", {"DL": [top]})

    await here.write(forgetting.step_out, COMMUNITY, "U1", NOW)
    await here.write(forgetting.drop_lines, COMMUNITY, "U1", NOW)

    found = await here.read(keeping.whole, COMMUNITY, one)
    assert found.dots == {below: 2}
    assert not [line for line in found.lines if "U1" in line.by + line.text]
    assert await here.read(told_of, "U1") == []


async def test_whoever_steps_out_takes_along_what_waits_and_what_stands_only_if_she_says_so(
    here: Database,
) -> None:
    await opened(here)
    await wrote(here)
    await here.write(moving.move, a_visit(), "map", "walking 1", "walking 2", say)
    await wrote(here, "UR")

    async def out(who: str, one: Polarity, *, lines_too: bool) -> bool | None:
        return await here.write(forgetting.leave, a_visit(member=who), one, (), lines_too=lines_too)

    one = await here.read(keeping.by_id, COMMUNITY, "map")
    assert one
    assert await out("U3", one, lines_too=False)
    assert await out("U3", one, lines_too=False) is False, "she is out"
    found = await here.read(keeping.whole, COMMUNITY, one)
    assert (found.people, found.walked) == (4, {"DL": 5, "UR": 4})
    assert {line.by for line in found.lines} == {f"Name {who}" for who in PEOPLE}
    assert await here.read(walking.written, COMMUNITY, "map", "U3", "UR") == ((), 0)
    walk: tuple[State, ...] = ("walking 2", "walking 3", "walking 4")
    for at in walk:
        one = await here.write(moving.move, a_visit(), "map", at, NEXT[at], say)
        assert one
    lines = {line.text: line.id for line in await here.read(keeping.shown_lines, COMMUNITY, one)}
    for who in ("U3", "U4"):
        await here.write(gathering.dot, a_visit(member=who), "map", {"DL": [lines["Line of U3"]]})
    assert await out("U4", one, lines_too=True)
    found = await here.read(keeping.whole, COMMUNITY, one)
    assert found.dots == {lines["Line of U3"]: 1}
    assert await here.read(told_of, "U4") == []
    assert not [line for line in found.lines if "U4" in line.by + line.text]


async def test_whoever_only_holds_a_map_or_has_a_step_in_it_is_taken_out_of_its_messages_too(
    here: Database,
) -> None:
    one = a_map()
    await here.write(keeping.draft, a_visit(), one)
    await here.write(moving.begin, a_visit(), one, say)
    await here.write(posts.landed, COMMUNITY, "map/open", "1.1", NOW)
    owned = Planned("step", "L", 0, "Open with a round", "U3")
    await here.write(steps.put, a_visit(), "map", owned, None)
    for n, who in enumerate(("U2", "U3")):
        now = later(60 * (n + 1))
        await here.write(posts.drawn, COMMUNITY, "map", "open", now)
        assert await here.read(posts.redraws_due, now) == []
        await here.write(forgetting.step_out, COMMUNITY, who, now)
        assert await here.read(posts.redraws_due, now) == [(COMMUNITY, "map", "open")], who


def in_memory(connection: Connection) -> str:
    return str(connection.execute(select(schema.message.c.text)).all())


async def test_whoever_never_keeps_her_words_takes_her_wording_out_of_the_memory(here: Database) -> None:
    one = await opened(here)
    await here.write(posts.landed, COMMUNITY, "map/open", "1700000000.000100", NOW)
    await here.write(state_is, "reveal")
    assert await here.write(wordings.offer, a_visit(member="U3"), one, {"purpose": "Lanterns for all"})
    (hers,) = await here.read(wordings.offered, COMMUNITY, one)
    assert await here.write(wordings.dot, a_visit(member="U4"), one, {"purpose": hers.id})
    await here.write(revealing.settle, COMMUNITY, one, NOW)
    await here.write(state_is, "closed")
    over = await here.read(keeping.by_id, COMMUNITY, "map")
    assert over
    await here.write(remembering.remember, COMMUNITY, over, NOW)
    assert "Lanterns" in await here.read(in_memory)
    await here.write(remembering.never, a_visit(member="U3", now=later(1)), True)
    assert "taking time" in await here.read(in_memory)
    assert "Lanterns" not in await here.read(in_memory)


def state_is(connection: Connection, state: str) -> None:
    connection.execute(update(schema.polarity).values(state=state))


async def test_new_weeks_count_from_the_looks_that_are_over(here: Database) -> None:
    await opened(here)
    looked = {
        "watched_from": NOW,
        "weeks": [4, 8, 12],
        "asked": 1,
        "looks": 1,
        "look_at": NOW + timedelta(weeks=8),
    }
    await here.write(lambda connection: connection.execute(update(schema.polarity).values(**looked)))
    await here.write(weeks.set_weeks, a_visit(), "map", (6,))
    assert await here.read(weeks.watched, COMMUNITY, "map") == Watched(
        (4, 6), 1, 1, NOW, NOW + timedelta(weeks=6)
    )


def says(*messages: Message) -> wicked.Say:
    """Of a wicked question's lines, these."""
    return lambda one, lines: messages


async def test_named_lines_of_a_wicked_question_go_without_her_key_and_wait_for_no_post_that_failed(
    here: Database,
) -> None:
    asked = Wicked("wicked", COMMUNITY, CHANNEL, ("U2",), seed="seed")
    await here.write(wicked.begin, a_visit(member="U2"), asked, ())
    for who in ("U1", "U2"):
        assert await here.write(wicked.write, a_visit(member=who), asked, [("near", f"far from {who}")])
    lines = a_message("lines", purpose="wicked lines", subject="wicked")
    assert await here.write(wicked.move, a_visit(member="U2"), asked, "shown", says(lines))
    await here.write(keys.destroy, COMMUNITY, "U1")
    assert "near and far from U1" in str(await here.read(hers.written, COMMUNITY, "U1"))
    assert await here.write(wicked.drop_lines, a_visit(), says()) is False, "they are on their way"
    await here.write(outbox.claim, NOW, NOW, "me", LEASE, ())
    await here.write(outbox.failed, COMMUNITY, "lines", "me", "not_in_channel")
    assert await here.write(wicked.drop_lines, a_visit(), says())
    left = await here.read(wicked.lines, COMMUNITY, asked)
    assert [line.right for line in left] == ["far from U2"]


async def test_a_message_that_changes_all_the_time_is_drawn_once_in_three_seconds(here: Database) -> None:
    one = await opened(here)
    await here.write(posts.begin, COMMUNITY, one, "reveal", None)
    await here.write(posts.landed, COMMUNITY, "map/reveal", "1.1", NOW)
    drawn = 0
    for tenth in range(100):
        now = later(tenth / 10)
        await here.write(posts.changed, COMMUNITY, "map", ("reveal",), now)
        for _, id_, kind in await here.read(posts.redraws_due, now):
            drawn += kind == "reveal" and bool(await here.write(posts.drawn, COMMUNITY, id_, kind, now))

    assert drawn == 4  # at 0, 3, 6 and 9 s
    assert await here.read(posts.next_redraw, NOW) == NOW + timedelta(seconds=12)


def test_the_thread_has_room_for_every_line_of_sixty_people() -> None:
    each = Line("x" * decide.LINE, dots=60, by="Bartholomew Featherstonehaugh-Llewellyn")
    corner = (each,) * (60 * decide.LINES)
    side = Side("A name of as many as 32 letters.", corner, corner)
    assert 6 < len(twin(Map(side, side))) <= revealing.PARTS
