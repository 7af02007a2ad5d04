"""Conversations as they are kept become values: who was in them, and what each takes away."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from practices.matches.conversations import Conversation, Note, Partner
from practices.matches.profiles import Profile
from store import keys
from store.matches import profiles
from store.schema import match_group as groups
from store.schema import match_person as persons
from store.sealing import Key, KeyLost

ONE_BY_ONE = 20  # keys


def found(connection: Connection, community: str, *where: Any) -> list[Conversation]:
    """The conversations of a query, opened as far as the keys are there."""
    rows = connection.execute(select(groups).where(*where).order_by(groups.c.id)).mappings().all()
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    theirs: dict[str, list[Partner]] = {}
    people = connection.execute(
        select(persons)
        .where(persons.c.community_id == community, persons.c.match_id.in_(ids))
        .order_by(persons.c.member)
    ).mappings()
    numbers: dict[str, int] = {}
    who = people.all()
    locks = _keys(connection, community, {row["member"] for row in who})
    known = {
        (circle, one.member): one.profile
        for circle in {row["circle_id"] for row in rows}
        for one in profiles.those(connection, community, circle, {row["member"] for row in who}, locks)
    }
    for row in who:
        profile = known.get((row["circle_id"], row["member"]), Profile(row["sector"]))
        theirs.setdefault(row["match_id"], []).append(_partner(row, profile, locks.get(row["member"])))
        numbers[row["match_id"]] = row["number"]
    return [_talk(row, theirs.get(row["id"], ()), numbers.get(row["id"], 0)) for row in rows]


def locked(connection: Connection, community: str, talk: str, member: str, note: Note) -> str:
    """What somebody takes away, locked with her own key for its row. Raises KeyLost."""
    words = json.dumps([note.take_away, note.talked_about], ensure_ascii=False).encode()
    return keys.key(connection, community, member).seal(words, _place(community, talk, member))


def _keys(connection: Connection, community: str, members: Iterable[str]) -> Mapping[str, Key | None]:
    """One by one for a conversation, all at once for a round."""
    found: dict[str, Key | None] = {}
    some = list(members)
    if len(some) > ONE_BY_ONE:
        found.update(keys.of_all(connection, community))
        return found
    for member in some:
        try:
            found[member] = keys.find(connection, community, member)
        except KeyLost:
            found[member] = None
    return found


def _partner(row: RowMapping, profile: Profile, own: Key | None) -> Partner:
    note = None
    try:
        if row["note"] and own:
            place = _place(row["community_id"], row["match_id"], row["member"])
            note = Note(*json.loads(own.open(row["note"], place)))
    except KeyLost:
        note = None
    return Partner(
        member=row["member"],
        profile=profile,
        outcome=row["outcome"],
        left=row["left_at"] is not None,
        note=note,
        note_ts=row["note_ts"],
        agrees=row["agrees"],
    )


def _talk(row: RowMapping, people: Sequence[Partner], number: int) -> Conversation:
    return Conversation(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        round=row["round_id"],
        number=number,
        people=tuple(people),
        opened=row["opened_at"],
        closes=row["closes_at"],
        question=row["question"],
        channel=row["channel"],
        ts=row["ts"],
        apart=row["apart"],
        swapped=row["swapped"],
        tapped=row["tapped"],
        written=row["written"],
        found=row["found_at"],
        freed=row["freed_at"],
        remind=row["remind_at"],
        met=row["met"],
        shared_ts=row["shared_ts"],
    )


def _place(community: str, talk: str, member: str) -> str:
    return f"{community}|match_person|note|{talk}/{member}"
