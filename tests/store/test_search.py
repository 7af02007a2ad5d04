"""Finding: what a member may read, all of it, in order, and nothing else; on both engines the same."""

import random
from dataclasses import replace
from itertools import islice

from sqlalchemy import Connection

from practices.archive import Channel, Page, Utterance, Viewer
from practices.model import Member
from practices.recall import Query, parse
from store import archive, channels, communities
from store.engine import Database
from store.search import COUNTED, search, thread
from tests.store.oracle import NOW, PEOPLE, World, questions
from tests.store.things import COMMUNITY, a_visit

WORLDS, ROUNDS, PROBES = 20, 5, 10  # 1,000 probes on each engine, and on each others
LONDON = "Europe/London"


def pages(
    connection: Connection, world: World, query: Query, viewer: Viewer, limit: int, first: Page
) -> list[Page]:
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


async def test_the_oracle_agrees_on_every_probe(db: Database, url: str) -> None:
    worlds = [World(f"T{number}", seed=number) for number in range(WORLDS)]
    chance = random.Random(f"probes {url[:6]}")
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


async def test_stopping_early_finds_what_scoring_everything_finds(db: Database) -> None:
    """Three thousand messages over six years, in helpings; words of every frequency, pages of every size."""
    chance = random.Random("early")
    world = World("T9", seed=9)
    await db.write(World.begin.__get__(world))

    def chat(connection: Connection) -> None:
        world.clock = 1_500_000_000
        told = []
        for number in range(3_000):
            world.clock += chance.randrange(60_000, 70_000)
            ts = f"{world.clock}.000000"
            rare = f" rare{number % 50}" if chance.random() < 0.3 else ""
            said = Utterance("T9", chance.choice(("C0", "C1", "C2")), ts, ts, "U1", world.words() + rare)
            told.append(said)
            world.keep(said)
        archive.remember(connection, "T9", told)

    def ask(connection: Connection) -> None:
        for text in (
            "share",
            "the",
            "rare7",
            "share ripple",
            "sh*",
            "we i",
            '"share the"',
            "rare1 sort:new",
            "-share us",
        ):
            for viewer in (Viewer("U0"), Viewer("U6"), Viewer(None)):
                query = parse(text, NOW, LONDON)
                expected = [key for _, key in world.found(query, viewer)]
                for limit in (1, 5, 20):
                    page = search(connection, "T9", query, viewer, limit)
                    second = search(connection, "T9", query, viewer, limit, page.more)
                    hits = [(hit.channel, hit.ts) for hit in (*page.hits, *second.hits)]
                    assert hits == expected[: 2 * limit] or not page.more, (text, viewer, limit)
                    assert page.count == min(len(expected), COUNTED)

    await db.write(chat)
    await db.read(ask)


async def test_whatever_is_typed_is_answered_and_shows_nothing_hidden(db: Database, url: str) -> None:
    """5,000 searches on each engine, and on each others, made of signs that mean something to somebody: to Slack, SQL,
    FTS5 or tsquery."""
    chance = random.Random(f"fuzz {url[:6]}")
    signs = [
        *"\"'()*:-+^&|!<>\\/{}[]~%_;,.@#=$\0\n\t é日🎉\ud83d", " ", " ", "NEAR(",
        "AND", "OR", "NOT", "terms:", "tags:c1",
        "v1", "=c1", "c1", "from:", "in:", "before:", "on:", "sort:", "-", "<@U1>", "<#C2|x>", "me", "share", "ripple",
        "secret", "*", '"', "--", "';DROP TABLE message", "<->", ":*", "2026-02-31", "march", "last week", "a",
        "10**400",
    ]  # fmt: skip
    world = World("T8", seed=8)
    await db.write(World.begin.__get__(world))

    def ask(connection: Connection) -> None:
        hidden = set(world.places) - world.visible(Viewer("U2"))
        assert hidden
        for number in range(5_000):
            text = "".join(chance.choices(signs, k=chance.randrange(1, 12)))
            query = parse(text, NOW, LONDON)
            page = search(connection, "T8", query, Viewer("U2"), 3, chance.choice(("", "", text)))
            assert not {hit.channel for hit in page.hits} & hidden, text
            if number % 500 == 0:
                search(connection, "T8", parse(text * 400, NOW, LONDON), Viewer("U2"))

    await db.read(ask)


async def test_a_query_may_hold_anything_even_if_nobody_typed_it(db: Database) -> None:
    odd = ("", "'", '"', "\\", "\0", "a b", "x' | '=c1", '" OR "', "é" * 5000, "\ud800")
    query = Query(odd, (odd, ()), (odd, ("",)), odd, odd, odd)

    for sort in ("best", "new"):
        assert not (await db.read(search, COMMUNITY, replace(query, sort=sort), Viewer("U1"))).hits
        for one in odd:
            for some in (
                Query(words=(one,)),
                Query(prefix=(one,)),
                Query(without=((one,),)),
                Query(authors=(one,)),
            ):
                await db.read(search, COMMUNITY, replace(some, sort=sort), Viewer("U1"), 0, one)
    for one in odd:
        assert await db.read(thread, COMMUNITY, one, one, Viewer("U1")) is None


async def test_a_thread_is_read_as_it_stands_by_those_who_may(db: Database) -> None:
    await db.write(communities.remember, COMMUNITY, (Member("U1", "Asha"), Member("U2", "Bronwen")))
    await db.write(
        channels.learn, COMMUNITY, [Channel("C1", "lab", "private"), Channel("C2", "hall", "private")]
    )
    await db.write(channels.members_are, COMMUNITY, "C1", ["U1", "U2"], NOW)
    root, reply = "1700000000.000100", "1700000500.000200"
    first = Utterance(COMMUNITY, "C1", root, root, "U1", "What do we share?\nMore")
    second = Utterance(
        COMMUNITY,
        "C1",
        reply,
        root,
        "U2",
        "With <@U1> in <#C2|hall>",
        reactions=(("wave", 2),),
        files=("notes.pdf",),
    )
    await db.write(archive.remember, COMMUNITY, [second, first])
    await db.write(archive.leave_out, a_visit(member="U1"), "C1", root)

    shown = await db.read(thread, COMMUNITY, "C1", reply, Viewer("U2"))

    assert shown
    assert (shown.ts, shown.channel.name, shown.title) == (root, "lab", "With @Asha in #hall")
    assert [(one.author, one.text) for one in shown.messages] == [("", ""), ("U2", second.text)]
    assert (shown.messages[1].reactions, shown.messages[1].files) == (second.reactions, second.files)
    assert (shown.names, shown.channels) == ({"U1": "Asha", "U2": "Bronwen"}, {}), "who is not in the hall"
    for stranger in (Viewer("U3"), Viewer(None)):
        assert await db.read(thread, COMMUNITY, "C1", root, stranger) is None
    assert await db.read(thread, "T-OTHER", "C1", root, Viewer("U2")) is None
    for typed in ("notes", "asha", "hall", '"in hall"'):
        page = await db.read(search, COMMUNITY, parse(typed, NOW, LONDON), Viewer("U2"))
        assert [(hit.ts, hit.replies, hit.author_name) for hit in page.hits] == [(reply, 1, "Bronwen")], typed


async def test_a_slip_of_the_pen_is_put_right_by_what_one_may_read_only(db: Database) -> None:
    await db.write(communities.remember, COMMUNITY, (Member("U1", "Asha"), Member("U2", "Bronwen")))
    await db.write(channels.learn, COMMUNITY, [Channel("C1", "lab", "private")])
    await db.write(channels.members_are, COMMUNITY, "C1", ["U1"], NOW)
    said = Utterance(
        COMMUNITY, "C1", "1700000000.000100", "1700000000.000100", "U1", "Communities sharing ripples"
    )
    await db.write(archive.remember, COMMUNITY, [said])

    hers = await db.read(search, COMMUNITY, parse("comunities in:lab", NOW, LONDON), Viewer("U1"))
    fewer = await db.read(search, COMMUNITY, parse("ripples otters", NOW, LONDON), Viewer("U1"))
    his = await db.read(search, COMMUNITY, parse("comunities", NOW, LONDON), Viewer("U2"))

    assert (hers.hits, hers.nearest) == ((), "communities in:lab")
    assert (fewer.nearest, fewer.fewer) == ("", "ripples")
    assert (his.nearest, his.fewer) == ("", "")
