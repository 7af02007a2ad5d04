"""Finding: what a member may read, all of it, in order, and nothing else; on both engines the same."""

import random
from itertools import islice

from sqlalchemy import Connection

from practices.archive import Page, Viewer
from practices.recall import parse
from store.engine import Database
from store.search import COUNTED, search, thread
from tests.store.oracle import NOW, PEOPLE, World, questions

WORLDS, ROUNDS, PROBES = 20, 5, 20  # 2,000 probes in all
LONDON = "Europe/London"


def pages(connection: Connection, world: World, query, viewer: Viewer, limit: int, first: Page) -> list[Page]:  # type: ignore[no-untyped-def]
    """All pages, one after another."""
    found = [first]
    while found[-1].more and len(found) < 100:
        found.append(search(connection, world.community, query, viewer, limit, found[-1].more))
    return found


def probe(connection: Connection, world: World, text: str, viewer: Viewer, chance: random.Random) -> int:
    """Ask the store and the oracle; gives how many there were."""
    query = parse(text, NOW, LONDON)
    expected = world.found(query, viewer) if text.split() else []
    nothing_asked = query == type(query)(sort=query.sort, filters=query.filters)
    if nothing_asked:
        expected = []
    limit = chance.choice((1, 3, 100, 100))
    page = search(connection, world.community, query, viewer, limit)
    about = (world.community, text, viewer)
    hits = [hit for one in pages(connection, world, query, viewer, limit, page) for hit in one.hits]
    assert [(hit.channel, hit.ts) for hit in hits] == [key for _, key in expected], about
    if query.sort == "best":
        for hit, (score, _) in zip(hits, expected, strict=True):
            assert abs(hit.score - score) < 1e-9, about
    assert page.count == min(len(expected), COUNTED), about
    assert page.counted_all == (len(expected) <= COUNTED), about
    for hit in hits:
        said = world.said[hit.channel, hit.ts]
        assert (hit.author, hit.thread) == (said.author, said.thread)
        assert "".join(piece for piece, _ in hit.snippet) in hit.text
    for other in filter(None, (page.nearest, page.fewer)):
        assert not hits
        assert world.found(parse(other, NOW, LONDON), viewer), (*about, other)
    return len(expected)


async def test_the_oracle_agrees_on_every_probe(db: Database) -> None:
    worlds = [World(f"T{number}", seed=number) for number in range(WORLDS)]
    chance = random.Random("probes")
    asked = islice(questions(chance), WORLDS * ROUNDS * PROBES)
    found = []

    def probes(connection: Connection, world: World) -> None:
        for text in islice(asked, PROBES):
            viewer = Viewer(chance.choice([*PEOPLE, *PEOPLE, "UNOBODY", None]))
            found.append(probe(connection, world, text, viewer, chance))

    for world in worlds:
        await db.write(World.begin.__get__(world))
    for _ in range(ROUNDS):
        for world in worlds:
            await db.write(World.happen.__get__(world))
            await db.read(probes, world)
    assert len(found) == WORLDS * ROUNDS * PROBES
    assert sum(bool(one) for one in found) > len(found) / 4, "most probes find nothing: they prove little"
