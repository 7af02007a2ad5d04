"""Pictures that go with messages: each comes to Slack before its message or after it, and goes when it is replaced."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, delete, exists, func, insert, or_, select, update

from practices.model import Drawing, Message
from practices.pictures import TAKEN_SOON, again_after
from store import dialects
from store.schema import outbox, picture
from store.soonest import Soonest

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


class Out(NamedTuple):
    """A picture that was replaced; `file` is to be deleted in Slack, None where it stands elsewhere still."""

    community: str
    id: str
    file: str | None


def promise(connection: Connection, community: str, message: Message) -> None:
    """Keep the pictures of a message that is promised now. What Slack has already is not brought there again."""
    for one in message.pictures:
        file = _known(connection, community, one.sha)
        connection.execute(
            insert(picture).values(
                community_id=community,
                id=one.id,
                post=message.id,
                sha=one.sha,
                name=one.name,
                title=one.title,
                alt=one.alt,
                svg=one.svg,
                width=one.width,
                state="up" if file else "wanted",
                file=file,
                tried=one.tried,
            )
        )


def replaced(connection: Connection, community: str, channel: str, ts: str) -> None:
    """Another content is promised for this message: pictures that it still waited for do not come any more, and the
    words that were kept for them go."""
    here = picture.c.community_id == community, picture.c.channel == channel, picture.c.ts == ts
    posts = connection.execute(
        update(picture)
        .where(*here, picture.c.not_before.is_not(None), picture.c.state.in_(("wanted", "up")))
        .values(not_before=None, svg="")
        .returning(picture.c.post)
    )
    _drop_words(connection, community, {row.post for row in posts})
    connection.execute(delete(picture).where(*here, picture.c.state == "wanted"))


def landed(connection: Connection, community: str, post: str, channel: str, ts: str) -> None:
    """The message stands in Slack. What stood there before it goes; what it still waits for is tried from now on."""
    connection.execute(
        update(picture)
        .where(
            picture.c.community_id == community,
            picture.c.channel == channel,
            picture.c.ts == ts,
            picture.c.post != post,
        )
        .values(state="out", not_before=AT_ONCE, tried=0)
    )
    mine = picture.c.community_id == community, picture.c.post == post
    states = connection.execute(
        update(picture).where(*mine).values(channel=channel, ts=ts).returning(picture.c.state)
    )
    if "wanted" not in {row.state for row in states}:
        connection.execute(update(picture).where(*mine).values(svg="", not_before=None))
        return
    later = func.coalesce(picture.c.not_before, AT_ONCE)
    connection.execute(update(picture).where(*mine).values(not_before=later))


def wanted(connection: Connection, community: str, post: str) -> list[Drawing]:
    """Pictures of a message that Slack does not have yet."""
    return [_drawing(row) for row in _of(connection, community, post) if row["state"] == "wanted"]


def waits(connection: Connection, community: str, post: str, real: datetime) -> bool:
    """Whether a picture of this message is not to be tried again before later."""
    found = (row["not_before"] for row in _of(connection, community, post) if row["state"] == "wanted")
    return any(at and at > real for at in found)


def there(connection: Connection, community: str, post: str) -> dict[str, tuple[Drawing, str]]:
    """Pictures of a message that Slack has, by their ids, each with its file's."""
    return {
        row["id"]: (_drawing(row), row["file"])
        for row in _of(connection, community, post)
        if row["state"] == "up"
    }


def up(connection: Connection, community: str, id_: str, file: str) -> bool:
    """Slack has it now. False: nobody waits for it any more."""
    done = connection.execute(
        update(picture)
        .where(picture.c.community_id == community, picture.c.id == id_, picture.c.state == "wanted")
        .values(state="up", file=file)
    )
    return done.rowcount == 1


def not_up(connection: Connection, community: str, post: str, real: datetime) -> None:
    """It could not be brought to Slack: it is tried again later, or given up after a day."""
    rows = [row for row in _of(connection, community, post) if row["state"] == "wanted"]
    for row in rows:
        wait = again_after(row["tried"] + 1)
        if wait is None:
            give_up(connection, community, post, row["id"])
            continue
        _set(connection, community, row["id"], tried=row["tried"] + 1, not_before=real + wait)
    dialects.due(connection)


def not_taken(connection: Connection, community: str, post: str, real: datetime) -> bool:
    """Slack declined a message with these pictures: it may still be looking at them, or they are gone. After a few
    times they are brought anew, and then later. False: there are none, so it was not for them."""
    rows = [row for row in _of(connection, community, post) if row["state"] == "up"]
    for row in rows:
        tried = row["tried"] + 1
        _set(connection, community, row["id"], tried=tried)
        if tried >= TAKEN_SOON:
            _set(connection, community, row["id"], state="wanted", file=None)
        if tried > TAKEN_SOON:
            wait = again_after(tried) or timedelta(days=1)
            _set(connection, community, row["id"], not_before=real + wait)
    return bool(rows)


def settle(connection: Connection, community: str, post: str) -> None:
    """Nothing is to be added to this message any more: another content has been promised for it."""
    mine = picture.c.community_id == community, picture.c.post == post
    connection.execute(update(picture).where(*mine).values(not_before=None, svg=""))
    _drop_words(connection, community, {post})


def give_up(connection: Connection, community: str, post: str, id_: str) -> None:
    """It never comes; the message stays as it is."""
    connection.execute(delete(picture).where(picture.c.community_id == community, picture.c.id == id_))
    left = _of(connection, community, post)
    if not left and _said(connection, community, post):
        _drop_words(connection, community, {post})


def drop(connection: Connection, community: str, posts: Sequence[str]) -> None:
    """These messages are not said: their pictures go."""
    if not posts:
        return
    mine = picture.c.community_id == community, picture.c.post.in_(posts)
    connection.execute(delete(picture).where(*mine, picture.c.state == "wanted"))
    connection.execute(update(picture).where(*mine).values(state="out", not_before=AT_ONCE, tried=0))


def claim_late(
    connection: Connection, now: datetime, real: datetime, lease: timedelta
) -> list[tuple[str, str]]:
    """(community, message) of every message that stands in Slack and whose pictures are to be tried now: they are this
    caller's for as long as `lease`."""
    del now
    rows = connection.execute(
        update(picture)
        .where(
            picture.c.not_before <= real,
            picture.c.ts.is_not(None),
            picture.c.state.in_(("wanted", "up")),
        )
        .values(not_before=real + lease)
        .returning(picture.c.community_id, picture.c.post)
    )
    return sorted({(row.community_id, row.post) for row in rows})


def claim_out(connection: Connection, now: datetime, real: datetime, lease: timedelta) -> list[Out]:
    """What is to be deleted in Slack now: this caller's for as long as `lease`."""
    del now
    rows = connection.execute(
        update(picture)
        .where(picture.c.not_before <= real, picture.c.state == "out")
        .values(not_before=real + lease, tried=picture.c.tried + 1)
        .returning(picture.c.community_id, picture.c.id, picture.c.file)
    ).all()
    return [
        Out(row.community_id, row.id, None if _stands(connection, row.community_id, row.file) else row.file)
        for row in rows
    ]


def gone(connection: Connection, community: str, id_: str) -> None:
    """It is not in Slack any more."""
    connection.execute(delete(picture).where(picture.c.community_id == community, picture.c.id == id_))


def not_gone(connection: Connection, community: str, id_: str, real: datetime) -> None:
    """It could not be deleted just now."""
    row = connection.execute(
        select(picture.c.tried).where(picture.c.community_id == community, picture.c.id == id_)
    ).one_or_none()
    wait = again_after(row.tried) if row else None
    if wait:
        _set(connection, community, id_, not_before=real + wait)
        dialects.due(connection)
    else:
        gone(connection, community, id_)


# When one is to be tried or deleted, by the real clock.
next_try = Soonest(
    select(func.min(picture.c.not_before)).where(or_(picture.c.ts.is_not(None), picture.c.state == "out"))
)


def _known(connection: Connection, community: str, sha: str) -> str | None:
    """The file in Slack of the same drawing."""
    return connection.execute(
        select(picture.c.file)
        .where(picture.c.community_id == community, picture.c.sha == sha, picture.c.state == "up")
        .limit(1)
    ).scalar()


def _stands(connection: Connection, community: str, file: str) -> bool:
    """Whether a message of ours still shows it."""
    shown = exists().where(
        picture.c.community_id == community, picture.c.file == file, picture.c.state == "up"
    )
    return bool(connection.execute(select(shown)).scalar())


def _said(connection: Connection, community: str, post: str) -> bool:
    state = select(outbox.c.state).where(outbox.c.community_id == community, outbox.c.id == post)
    return connection.execute(state).scalar() == "said"


def _drop_words(connection: Connection, community: str, posts: set[str]) -> None:
    connection.execute(
        update(outbox)
        .where(outbox.c.community_id == community, outbox.c.id.in_(posts), outbox.c.state == "said")
        .values(text=None, blocks=None)
    )


def _set(connection: Connection, community: str, id_: str, **values: object) -> None:
    connection.execute(
        update(picture).where(picture.c.community_id == community, picture.c.id == id_).values(values)
    )


def _of(connection: Connection, community: str, post: str) -> Sequence[RowMapping]:
    query = select(picture).where(picture.c.community_id == community, picture.c.post == post)
    return connection.execute(query.order_by(picture.c.id)).mappings().all()


def _drawing(row: RowMapping) -> Drawing:
    return Drawing(**{name: row[name] for name in Drawing.__dataclass_fields__})
