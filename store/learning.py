"""Learning digests: how often a circle has one, the drafts its conveners keep, and those that were posted."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select, update

from practices.archive import ESCAPED, Utterance, keeps_practice
from practices.learning import Draft, Every, Quote, quoted
from practices.model import Message, Visit
from store import archive, circles, communities, dialects, keys, outbox, writings
from store.schema import learning as drafts
from store.schema import learning_rhythm as rhythms
from store.schema import member as members
from store.schema import prompt as prompts
from store.schema import reflection as reflections
from store.sealing import KeyLost
from store.soonest import Soonest

SOMEONE = "Someone here"  # whose name is not known


def set_rhythm(connection: Connection, visit: Visit, circle: str, every: Every, due: datetime | None) -> None:
    """A circle has a digest this often; the next is prepared at `due`."""
    dialects.put(
        connection,
        rhythms,
        {"community_id": visit.community, "circle_id": circle, "every": every, "due": due},
    )
    dialects.due(connection)


def rhythm_of(connection: Connection, community: str, circle: str) -> str:
    """How often: off, month, quarter."""
    found = connection.execute(
        select(rhythms.c.every).where(rhythms.c.community_id == community, rhythms.c.circle_id == circle)
    ).scalar()
    return found or "off"


def rhythms_due(connection: Connection, now: datetime) -> list[tuple[str, str, Every, datetime]]:
    """(community, circle, how often, since when) of every digest that is to be prepared now."""
    rows = connection.execute(select(rhythms).where(rhythms.c.due <= now))
    return [(row.community_id, row.circle_id, row.every, row.due) for row in rows]


def redraws_due(connection: Connection, now: datetime) -> list[tuple[Draft, datetime]]:
    """Digests of every community in which somebody's quote has changed, each with the moment that asked for it."""
    rows = connection.execute(select(drafts).where(drafts.c.again_at <= now)).mappings().all()
    return [(_draft(connection, row), row["again_at"]) for row in rows]


# A digest is prepared, or drawn again.
next_due = Soonest(select(func.min(rhythms.c.due)), select(func.min(drafts.c.again_at)))


def prepare(
    connection: Connection,
    community: str,
    draft: Draft,
    due: datetime,
    again: datetime | None,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """Keep a draft for the conveners, once for its period, and note when the next one comes (`again`)."""
    moved = connection.execute(
        update(rhythms)
        .where(rhythms.c.community_id == community, rhythms.c.circle_id == draft.circle, rhythms.c.due == due)
        .values(due=again)
    )
    dialects.due(connection)
    if moved.rowcount == 1 and messages and _begin(connection, community, draft):
        outbox.promise(connection, community, messages, now)


def edit(connection: Connection, visit: Visit, draft: Draft) -> bool:
    """Keep a convener's words, locked, and what she leaves out. False: it was posted meanwhile. Raises KeyLost."""
    key = keys.key(connection, visit.community, keys.EVERYBODY)
    note = key.seal(draft.note.encode(), _place(visit.community, draft.id)) if draft.note else ""
    return _changed(connection, visit.community, draft.id, note=note, left_out=list(draft.left_out))


def post(connection: Connection, visit: Visit, draft: Draft, text: str, messages: Iterable[Message]) -> bool:
    """It goes to the channel; `text` is what the memory holds of it. False: that was done before."""
    if not _changed(connection, visit.community, draft.id, state="posted", text=text):
        return False
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def let_go(connection: Connection, visit: Visit, draft: str) -> bool:
    """Nothing becomes of it. False: it was posted, or let go."""
    return _changed(connection, visit.community, draft, state="let go")


def redrawn(
    connection: Connection,
    community: str,
    draft: str,
    asked_at: datetime,
    again: datetime | None,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """It says what may be quoted now, unless that has changed again meanwhile; and is drawn once more at `again`."""
    done = connection.execute(
        update(drafts)
        .where(drafts.c.community_id == community, drafts.c.id == draft, drafts.c.again_at == asked_at)
        .values(again_at=again)
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)
        dialects.due(connection)


def by_id(connection: Connection, community: str, draft: str) -> Draft | None:
    """One digest."""
    row = (
        connection.execute(select(drafts).where(drafts.c.community_id == community, drafts.c.id == draft))
        .mappings()
        .one_or_none()
    )
    return _draft(connection, row) if row else None


def quotes(connection: Connection, community: str, draft: Draft) -> list[Quote]:
    """What people said openly in its time and let be quoted, oldest first: check-ins under questions that closed, and
    what they wrote in forms."""
    said = [*_check_ins(connection, community, draft), *_written(connection, community, draft)]
    return [quote for _, quote in sorted(said, key=lambda one: (one[0], one[1].id))]


def landed(connection: Connection, community: str, draft: str, ts: str, now: datetime) -> None:
    """It stands in the channel, and is the circle's in its memory: without quotes, which are their authors'. Its text
    is kept no longer here."""
    this = drafts.c.community_id == community, drafts.c.id == draft
    row = connection.execute(
        select(drafts.c.circle_id, drafts.c.channel, drafts.c.text).where(*this)
    ).one_or_none()
    connection.execute(update(drafts).where(*this).values(ts=ts, text=""))
    if row is None or not keeps_practice(circles.by_id(connection, community, row.circle_id)):
        return
    archive.keep_thread(connection, Visit(community, "", now, key=""), row.channel, ts, "learning")
    words = "".join(ESCAPED.get(c, c) for c in row.text)
    ours = Utterance(
        community, row.channel, ts, ts, "", words, author_name="Our learning digest", practice="learning"
    )
    archive.remember(connection, community, (ours,))


outbox.LANDINGS["learning"] = landed


def _check_ins(connection: Connection, community: str, draft: Draft) -> list[tuple[datetime, Quote]]:
    rows = connection.execute(
        select(reflections.c.id, reflections.c.text, reflections.c.kept_at, members.c.name)
        .join(
            prompts,
            (prompts.c.community_id == reflections.c.community_id)
            & (prompts.c.id == reflections.c.prompt_id),
        )
        .outerjoin(
            members,
            (members.c.community_id == reflections.c.community_id) & (members.c.id == reflections.c.member),
        )
        .where(
            reflections.c.community_id == community,
            reflections.c.circle_id == draft.circle,
            reflections.c.may_quote,
            reflections.c.ts.is_not(None),
            prompts.c.closed,
            prompts.c.withdrawn.is_(False),
            prompts.c.open_until >= draft.since,
            prompts.c.open_until < draft.until,
        )
    )
    return [(row.kept_at, Quote(row.id, row.text, row.name or SOMEONE)) for row in rows]


def _written(connection: Connection, community: str, draft: Draft) -> list[tuple[datetime, Quote]]:
    found = writings.quotable(connection, community, draft.circle, draft.since, draft.until)
    who = communities.people(connection, community, tuple({one.author for one in found}))
    names = {one: person.name for one, person in who.items()}
    return [
        (one.written_at, Quote(one.id, words, names.get(one.author) or SOMEONE))
        for one in found
        if (words := quoted(one))
    ]


def _begin(connection: Connection, community: str, draft: Draft) -> bool:
    return dialects.insert_once(
        connection,
        drafts,
        {
            "community_id": community,
            "id": draft.id,
            "circle_id": draft.circle,
            "channel": draft.channel,
            "since": draft.since,
            "until": draft.until,
            "state": "draft",
            "note": "",
            "left_out": [],
            "text": "",
        },
    )


def _changed(connection: Connection, community: str, draft: str, **values: object) -> bool:
    done = connection.execute(
        update(drafts)
        .where(drafts.c.community_id == community, drafts.c.id == draft, drafts.c.state == "draft")
        .values(values)
    )
    return done.rowcount == 1


def _draft(connection: Connection, row: RowMapping) -> Draft:
    note = _note(connection, row)
    return Draft(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        channel=row["channel"],
        since=row["since"],
        until=row["until"],
        state=row["state"],
        note=note or "",
        note_lost=note is None,
        left_out=tuple(row["left_out"]),
        ts=row["ts"],
    )


def _note(connection: Connection, row: RowMapping) -> str | None:
    """The convener's words; None where their key is missing, so that the rest can be read all the same."""
    if not row["note"]:
        return ""
    try:
        key = keys.find(connection, row["community_id"], keys.EVERYBODY)
        return key.open(row["note"], _place(row["community_id"], row["id"])).decode() if key else None
    except KeyLost:
        return None


def _place(community: str, draft: str) -> str:
    return f"{community}|learning|note|{draft}"
