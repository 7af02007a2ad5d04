"""What has been kept for years goes only when somebody has heard the question, on every kind of database."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, delete, select, update

from practices.keeping import KEPT_MONTHS, months_after
from practices.lasting import Ask, asked
from practices.model import Message
from schedules import lasting as tick
from store import archive, channels, circles, lasting, outbox, schema
from store.engine import Database
from store.polarities import keeping, moving
from store.polarities import posts as posts_kept
from tests.store.test_maps_kept import a_map, here, say
from tests.store.things import CHANNEL, COMMUNITY, LEASE, NOW, a_circle, a_visit

__all__ = ["here"]

END = months_after(NOW.date(), KEPT_MONTHS)
ASKED = NOW + (END - timedelta(weeks=6) - NOW.date())


async def passes(db: Database, days: int, *, hear: bool = True) -> None:
    """So many days after the first question, the bot does what is due; what it says is heard, or cannot be said."""
    now = ASKED + timedelta(days=days)

    async def guard(step: object) -> None:
        await step  # type: ignore[misc]

    await tick.due(db, now, guard)
    while due := await db.write(outbox.claim, now, now, "one", LEASE, ()):
        for number, (one, _) in enumerate(due):
            if hear:
                await db.write(outbox.said, COMMUNITY, one.id, "D1", f"9.{number}", now)
            else:
                await db.write(outbox.failed, COMMUNITY, one.id, "one", "user_not_found")


def day(connection: Connection) -> date | None:
    """When the map goes."""
    found: date | None = connection.execute(select(schema.polarity.c.goes_on)).scalar()
    return found


def asks(connection: Connection) -> list[tuple[int, date]]:
    """Every question there is: how often it was asked, and the day that was said."""
    rows = connection.execute(select(schema.keep_ask.c.asked, schema.keep_ask.c.goes_on))
    return [tuple(row) for row in rows]  # type: ignore[misc]


async def opened(db: Database) -> None:
    await db.write(keeping.draft, a_visit(), a_map())
    assert await db.read(day) is None, "a draft is its holder's"
    await db.write(moving.begin, a_visit(), a_map(), say)
    await db.write(posts_kept.landed, COMMUNITY, "map/open", "1.1", NOW)


async def test_nothing_goes_about_which_nobody_is_there_to_ask(here: Database) -> None:
    await opened(here)
    assert await here.read(day) == END

    def alone(connection: Connection) -> None:
        connection.execute(delete(schema.polarity_holder))

    await here.write(alone)
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U9",)), None, ())
    await passes(here, 0)
    assert await here.read(asks) == []
    assert await here.read(day) == months_after(END, 1)
    await passes(here, 60)
    assert await here.read(day) == months_after(date.fromordinal(END.toordinal() + 60), 1)


async def test_a_question_that_nobody_is_there_to_hear_again_waits_a_month_and_holds_up_no_other(
    here: Database,
) -> None:
    await opened(here)
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U2",)), None, ())
    await passes(here, 0)

    def alone(connection: Connection) -> None:
        connection.execute(delete(schema.polarity_holder))

    await here.write(alone)
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U9",)), None, ())
    await passes(here, 21)
    assert await here.read(lasting.again_due, ASKED + timedelta(days=21)) == []
    await passes(here, 43)
    assert await here.read(day) == END, "nothing goes about which nobody was asked twice"
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U3",)), None, ())
    await passes(here, 60)
    assert await here.read(asks) == [(2, (ASKED + timedelta(days=74)).date())], "two weeks to answer"


async def test_nothing_goes_where_no_question_could_be_said(here: Database) -> None:
    await opened(here)
    await passes(here, 0, hear=False)
    assert await here.read(asks) == [(1, END)]
    await passes(here, 21, hear=False)
    await passes(here, 42, hear=False)
    assert await here.read(day) == months_after(END + timedelta(weeks=6), 1)
    assert await here.read(asks) == []


async def test_nothing_goes_where_the_second_question_reached_nobody(here: Database) -> None:
    await opened(here)
    await passes(here, 0)
    await passes(here, 21, hear=False)
    await passes(here, 42)
    assert await here.read(day) == months_after(END + timedelta(weeks=6), 1) or await here.read(asks)


async def test_whoever_lets_it_go_has_heard_the_question(here: Database) -> None:
    await opened(here)
    await passes(here, 0)
    await passes(here, 21, hear=False)
    (id_,) = await here.read(
        lambda connection: list(connection.execute(select(schema.keep_ask.c.id)).scalars())
    )
    assert await here.write(lasting.let_go, a_visit(), id_, lambda *_: ())
    await passes(here, 42)
    assert await here.read(day) is None


async def test_who_has_left_the_channel_is_not_asked_and_decides_nothing_there(here: Database) -> None:
    await opened(here)
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U2", "U3")), None, ())
    await here.write(channels.left, COMMUNITY, CHANNEL, "U2")
    await passes(here, 0)
    (id_,) = await here.read(
        lambda connection: list(connection.execute(select(schema.keep_ask.c.id)).scalars())
    )
    _, about = await here.read(lasting.of, COMMUNITY, id_)
    assert asked(about) == ("U3",)


async def test_whoever_keeps_the_last_of_it_one_by_one_reads_it_in_place_of_her_question(
    here: Database,
) -> None:
    await opened(here)
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U2", "U3")), None, ())
    await passes(here, 0)
    (id_,) = await here.read(
        lambda connection: list(connection.execute(select(schema.keep_ask.c.id)).scalars())
    )
    said: list[set[str]] = []

    def settled(_: Ask, places: lasting.Places) -> Iterable[Message]:
        said.append(set(places))
        return ()

    assert await here.write(lasting.keep_on, a_visit(member="U2"), id_, a_map().id, settled)
    assert said == [{"U2", "U3"}]


async def test_everybody_who_convenes_is_asked_once_and_one_answer_stands(here: Database) -> None:
    await opened(here)
    await here.write(circles.keep, a_visit(), a_circle(conveners=("U2", "U3", "U9")), None, ())
    await passes(here, 0)
    await passes(here, 0)
    await passes(here, 1)

    def told(connection: Connection) -> list[str]:
        query = select(schema.outbox.c.member).where(schema.outbox.c.purpose == "lasting")
        return sorted(connection.execute(query).scalars())

    assert await here.read(told) == ["U2", "U3"], "the ninth is unknown here"
    said: list[tuple[Ask, dict[str, tuple[str, str]]]] = []

    def settled(one: Ask, places: lasting.Places) -> Iterable[Message]:
        said.append((one, dict(places)))
        return ()

    (id_,) = await here.read(
        lambda connection: list(connection.execute(select(schema.keep_ask.c.id)).scalars())
    )
    assert await here.write(lasting.let_go, a_visit(member="U2"), id_, settled)
    assert await here.write(lasting.let_go, a_visit(member="U3"), id_, settled)
    assert [(one.state, sorted(places)) for one, places in said] == [("go", ["U3"])]
    await passes(here, 21)
    assert await here.read(asks) == [(1, END)], "it is not asked again"
    assert await here.write(lasting.keep_on, a_visit(member="U3"), id_, "another", settled) is False
    assert await here.write(lasting.keep_on, a_visit(member="U3"), id_, "", settled)
    assert await here.write(lasting.keep_on, a_visit(member="U2"), id_, "", settled) is False
    assert await here.read(day) == months_after(END, 12)
    await passes(here, 50)
    assert await here.read(day) == months_after(END, 12)


async def test_a_map_that_goes_leaves_no_row_behind(here: Database) -> None:
    await opened(here)
    for days in (0, 21, 41):
        await passes(here, days)
    assert await here.read(day) == END
    look = Message("look", COMMUNITY, "polarity", "map/look 1", "Look.", channel=CHANNEL)
    await here.write(outbox.promise, COMMUNITY, (look,), NOW)

    def sending(connection: Connection) -> None:
        connection.execute(update(schema.outbox).where(schema.outbox.c.id == "look").values(state="sending"))

    await here.write(sending)

    def a_post(connection: Connection) -> None:
        posts_kept.begin(connection, COMMUNITY, a_map(), "look 1", None)

    await here.write(a_post)
    now = ASKED + timedelta(days=42)
    ((_, id_),) = await here.read(lasting.over, now)
    assert await here.write(lasting.end, COMMUNITY, id_, now) is False, "it is being said just now"
    await here.write(outbox.said, COMMUNITY, "look", CHANNEL, "1.2", now)
    await passes(here, 42)

    def left(connection: Connection) -> dict[str, int]:
        tables = (
            one for name, one in schema.metadata.tables.items() if name.startswith(("polarity", "keep"))
        )
        counts = {one.name: len(connection.execute(select(one)).all()) for one in tables}
        return {name: count for name, count in counts.items() if count}

    assert await here.read(left) == {}


async def test_two_who_ask_in_the_same_moment_ask_once(here: Database) -> None:
    await opened(here)
    about = await here.read(lasting.coming, COMMUNITY, CHANNEL, ASKED)
    one = Ask("ask", COMMUNITY, CHANNEL, END, None)
    for number in range(2):
        question = Message(f"question {number}", COMMUNITY, "lasting", "ask", "?", member="U1")
        await here.write(lasting.ask, COMMUNITY, one, about, (question,), ASKED)
    due = await here.write(outbox.claim, ASKED, ASKED, "one", LEASE, ())
    assert [each.id for each, _ in due if each.purpose == "lasting"] == ["question 0"]


async def test_where_there_is_no_circle_whoever_chose_a_thread_is_asked_and_a_maps_thread_goes_with_it(
    here: Database,
) -> None:
    def no_circle(connection: Connection) -> None:
        connection.execute(delete(schema.circle))

    await here.write(no_circle)
    await here.write(archive.keep_thread, a_visit(member="U4"), CHANNEL, "2.1")
    await here.write(archive.keep_thread, a_visit(member="U5"), CHANNEL, "3.1")
    await here.write(archive.goes_with_its_map, a_visit(), CHANNEL, "3.1")
    about = await here.read(lasting.coming, COMMUNITY, CHANNEL, ASKED)
    assert [one.ts for one in about.threads] == ["2.100000"]
    assert asked(about) == ("U4",)
    for days in (0, 21, 42):
        await passes(here, days)

    def left(connection: Connection) -> list[int]:
        return list(connection.execute(select(schema.kept_thread.c.thread_us)).scalars())

    assert await here.read(left) == [3_100_000]
    assert await here.read(asks) == []
