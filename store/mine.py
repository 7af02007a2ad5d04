"""All that is kept of one member's own words."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from practices.archive import moment
from practices.mine import Answered, Counts, Everything, Found, Said
from store import archive, away, nudges, queue, reflections, welcomes, writings
from store.cohorts import applications
from store.matches import mine as matches
from store.polarities import hers
from store.schema import channel as channels
from store.schema import message as messages
from store.schema import prompt as prompts
from store.schema import reflection as answers

AT_ONCE = 500  # messages


def everything(connection: Connection, community: str, member: str) -> Everything:
    """Hers, newest first, opened as far as her key is there."""
    asked = connection.execute(
        select(answers.c.id, prompts.c.text)
        .join(
            prompts,
            (prompts.c.community_id == answers.c.community_id) & (prompts.c.id == answers.c.prompt_id),
        )
        .where(answers.c.community_id == community, answers.c.member == member)
        .order_by(answers.c.kept_at.desc())
    ).all()
    checkins = ((reflections.by_id(connection, community, row.id), row.text) for row in asked)
    return Everything(
        tuple(writings.of_member(connection, community, member)),
        tuple((one, question) for one, question in checkins if one),
        tuple(_said(connection, community, archive.said_by(connection, community, member))),
        tuple(queue.of_member(connection, community, member)),
        tuple(applications.everything_of(connection, community, member)),
        tuple(matches.everything_of(connection, community, member)),
        hers.written(connection, community, member),
        nudges.wish(connection, community, member),
        away.of(connection, community, member),
    )


def written(connection: Connection, community: str, member: str, most: int | None = None) -> list[Found]:
    """What she wrote, in forms and in answer to her circles' questions, newest first; or the newest so many."""
    query = (
        select(
            answers, prompts.c.text.label("question"), prompts.c.ts.label("thread"), prompts.c.answers_months
        )
        .join(
            prompts,
            (prompts.c.community_id == answers.c.community_id) & (prompts.c.id == answers.c.prompt_id),
        )
        .where(answers.c.community_id == community, answers.c.member == member)
        .order_by(answers.c.kept_at.desc())
        .limit(most)
    )
    rows = connection.execute(query).all()
    kept = archive.kept_of(connection, community, {(row.channel, row.thread) for row in rows if row.thread})
    said = [
        Answered(
            id=row.id,
            question=row.question,
            text=row.text,
            written_at=row.kept_at,
            channel=row.channel,
            in_thread=row.via == "thread",
            thread_kept=(row.channel, row.thread) in kept,
            months=row.answers_months,
        )
        for row in rows
    ]
    found = [*writings.of_member(connection, community, member, most), *said]
    return sorted(found, key=lambda one: one.written_at, reverse=True)[:most]


def counts(connection: Connection, community: str, member: str) -> Counts:
    """How much that is."""
    return Counts(
        writings.count_of(connection, community, member),
        _answered(connection, community, member),
        len(archive.said_by(connection, community, member)),
        len(queue.of_member(connection, community, member)),
        applications.count_of(connection, community, member),
        len(hers.written(connection, community, member)),
        matches.count_of(connection, community, member),
        nudges.wish(connection, community, member),
        away.of(connection, community, member),
        welcomes.count_of(connection, community, member),
    )


def count_of(connection: Connection, community: str, member: str) -> int:
    """How many things she wrote."""
    return writings.count_of(connection, community, member) + _answered(connection, community, member)


def _answered(connection: Connection, community: str, member: str) -> int:
    shared = select(func.count()).where(answers.c.community_id == community, answers.c.member == member)
    return int(connection.execute(shared).scalar_one())


def _said(connection: Connection, community: str, ids: Sequence[int]) -> Iterator[Said]:
    """What was said in these messages, newest first."""
    newest = ids[::-1]
    for start in range(0, len(newest), AT_ONCE):
        rows = connection.execute(
            select(channels.c.name, messages.c.ts_us, messages.c.text)
            .join(channels, channels.c.key == messages.c.channel_key)
            .where(messages.c.community_id == community, messages.c.id.in_(newest[start : start + AT_ONCE]))
            .order_by(messages.c.id.desc())
        )
        yield from (Said(f"#{row.name}", moment(row.ts_us), row.text) for row in rows)
