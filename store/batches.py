"""Lines without a name: shown in batches of at least five people, each change in one transaction with what is said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from practices.batches import Batch, enough, mixed, ripe
from practices.model import Message, Visit
from practices.writings import POSTED, Writing
from store import channels, outbox, writings
from store.circles import turn_to
from store.reveals import waiting
from store.schema import batch as batches
from store.schema import circle as circles
from store.schema import sealed, writing

# How a batch reads in its channel: handed in, for the words are the workspace's. Without lines it is taken out.
Say = Callable[[Batch, Sequence[Writing]], Iterable[Message]]


def keep(
    connection: Connection,
    visit: Visit,
    one: Writing,
    messages: Iterable[Message],
    say: Say,
    apart: Writing | None = None,
) -> bool:
    """`writings.keep`, and what follows for lines without a name: a batch is drawn anew, or can be shown now.

    `apart` is what goes by itself, without a name, of the same form."""
    batch = _batch_of(connection, visit.community, one.id)
    waits = one.shown_at is not None and waiting.waits(
        connection, visit.community, one.circle, one.occasion, one.shown_at, visit.now
    )
    one = replace(one, hidden=waits and one.visibility in POSTED)
    messages = [message for message in messages if not (one.hidden and message.purpose == "writing")]
    if not writings.keep(connection, visit, one, messages):
        return False
    if batch and one.visibility != "unnamed":
        _leave(connection, visit.community, one.id)
    if batch:
        _redraw(connection, visit.community, batch, visit.now, say)
    elif one.visibility == "unnamed" and not one.draft and not waits:
        _release(connection, visit.community, one, say, visit.now)
    return keep(connection, visit, apart, (), say) if apart else True


def drop(
    connection: Connection, visit: Visit, one: writings.Found, messages: Iterable[Message], say: Say
) -> bool:
    """`writings.drop`, and its batch is drawn anew."""
    batch = _batch_of(connection, visit.community, one.id)
    if not writings.drop(connection, visit, one, messages):
        return False
    if batch:
        _redraw(connection, visit.community, batch, visit.now, say)
    return True


def take_down(connection: Connection, visit: Visit, line: str, reason: str, say: Say) -> None:
    """A convener takes a line down, with a reason for its author. Its place stays, so that it counts as before."""
    writings.take_down(connection, visit.community, line, reason)
    if batch := _batch_of(connection, visit.community, line):
        _redraw(connection, visit.community, batch, visit.now, say)


def of_line(connection: Connection, community: str, line: str) -> tuple[Writing | None, Batch | None]:
    """A line without a name, and the batch in which it is shown."""
    found = writings.by_id(connection, community, line)
    return (found if isinstance(found, Writing) else None), _batch_of(connection, community, line)


def by_id(connection: Connection, community: str, batch: str) -> Batch | None:
    """One batch."""
    query = select(batches).where(batches.c.community_id == community, batches.c.id == batch)
    row = connection.execute(query).mappings().one_or_none()
    return _batch(connection, row) if row else None


def begin(connection: Connection, community: str, one: Batch) -> None:
    """Keep a new batch."""
    connection.execute(
        insert(batches).values(
            community_id=community, id=one.id, circle_id=one.circle, channel=one.channel,
            form=one.form, occasion=one.occasion, seed=one.seed, revision=one.revision,
        )
    )  # fmt: skip


def grown(connection: Connection, community: str, one: Batch) -> Batch:
    """The batch, after a change of what is shown."""
    row = connection.execute(
        update(batches)
        .where(batches.c.community_id == community, batches.c.id == one.id)
        .values(revision=batches.c.revision + 1)
        .returning(batches)
    )
    return _batch(connection, row.mappings().one())


def order(connection: Connection, community: str, batch: Batch) -> tuple[str, ...]:
    """The lines of a batch as they stand in the channel."""
    return mixed(batch.seed, [one.id for one in writings.of_batch(connection, community, batch.id)])


def taken_away(connection: Connection, community: str, channel: str, ts: str) -> None:
    """Somebody deleted the message in Slack: its lines stay with their authors, and are not shown again."""
    found = connection.execute(
        select(batches.c.id).where(
            batches.c.community_id == community, batches.c.channel == channel, batches.c.ts == ts
        )
    ).scalar()
    if found:
        _part(connection, community, found)


def end(connection: Connection, community: str, id_: str, messages: Iterable[Message], now: datetime) -> None:
    """Its time is over: lines, sealed or not, and batch go."""
    for table in (writing, sealed):
        connection.execute(delete(table).where(table.c.community_id == community, table.c.batch == id_))
    connection.execute(delete(batches).where(batches.c.community_id == community, batches.c.id == id_))
    outbox.promise(connection, community, messages, now)


def not_said(connection: Connection, community: str, batch: str) -> None:
    """It could not be posted: nobody has seen the lines, and they wait again."""
    _part(connection, community, batch, released=False)
    connection.execute(
        update(sealed).where(sealed.c.community_id == community, sealed.c.batch == batch).values(batch="")
    )


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """The batch stands in the channel."""
    del now
    connection.execute(
        update(batches).where(batches.c.community_id == community, batches.c.id == subject).values(ts=ts)
    )


outbox.LANDINGS["batch"] = landed


def release_all(
    connection: Connection, community: str, circle: str, occasion: str, say: Say, now: datetime
) -> None:
    """Show what waits about a gathering, of each form of which it is enough."""
    for one in writings.first_held(connection, community, circle, occasion):
        _release(connection, community, one, say, now)


def _release(connection: Connection, community: str, one: Writing, say: Say, now: datetime) -> None:
    """Show what waits, if it is enough. One at a time in a circle, or two could each show what is not enough alone."""
    connection.execute(
        select(circles.c.id)
        .where(circles.c.community_id == community, circles.c.id == one.circle)
        .with_for_update()
    )
    held = {w.id: w for w in writings.held(connection, community, one.circle, one.form, one.occasion)}
    here = channels.people(connection, community, one.channel)
    found = writings.whose(connection, community, held)
    seed = token_hex(16)
    ids = ripe({id_: who if who in here else "" for id_, who in found.items()}, len(here), seed)
    if not ids:
        return
    worried = turn_to(connection, community, one.circle)
    batch = Batch(
        token_hex(16), community, one.circle, one.channel, one.form, one.occasion, seed, turn_to=worried
    )
    begin(connection, community, batch)
    connection.execute(
        update(writing)
        .where(writing.c.community_id == community, writing.c.id.in_(ids))
        .values(batch=batch.id, released=True, goes_on=_together(held[id_] for id_ in ids))
    )
    outbox.promise(connection, community, say(batch, [held[id_] for id_ in ids]), now)


def _together(lines: Iterable[Writing]) -> date | None:
    """The day on which lines that are shown together go: all at once, or each would tell when it was written."""
    return min((one.goes_on for one in lines if one.goes_on), default=None)


def _redraw(connection: Connection, community: str, batch: Batch, now: datetime, say: Say) -> None:
    """A line of it has changed. With fewer than five people left, none of the batch is shown any more."""
    left = {one.id: one for one in writings.of_batch(connection, community, batch.id)}
    if not enough(writings.whose(connection, community, left).values()):
        _part(connection, community, batch.id)
        outbox.promise(connection, community, say(batch, ()), now)
        return
    lines = [left[id_] for id_ in mixed(batch.seed, list(left))]
    outbox.promise(connection, community, say(grown(connection, community, batch), lines), now)


def _part(connection: Connection, community: str, batch: str, *, released: bool = True) -> None:
    """The batch is no more; its lines stay with their authors."""
    connection.execute(
        update(writing)
        .where(writing.c.community_id == community, writing.c.batch == batch)
        .values(batch="", released=released)
    )
    connection.execute(delete(batches).where(batches.c.community_id == community, batches.c.id == batch))


def _leave(connection: Connection, community: str, line: str) -> None:
    connection.execute(
        update(writing).where(writing.c.community_id == community, writing.c.id == line).values(batch="")
    )


def _batch_of(connection: Connection, community: str, line: str) -> Batch | None:
    row = (
        connection.execute(
            select(batches)
            .join(
                writing,
                (writing.c.community_id == batches.c.community_id) & (writing.c.batch == batches.c.id),
            )
            .where(writing.c.community_id == community, writing.c.id == line)
        )
        .mappings()
        .one_or_none()
    )
    return _batch(connection, row) if row else None


def _batch(connection: Connection, row: RowMapping) -> Batch:
    return Batch(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        channel=row["channel"],
        form=row["form"],
        occasion=row["occasion"],
        seed=row["seed"],
        revision=row["revision"],
        ts=row["ts"],
        turn_to=turn_to(connection, row["community_id"], row["circle_id"]),
    )
