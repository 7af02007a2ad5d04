"""What people wrote in forms: locked with their own keys, found again by those whom they chose."""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, func, or_, select, true, update

from practices.forms import Answers
from practices.keeping import ask_on
from practices.model import Message, Visit
from practices.writings import POSTED, Locked, Naming, Writing, utterance_of
from store import archive, dialects, keys, outbox, quoting
from store.naming import asking
from store.schema import writing as writings
from store.sealing import Key, KeyLost

COLUMNS = (
    "id", "form", "visibility", "written_at", "channel", "may_quote", "revision", "draft", "occasion", "retells",
    "returns_at", "ts", "released", "batch", "hidden", "goes_on", "edited",
)  # fmt: skip
SHOWN = (
    "id",
    "community",
    "form",
    "author",
    "written_at",
    "visibility",
    "channel",
    "ts",
    "goes_on",
)  # of what cannot be opened
UNKNOWN = "the reason cannot be opened"

Found = Writing | Locked


def keep(connection: Connection, visit: Visit, writing: Writing, messages: Iterable[Message] = ()) -> bool:
    """Keep a writing of the visitor's, or its newer wording; False where the one that is kept is newer. Raises KeyLost.

    A wording is kept only over the one that it was made from.
    """
    unnamed = writing.visibility == "unnamed"
    own = keys.key(connection, visit.community, visit.member)
    key = keys.key(connection, visit.community, keys.EVERYBODY) if unnamed else own
    values = {
        "circle_id": writing.circle,
        "channel": writing.channel,
        "form": writing.form,
        "author": "" if unnamed else visit.member,
        "mark": _mark(own, writing.id) if unnamed else "",
        "visibility": writing.visibility,
        "body": _locked(key, visit.community, writing.id, writing.answers),
        "may_quote": writing.may_quote,
        "written_at": writing.written_at,
        "revision": writing.revision,
        "draft": writing.draft,
        "occasion": writing.occasion,
        "retells": writing.retells,
        "returns_at": writing.returns_at,
        "ts": writing.ts,
        "goes_on": writing.goes_on,
        "hidden": writing.hidden,
        "edited": writing.edited,
        "ask_on": ask_on(writing.goes_on, visit.now, named=not unnamed),
        "asked_on": None,
    }
    row = {
        "community_id": visit.community,
        "id": writing.id,
        "released": writing.released,
        "batch": writing.batch,
        **values,
    }
    if not dialects.insert_once(connection, writings, row):
        _requote(connection, visit.community, visit.now, writings.c.id == writing.id)
        done = connection.execute(
            update(writings)
            .where(
                writings.c.community_id == visit.community,
                writings.c.id == writing.id,
                writings.c.revision == writing.revision - 1,
            )
            .values(values)
        )
        if done.rowcount != 1:
            return False
        _requote(connection, visit.community, visit.now, writings.c.id == writing.id)
    _mirror(connection, visit, writing)
    outbox.promise(connection, visit.community, messages, visit.now)
    if writing.returns_at:
        dialects.due(connection)
    return True


def by_id(connection: Connection, community: str, id_: str, member: str = "") -> Found | None:
    """One writing. `member` is who asks: where it stands without a name, only its author sees that it is hers."""
    query = select(writings).where(writings.c.community_id == community, writings.c.id == id_)
    return next(iter(_found(connection, community, query, member)), None)


def of_member(connection: Connection, community: str, member: str, most: int | None = None) -> list[Found]:
    """All that a member wrote, or the newest so many: newest first, drafts and what has no name on it included."""
    hers = _hers(connection, community, member)
    query = select(writings).where(writings.c.community_id == community, hers).limit(most)
    return _found(connection, community, query, member)


def count_of(connection: Connection, community: str, member: str) -> int:
    """How many that is."""
    hers = _hers(connection, community, member)
    query = select(func.count()).where(writings.c.community_id == community, hers)
    return int(connection.execute(query).scalar_one())


def asked_about(connection: Connection, community: str, member: str, day: date) -> list[Found]:
    """What a member was asked about on this day and has not answered, newest first."""
    query = select(writings).where(
        writings.c.community_id == community, writings.c.author == member, writings.c.asked_on == day
    )
    return _found(connection, community, query, member)


def for_conveners(connection: Connection, community: str, circles: Sequence[str]) -> list[Found]:
    """What was written for the conveners of these circles, newest first."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id.in_(circles),
        writings.c.visibility == "conveners",
        writings.c.draft.is_(False),
    )
    return _found(connection, community, query)


def shared(connection: Connection, community: str, circle: str, form: str) -> list[Found]:
    """What was shared with a whole circle in one form and can be read there, newest first; what stands without a name
    only in its batch."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.form == form,
        writings.c.draft.is_(False),
        or_(
            writings.c.visibility.in_(POSTED) & writings.c.ts.is_not(None),
            (writings.c.visibility == "unnamed") & (writings.c.batch != "") & (writings.c.down == ""),
        ),
    )
    return _found(connection, community, query)


def quotable(connection: Connection, community: str, circle: str, since: date, until: date) -> list[Writing]:
    """What stands in a circle's channel since one of these days, under its author's name, and may be quoted."""
    first, after = (f"{datetime.combine(day, time(), UTC).timestamp():.6f}" for day in (since, until))
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.may_quote,
        writings.c.visibility.in_(POSTED),
        writings.c.ts >= first,
        writings.c.ts < after,
    )
    return [one for one in _found(connection, community, query) if isinstance(one, Writing)]


def held(connection: Connection, community: str, circle: str, form: str, occasion: str) -> list[Writing]:
    """The lines without a name that wait until enough people have written. None of them was ever shown."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.form == form,
        writings.c.occasion == occasion,
        writings.c.visibility == "unnamed",
        writings.c.released.is_(False),
        writings.c.batch == "",
        writings.c.draft.is_(False),
    )
    return [one for one in _found(connection, community, query) if isinstance(one, Writing) and not one.down]


def first_held(connection: Connection, community: str, circle: str, occasion: str) -> list[Writing]:
    """One line without a name for each form in which some wait about this gathering."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.occasion == occasion,
        writings.c.visibility == "unnamed",
        writings.c.released.is_(False),
        writings.c.batch == "",
        writings.c.draft.is_(False),
    )
    found = [one for one in _found(connection, community, query) if isinstance(one, Writing)]
    return list({one.form: one for one in found}.values())


def occasions_held(connection: Connection, community: str, circle: str) -> set[str]:
    """What lines without a name that wait in a circle are about; "" where about nothing in particular."""
    return set(
        connection.execute(
            select(writings.c.occasion)
            .distinct()
            .where(
                writings.c.community_id == community,
                writings.c.circle_id == circle,
                writings.c.visibility == "unnamed",
                writings.c.released.is_(False),
                writings.c.batch == "",
                writings.c.draft.is_(False),
            )
        ).scalars()
    )


def uncover(connection: Connection, community: str, circle: str, occasion: str) -> list[Writing]:
    """What was hidden about this gathering is so no more: gives what can be opened, the oldest first. What cannot be is
    its author's alone again."""
    these = (
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.occasion == occasion,
        writings.c.hidden,
    )
    found = _found(connection, community, select(writings).where(*these).with_for_update())
    locked = [one.id for one in found if isinstance(one, Locked)]
    connection.execute(update(writings).where(*these, writings.c.id.in_(locked)).values(visibility="me"))
    connection.execute(update(writings).where(*these).values(hidden=False, revision=writings.c.revision + 1))
    opened = [one for one in found if isinstance(one, Writing)]
    return [replace(one, hidden=False, revision=one.revision + 1) for one in reversed(opened)]


def of_batch(connection: Connection, community: str, batch: str) -> list[Writing]:
    """The lines that are shown together, nobody's name on them."""
    query = select(writings).where(writings.c.community_id == community, writings.c.batch == batch)
    return [one for one in _found(connection, community, query) if isinstance(one, Writing)]


def whose(connection: Connection, community: str, ids: Iterable[str]) -> dict[str, str]:
    """Who wrote each of these lines without a name, found by trying every member's key; "" where none fits."""
    asked = select(writings.c.id, writings.c.mark).where(
        writings.c.community_id == community, writings.c.id.in_(list(ids))
    )
    members = keys.of_all(connection, community)
    return {
        id_: next((one for one, own in members.items() if hmac.compare_digest(mark, _mark(own, id_))), "")
        for id_, mark in connection.execute(asked)
    }


def take_down(connection: Connection, community: str, line: str, reason: str) -> None:
    """A convener takes a line down: the reason is locked, and only the line's author is shown it."""
    key = keys.key(connection, community, keys.EVERYBODY)
    connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.id == line)
        .values(down=key.seal(reason.encode(), _reason(community, line)))
    )


def draft_of(
    connection: Connection, community: str, member: str, form: str, occasion: str = ""
) -> Writing | None:
    """What a member began in this form and has not finished; nothing that is about another occasion than this."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.author == member,
        writings.c.form == form,
        writings.c.draft,
        writings.c.occasion.in_(("", occasion)) if occasion else true(),
    )
    found = _found(connection, community, query, member)
    return next((one for one in found if isinstance(one, Writing)), None)


def drop(connection: Connection, visit: Visit, writing: Found, messages: Iterable[Message] = ()) -> bool:
    """It is gone, in the memory too, and a card that was only promised is not posted. Whoever calls has made sure that
    it is the visitor's own. False, and nothing is changed: its card is on its way just now."""
    this = writings.c.community_id == visit.community, writings.c.id == writing.id
    as_it_is = select(writings.c.ts, writings.c.hidden).where(*this).with_for_update()
    row = connection.execute(as_it_is).one_or_none()
    stands = row.ts if row else None
    on_its_way = writing.visibility in POSTED and stands is None and not (row and row.hidden)
    if stands != writing.ts or (
        on_its_way and not outbox.take_back(connection, visit.community, "writing", writing.id)
    ):
        return False
    asking.withdraw(connection, visit.community, writing.id, visit.now)
    _requote(connection, visit.community, visit.now, writings.c.id == writing.id)
    connection.execute(delete(writings).where(*this))
    if writing.ts:
        archive.unsay(connection, visit, writing.channel, writing.ts)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def taken_away(connection: Connection, community: str, channel: str, ts: str, now: datetime) -> None:
    """Somebody deleted its card in Slack: its author has it for herself again."""
    _requote(connection, community, now, writings.c.channel == channel, writings.c.ts == ts)
    connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.channel == channel, writings.c.ts == ts)
        .values(visibility="me", ts=None, revision=writings.c.revision + 1)
    )


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """Its card stands in the channel."""
    connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.id == subject)
        .values(ts=ts, released=True)
    )
    found = by_id(connection, community, subject)
    if isinstance(found, Writing):
        _mirror(connection, Visit(community, found.author, now, key=""), found)


outbox.LANDINGS["writing"] = landed


def _requote(connection: Connection, community: str, now: datetime, *which: ColumnElement[bool]) -> None:
    """If it may be quoted and stands in the channel, the learning digest of that time is drawn again."""
    query = select(writings.c.circle_id, writings.c.ts).where(
        writings.c.community_id == community, writings.c.may_quote, writings.c.ts.is_not(None), *which
    )
    if row := connection.execute(query).one_or_none():
        day = datetime.fromtimestamp(float(row.ts), UTC).date()
        quoting.again(connection, community, row.circle_id, day, now)


def _mirror(connection: Connection, visit: Visit, writing: Writing) -> None:
    """The memory holds what stands in a channel for everyone, or where the circle keeps all; and nothing else."""
    if writing.ts is None:
        return
    if writing.visibility not in POSTED:
        archive.unsay(connection, visit, writing.channel, writing.ts)
        connection.execute(
            update(writings)
            .where(writings.c.community_id == visit.community, writings.c.id == writing.id)
            .values(ts=None)
        )
        return
    watch = archive.watched(connection, visit.community, writing.channel, writing.ts, writing.ts)
    if watch.every or watch.kept or watch.here or writing.visibility == "everyone":
        archive.hear(connection, visit, utterance_of(writing), choose_it=True)


def _found(connection: Connection, community: str, query: Select[Any], member: str = "") -> list[Found]:
    """The writings of a query, newest first, opened for this member as far as their keys are there."""
    rows = connection.execute(query.order_by(writings.c.written_at.desc(), writings.c.id)).mappings().all()
    names = {keys.EVERYBODY if row["visibility"] == "unnamed" else row["author"] for row in rows}
    names |= {member, keys.EVERYBODY}
    there = {name: _key(connection, community, name) for name in names}
    asked = asking.of(connection, community, [row["id"] for row in rows])
    return [_opened(row, there, member, asked.get(row["id"], ())) for row in rows]


def _hers(connection: Connection, community: str, member: str) -> ColumnElement[bool]:
    """By her name; or by the mark that only her key can make, where there is none."""
    own = _key(connection, community, member)
    if own is None:
        return writings.c.author == member
    unnamed = connection.execute(
        select(writings.c.id, writings.c.mark).where(
            writings.c.community_id == community, writings.c.visibility == "unnamed"
        )
    )
    marked = [id_ for id_, mark in unnamed if hmac.compare_digest(mark, _mark(own, id_))]
    return (
        or_(writings.c.author == member, writings.c.id.in_(marked)) if marked else writings.c.author == member
    )


def _key(connection: Connection, community: str, name: str) -> Key | None:
    try:
        return keys.find(connection, community, name)
    except KeyLost:
        return None


def _opened(
    row: RowMapping, there: Mapping[str, Key | None], member: str, namings: tuple[Naming, ...]
) -> Found:
    unnamed = row["visibility"] == "unnamed"
    own, key = there[member], there[keys.EVERYBODY if unnamed else row["author"]]
    hers = unnamed and own is not None and hmac.compare_digest(row["mark"], _mark(own, row["id"]))
    about = {name: row[name] for name in COLUMNS} | {"circle": row["circle_id"]}
    about |= {"community": row["community_id"], "author": member if hers else row["author"]}
    try:
        if key is None:
            raise KeyLost("none")
        body = key.open(row["body"], _place(row["community_id"], row["id"]))
    except KeyLost:
        return Locked(**{name: about[name] for name in SHOWN})
    answers = {name: tuple(one) if isinstance(one, list) else one for name, one in json.loads(body).items()}
    why = _why(row, there[keys.EVERYBODY])
    return Writing(answers=answers, down=why, namings=namings, **about)


def _why(row: RowMapping, key: Key | None) -> str:
    """The reason for which a line was taken down."""
    if not row["down"]:
        return ""
    try:
        return key.open(row["down"], _reason(row["community_id"], row["id"])).decode() if key else UNKNOWN
    except KeyLost:
        return UNKNOWN


def _locked(key: Key, community: str, id_: str, answers: Answers) -> str:
    return key.seal(json.dumps(dict(answers), ensure_ascii=False).encode(), _place(community, id_))


def _reason(community: str, id_: str) -> str:
    return f"{community}|writing|down|{id_}"


def _place(community: str, id_: str) -> str:
    return f"{community}|writing|body|{id_}"


def _mark(own: Key, id_: str) -> str:
    """What only this key can make for this writing (HMAC-SHA-256, RFC 2104)."""
    return own.mark(f"writing|{id_}")
