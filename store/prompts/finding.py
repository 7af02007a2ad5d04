"""Which questions there are, and what is known of each."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, func, select, union

from practices.model import Prompt
from practices.rotation import Asked
from store.prompts.rows import first, prompt_of, those
from store.schema import member as members
from store.schema import prompt as prompts
from store.schema import reflection as reflections
from store.schema import writing as writings

# What every reply asks for, built once: building takes longer than asking.
_AT = select(prompts).where(
    prompts.c.community_id == bindparam("community"),
    prompts.c.channel == bindparam("channel"),
    prompts.c.ts == bindparam("ts"),
)


def by_id(connection: Connection, community: str, prompt: str) -> Prompt | None:
    """One prompt."""
    return first(connection, prompts.c.community_id == community, prompts.c.id == prompt)


def at(connection: Connection, community: str, channel: str, ts: str) -> Prompt | None:
    """The prompt whose message this is."""
    place = {"community": community, "channel": channel, "ts": ts}
    row = connection.execute(_AT, place).mappings().one_or_none()
    return prompt_of(row) if row else None


def open_in(connection: Connection, community: str, channels: Iterable[str]) -> list[Prompt]:
    """The open prompts of these channels that stand in Slack, newest first."""
    return those(
        connection,
        prompts.c.community_id == community,
        prompts.c.channel.in_(list(channels)),
        prompts.c.closed.is_(False),
        prompts.c.withdrawn.is_(False),
        prompts.c.ts.is_not(None),
    )


def asked(connection: Connection, community: str, circle: str) -> list[Asked]:
    """What this circle was asked before, oldest first."""
    rows = connection.execute(
        select(prompts.c.key, prompts.c.happened_on)
        .where(prompts.c.community_id == community, prompts.c.circle_id == circle)
        .order_by(prompts.c.local_date)
    )
    return [Asked(row.key, row.happened_on) for row in rows]


def last_day(connection: Connection, community: str, circle: str) -> date | None:
    """The nominal day of the newest question this circle was asked."""
    day: date | None = connection.execute(
        select(func.max(prompts.c.local_date)).where(
            prompts.c.community_id == community, prompts.c.circle_id == circle
        )
    ).scalar()
    return day


def names(connection: Connection, community: str, prompt: str) -> dict[str, str]:
    """The names of those who answered, by member id."""
    rows = connection.execute(
        select(members.c.id, members.c.name).where(
            members.c.community_id == community,
            members.c.id.in_(
                select(reflections.c.member).where(
                    reflections.c.community_id == community, reflections.c.prompt_id == prompt
                )
            ),
        )
    )
    return {row.id: row.name for row in rows}


def answered(connection: Connection, community: str, member: str, asked: Iterable[str]) -> frozenset[str]:
    """Those of these questions that she has answered, whoever sees it."""
    ids = list(asked)
    shared = select(reflections.c.prompt_id).where(
        reflections.c.community_id == community,
        reflections.c.prompt_id.in_(ids),
        reflections.c.member == member,
    )
    held_back = select(writings.c.occasion).where(
        writings.c.community_id == community,
        writings.c.author == member,
        writings.c.occasion.in_(ids),
        writings.c.draft.is_(False),
    )
    return frozenset(connection.execute(union(shared, held_back)).scalars())
