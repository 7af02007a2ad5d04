"""The digest that closes a question's week, and is drawn again when a quote has changed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from practices.model import Message, Prompt
from store import circles, dialects, outbox, quoting
from store.prompts.changing import change, change_if
from store.prompts.rows import soonest, those
from store.schema import prompt as prompts


def digests_due(connection: Connection, now: datetime) -> list[Prompt]:
    """Prompts of every community whose digest is due and which nobody took down. One whose thread is still to be
    read again waits for that: somebody may have answered while nobody listened."""
    return those(
        connection,
        prompts.c.digest_at <= now,
        prompts.c.catch_up_at.is_(None),
        prompts.c.ts.is_not(None),
        prompts.c.withdrawn.is_(False),
    )


def digested(
    connection: Connection,
    community: str,
    prompt: Prompt,
    state: str,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """The digest of this prompt is said, or let go (`state` says which), once. False: that was done before."""
    assert prompt.digest_at is not None
    if not circles.claim(
        connection, community, prompt.circle, "digest", prompt.local_date, prompt.digest_at, state
    ):
        change(connection, community, prompt.id, digest_at=None)
        return False
    change(connection, community, prompt.id, digest_at=None)
    outbox.promise(connection, community, messages, now)
    return True


def digest_landed(connection: Connection, community: str, prompt: str, ts: str, now: datetime) -> None:
    """The digest stands in Slack at `ts`."""
    del now
    change(connection, community, prompt, digest_ts=ts)


outbox.LANDINGS["digest"] = digest_landed


def requote(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """Somebody changed or took back what she let us quote: if there is a digest, it is drawn again."""
    connection.execute(
        update(prompts)
        .where(prompts.c.community_id == community, prompts.c.id == prompt, prompts.c.digest_ts.is_not(None))
        .values(digest_again_at=now)
    )
    _requote_learning(connection, community, prompt, now)
    dialects.due(connection)


def _requote_learning(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """The same for the learning digest in whose time the question closed, once it is posted."""
    asked = select(prompts.c.circle_id, prompts.c.open_until).where(
        prompts.c.community_id == community, prompts.c.id == prompt
    )
    if row := connection.execute(asked).one_or_none():
        quoting.again(connection, community, row.circle_id, row.open_until, now)


def digests_again_due(connection: Connection, now: datetime) -> list[tuple[Prompt, datetime]]:
    """Prompts of every community whose digest is to be drawn again, each with the moment that asked for it."""
    asked_at = {
        (row.community_id, row.id): row.digest_again_at
        for row in connection.execute(
            select(prompts.c.community_id, prompts.c.id, prompts.c.digest_again_at).where(
                prompts.c.digest_again_at <= now
            )
        )
    }
    found = those(connection, prompts.c.digest_again_at <= now)
    return [(one, asked_at[key]) for one in found if (key := (one.community, one.id)) in asked_at]


def digested_again(
    connection: Connection,
    community: str,
    prompt: str,
    asked_at: datetime,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """The digest is drawn again: promise to show it. False: that was done, or a quote was changed again meanwhile."""
    done = change_if(
        connection, community, prompt, prompts.c.digest_again_at == asked_at, digest_again_at=None
    )
    if done:
        outbox.promise(connection, community, messages, now)
    return done


next_digest = soonest(prompts.c.digest_at, prompts.c.catch_up_at.is_(None))


next_digest_again = soonest(prompts.c.digest_again_at)
