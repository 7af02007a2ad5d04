"""Sealed answers: one look at the database, with every key in hand, tells nobody who wrote which."""

import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from secrets import token_urlsafe

import pytest
import pytest_asyncio
from sqlalchemy import Connection, MetaData, select, text
from sqlalchemy.engine import make_url

from practices.archive import Channel
from practices.batches import Batch
from practices.model import Member, Message
from practices.sealed import Sealed, key_of
from store import batches as store_batches
from store import channels, communities, sealed, sealing
from store.engine import Database
from store.schema import batch as batches
from store.schema import participation, seen
from store.schema import sealed as answers
from tests.store.things import CHANNEL, CIRCLE, COMMUNITY, NOW, a_visit

PEOPLE = tuple(f"M{number:02}" for number in range(60))
ROUNDS = 50
CHANCE = 1 / len(PEOPLE)
Order = Callable[[str], list[str]]  # members or keys of a round, in the order in which an attacker finds them
Truth = Mapping[str, Mapping[str, str]]  # by round: who wrote the answer of this key


def say(batch: Batch, lines: Sequence[Sealed]) -> tuple[Message, ...]:
    told = "|".join(str(one.answers.get("mattered", "")) for one in lines)
    return (Message(f"{batch.id}/{batch.revision}", COMMUNITY, "batch", batch.id, told, channel=CHANNEL),)


def an_answer(receipt: str, **more: object) -> Sealed:
    words = {"mattered": f"Words {token_urlsafe(4)}"}
    one = Sealed(key_of(receipt), COMMUNITY, CIRCLE, CHANNEL, "afterwards", "round-0", words)
    return replace(one, **more)  # type: ignore[arg-type]


@pytest_asyncio.fixture
async def crowd(db: Database) -> Database:
    """Sixty people in the circle's channel."""
    db.keys = sealing.Keyring((sealing.made(),))
    await db.write(communities.remember, COMMUNITY, tuple(Member(one, one) for one in PEOPLE))
    before = await db.read(channels.moves, COMMUNITY, [CHANNEL])
    await db.write(channels.heard, COMMUNITY, before, [(Channel(CHANNEL, "co-lab"), PEOPLE)], NOW)
    return db


async def seals(db: Database, member: str, occasion: str = "round-0") -> str:
    """Somebody seals an answer; gives her receipt."""
    receipt = token_urlsafe(16)
    assert await db.write(sealed.seal, a_visit("", member=member), an_answer(receipt, occasion=occasion), say)
    await db.checkpoint()
    return receipt


def shown(connection: Connection) -> set[str]:
    return set(connection.execute(select(answers.c.id).where(answers.c.batch != "")).scalars())


def all_shown(connection: Connection) -> list[Sealed]:
    """The answers that stand in the channel."""
    found = (
        connection.execute(select(batches.c.id).where(batches.c.community_id == COMMUNITY)).scalars().all()
    )
    each = (store_batches.by_id(connection, COMMUNITY, one) for one in found)
    return [line for one in each if one for line in sealed.of_batch(connection, COMMUNITY, one)]


async def many_rounds(db: Database) -> Truth:
    """Everybody seals an answer each round, in an order of chance; the last round is under way."""
    truth: dict[str, dict[str, str]] = {}
    looks: list[set[str]] = []
    for number in range(ROUNDS):
        occasion = f"round-{number}-"
        order = random.sample(PEOPLE, len(PEOPLE))
        for member in order[: -3 if number == ROUNDS - 1 else None]:
            truth.setdefault(occasion, {})[key_of(await seals(db, member, occasion))] = member
            if number < 2:
                looks.append(await db.read(shown))
    grown = {len(later - earlier) for n, earlier in enumerate(looks) for later in looks[n:]}
    assert grown
    assert not grown & {1, 2, 3, 4}, "what is new between two looks is of five people"
    return truth


def linked(truth: Truth, members: Order, ids: Order) -> float:
    """How many are guessed right by who takes the n-th answer for the n-th member's."""
    right = sum(
        hers[id_] == member
        for occasion, hers in truth.items()
        for id_, member in zip(ids(occasion), members(occasion), strict=True)
    )
    return right / sum(map(len, truth.values()))


@pytest.mark.long
async def test_one_snapshot_with_all_keys_links_no_answer_to_a_member(crowd: Database, url: str) -> None:
    truth = await many_rounds(crowd)
    if url.startswith("sqlite"):
        members, ids = orders_in_file(Path(str(make_url(url).database)), truth)
    else:
        members, ids = await orders_on_server(crowd)
    for by_member, by_answer in product(members, ids):
        assert linked(truth, by_member, by_answer) <= CHANCE + 0.01
        assert linked(truth, by_member, lambda one, by=by_answer: by(one)[::-1]) <= CHANCE + 0.01


def orders_in_file(file: Path, truth: Truth) -> tuple[list[Order], list[Order]]:
    """Members and answers of a round as they come in the tables, and by where they first and last lie in the bytes."""
    raw = b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as there:
        rows = there.execute("SELECT occasion, member FROM participation NOT INDEXED").fetchall()
        kept = there.execute(
            "SELECT s.occasion, s.id FROM sealed s LEFT JOIN batch b ON b.id = s.batch ORDER BY b.rowid"
        )
        by_batch = kept.fetchall()
    members = [of(rows, "/afterwards/")]
    ids = [of(by_batch)]
    for find in (raw.find, raw.rfind):
        by_member, by_answer = {}, {}
        for occasion, hers in truth.items():
            part = f"{COMMUNITY}{CIRCLE}/afterwards/{occasion}"
            by_member[occasion] = lying(find, {one: f"{part}{one}" for one in hers.values()})
            by_answer[occasion] = lying(find, {one: f"{COMMUNITY}{one}" for one in hers})
        members.append(by_member.__getitem__)
        ids.append(by_answer.__getitem__)
    return members, ids


def lying(find: Callable[[bytes], int], wanted: Mapping[str, str]) -> list[str]:
    """In the order of where their bytes lie in the file."""
    places = {one: find(told.encode()) for one, told in wanted.items()}
    assert min(places.values()) >= 0, "what the attack looks for is in the file"
    return sorted(places, key=places.__getitem__)


async def orders_on_server(db: Database) -> tuple[list[Order], list[Order]]:
    """Members and answers of a round by where PostgreSQL put them, and by the transaction that did."""

    def look(connection: Connection, columns: str, table: str, by: str) -> list[tuple[str, str]]:
        return [
            tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY {by}"))
        ]

    orders = ("ctid", "xmin::text::bigint, ctid")
    members = [
        of(await db.read(look, "occasion, member", "participation", by), "/afterwards/") for by in orders
    ]
    ids = [of(await db.read(look, "occasion, id", "sealed", by)) for by in orders]
    return members, ids


def of(rows: Sequence[tuple[str, str]], after: str = "") -> Order:
    """The second of each row, of one round."""
    return lambda occasion: [
        one for where, one in rows if (where.split(after)[-1] if after else where) == occasion
    ]


def test_the_attack_finds_everybody_where_the_order_of_arrival_is_kept() -> None:
    order = random.sample(PEOPLE, len(PEOPLE))
    truth = {"round-0-": {key_of(one): one for one in order}}
    arrived = [("round-0-", one) for one in order], [("round-0-", key_of(one)) for one in order]
    assert linked(truth, of(arrived[0]), of(arrived[1])) == 1.0


async def test_no_answer_has_an_author_or_a_time_and_no_other_row_tells_who_took_part(
    crowd: Database,
) -> None:
    deliveries = select(seen.c.key)
    before = await crowd.read(lambda connection: set(connection.execute(deliveries).scalars()))
    for member in PEOPLE[:7]:
        await seals(crowd, member)
    assert set(answers.c.keys()) == {
        "community_id", "id", "circle_id", "channel", "form", "occasion", "body", "batch", "goes_on",
    }  # fmt: skip
    assert set(participation.c.keys()) == {"community_id", "occasion", "member", "goes_on"}
    days = await crowd.read(lambda connection: set(connection.execute(select(answers.c.goes_on)).scalars()))
    assert len(days) == 1, "the day on which they go is the occasion's, and tells of nobody's answer"

    def everything(connection: Connection) -> dict[str, str]:
        metadata = MetaData()
        metadata.reflect(connection)
        return {
            name: "\n".join(str(tuple(row)) for row in connection.execute(select(table)))
            for name, table in metadata.tables.items()
        }

    told = await crowd.read(everything)
    named = {name for name, rows in told.items() if any(f"'{one}'" in rows for one in PEOPLE[:7])}
    assert named == {"participation", "member", "presence"}
    assert await crowd.read(lambda connection: set(connection.execute(deliveries).scalars())) == before


async def test_four_wait_and_the_fifth_shows_them_all(crowd: Database) -> None:
    for member in PEOPLE[:4]:
        await seals(crowd, member)
    assert await crowd.read(shown) == set()
    await seals(crowd, PEOPLE[4])
    assert len(await crowd.read(shown)) == 5
    found = await crowd.read(all_shown)
    assert all("Words" in str(one.answers) for one in found)


async def test_nobody_seals_two_about_the_same_and_the_same_receipt_again_changes_nothing(
    crowd: Database,
) -> None:
    receipt = await seals(crowd, "M00")
    one = an_answer(receipt)
    assert await crowd.write(sealed.seal, a_visit("", member="M00"), one, say) is True
    assert (
        await crowd.write(sealed.seal, a_visit("", member="M00"), an_answer(token_urlsafe(16)), say) is False
    )
    rows = await crowd.read(lambda connection: connection.execute(select(answers.c.id)).all())
    assert len(rows) == 1


async def test_a_receipt_takes_an_answer_back_before_it_is_shown_and_after(crowd: Database) -> None:
    first = await seals(crowd, "M00")
    assert await crowd.write(sealed.take_back, a_visit(""), key_of(first), say) is True
    assert await crowd.write(sealed.take_back, a_visit(""), key_of(first), say) is False
    receipts = [await seals(crowd, one) for one in PEOPLE[1:6]]
    assert len(await crowd.read(shown)) == 5
    assert await crowd.write(sealed.take_back, a_visit(""), key_of(receipts[0]), say) is True
    found = await crowd.read(all_shown)
    assert sorted(len(one.answers) for one in found) == [0, 1, 1, 1, 1]


async def test_receipts_are_kept_nowhere(crowd: Database) -> None:
    receipts = [await seals(crowd, one) for one in PEOPLE[:6]]
    rows = str(await crowd.read(lambda connection: connection.execute(select(answers)).all()))
    assert not any(one in rows for one in receipts)
    assert await crowd.read(lambda connection: connection.execute(select(batches.c.id)).all())
