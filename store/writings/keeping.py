"""A writing is kept, reworded and dropped, locked with its author's own key."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select, update

from practices.keeping import ask_on
from practices.model import Message, Visit
from practices.writings import POSTED, Writing
from store import archive, dialects, keys, outbox
from store.naming import asking
from store.schema import writing as writings
from store.writings import locking
from store.writings.rows import Found
from store.writings.standing import mirror, requote


def keep(connection: Connection, visit: Visit, writing: Writing, messages: Iterable[Message] = ()) -> bool:
    """Keep a writing of the visitor's, or its newer wording; False where the one that is kept is newer. Raises KeyLost.

    A wording is kept only over the one that it was made from.
    """
    values = _values(connection, visit, writing)
    row = {
        "community_id": visit.community,
        "id": writing.id,
        "released": writing.released,
        "batch": writing.batch,
        **values,
    }
    if not dialects.insert_once(connection, writings, row):
        requote(connection, visit.community, visit.now, writings.c.id == writing.id)
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
        requote(connection, visit.community, visit.now, writings.c.id == writing.id)
    mirror(connection, visit, writing)
    outbox.promise(connection, visit.community, messages, visit.now)
    if writing.returns_at:
        dialects.due(connection)
    return True


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
    requote(connection, visit.community, visit.now, writings.c.id == writing.id)
    connection.execute(delete(writings).where(*this))
    if writing.ts:
        archive.unsay(connection, visit, writing.channel, writing.ts)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def _values(connection: Connection, visit: Visit, writing: Writing) -> dict[str, Any]:
    """What is kept of each wording, its words locked; where it has no name, a mark stands in its author's place."""
    unnamed = writing.visibility == "unnamed"
    own = keys.key(connection, visit.community, visit.member)
    key = keys.key(connection, visit.community, keys.EVERYBODY) if unnamed else own
    return {
        "circle_id": writing.circle,
        "channel": writing.channel,
        "form": writing.form,
        "author": "" if unnamed else visit.member,
        "mark": locking.mark(own, writing.id) if unnamed else "",
        "visibility": writing.visibility,
        "body": locking.locked(key, writing.answers, locking.body_at(visit.community, writing.id)),
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
