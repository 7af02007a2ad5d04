"""Rounds: foreseen, told, opened by one statement whoever looks, and closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, func, or_, select, update

from practices.matches.conversations import Conversation
from practices.matches.model import Asked, Plan
from practices.matches.settings import Round
from practices.model import Message, Visit
from store import dialects, outbox, weave
from store.matches import conversations, draws, openings, profiles, saying, settings
from store.schema import match_round as rounds
from store.soonest import Soonest


class Opened(NamedTuple):
    """A round as it opens: its conversations, who is left, what it was drawn from, and what comes after it."""

    round: Round
    conversations: Sequence[Conversation]
    without: Sequence[str]  # alone by the draw
    lost: Sequence[str]  # whose partner left since
    asked: Asked
    plan: Plan
    following: Round | None


def foresee(connection: Connection, community: str, circle: str, round_: Round | None) -> None:
    """The next round, in the place of any other that was foreseen; None: there is none."""
    coming = (
        rounds.c.community_id == community,
        rounds.c.circle_id == circle,
        rounds.c.state == "coming",
    )
    connection.execute(delete(rounds).where(*coming, rounds.c.id != (round_.id if round_ else "")))
    if round_ is None:
        return
    if not dialects.insert_once(connection, rounds, _row(round_)):
        connection.execute(
            update(rounds)
            .where(*coming, rounds.c.id == round_.id)
            .values(opens_at=round_.opens, closes_at=round_.closes, due=round_.due, told_at=round_.told)
        )
    dialects.due(connection)


def by_id(connection: Connection, community: str, id_: str) -> Round | None:
    """One round."""
    return next(iter(_rounds(connection, rounds.c.community_id == community, rounds.c.id == id_)), None)


def in_state(connection: Connection, community: str, circle: str, state: str) -> Round | None:
    """The newest round of a circle that is coming, open, closed."""
    query = (
        rounds.c.community_id == community,
        rounds.c.circle_id == circle,
        rounds.c.state == state,
    )
    return next(iter(_rounds(connection, *query)), None)


def days(connection: Connection, community: str, circle: str) -> list[date]:
    """The days of rounds that have opened."""
    query = select(rounds.c.local_date).where(
        rounds.c.community_id == community, rounds.c.circle_id == circle, rounds.c.state != "coming"
    )
    return list(connection.execute(query).scalars())


def due(connection: Connection, now: datetime) -> list[Round]:
    """Rounds of every community to which something happens now, the oldest first: one closes before another opens."""
    return sorted(_rounds(connection, rounds.c.due <= now), key=lambda one: one.local_date)


def again_due(connection: Connection, now: datetime) -> list[Round]:
    """Rounds of every community in which somebody waits for somebody else."""
    return _rounds(connection, rounds.c.again_at <= now)


next_due = Soonest(select(func.min(rounds.c.due)), select(func.min(rounds.c.again_at)))


def freshen(connection: Connection, visit: Visit, round_: Round) -> bool:
    """Another draw, please. False: it has opened meanwhile, or somebody else asked first."""
    return _moved(connection, visit.community, round_.id, "coming", fresh=round_.fresh + 1, was=round_.fresh)


def told(
    connection: Connection,
    community: str,
    round_: Round,
    messages: Iterable[Message],
    now: datetime,
    tired: Sequence[str] = (),
) -> bool:
    """The note before a round goes, once; some (`tired`) are asked whether to pause. False: it had gone."""
    done = connection.execute(
        update(rounds)
        .where(
            rounds.c.community_id == community,
            rounds.c.id == round_.id,
            rounds.c.state == "coming",
            rounds.c.told_at.is_(None),
        )
        .values(told_at=now, due=round_.opens)
    )
    dialects.due(connection)
    if done.rowcount == 1:
        profiles.settle(connection, community, round_.circle, tired, pause_asked=True)
        outbox.promise(connection, community, messages, now)
    return done.rowcount == 1


def let_go(
    connection: Connection,
    community: str,
    round_: Round,
    following: Round | None,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """Nothing becomes of a round; the next one is foreseen. False: that was settled."""
    if not _moved(connection, community, round_.id, "coming", state="let go", due=None):
        return False
    foresee(connection, community, round_.circle, following)
    outbox.promise(connection, community, messages, now)
    return True


def open_(
    connection: Connection, community: str, opened: Opened, messages: Iterable[Message], now: datetime
) -> bool:
    """A round opens with all its conversations, once. False: it has opened."""
    round_, plan = opened.round, opened.plan
    moved = _moved(
        connection,
        community,
        round_.id,
        "coming",
        state="open",
        number=round_.number,
        seed=round_.seed,
        due=round_.closes,
        again_at=now if opened.lost else None,
        body=draws.locked(connection, community, round_.id, opened.asked, plan),
        sums=_sums(plan),
    )
    if not moved or not settings.numbered(connection, community, round_.circle, round_.number):
        return False
    for member in opened.lost:
        saying.say(connection, Visit(community, member, now, key=""), round_.id, saying.AGAIN)
    conversations.begin(connection, community, opened.conversations)
    _debts(connection, community, opened)
    foresee(connection, community, round_.circle, opened.following)
    outbox.promise(connection, community, messages, now)
    return True


def wait_until(connection: Connection, community: str, round_: str, at: datetime | None) -> None:
    """When those who wait for somebody else are matched next."""
    connection.execute(
        update(rounds).where(rounds.c.community_id == community, rounds.c.id == round_).values(again_at=at)
    )
    dialects.due(connection)


def looked_after(
    connection: Connection, community: str, round_: str, again: datetime | None, now: datetime
) -> None:
    """Those who waited at `now` were looked after; who still waits is `again`. Whoever has asked meanwhile gets the
    moment that was set for her."""
    connection.execute(
        update(rounds)
        .where(
            rounds.c.community_id == community,
            rounds.c.id == round_,
            or_(rounds.c.again_at.is_(None), rounds.c.again_at <= now),
        )
        .values(again_at=again)
    )
    dialects.due(connection)


def close(
    connection: Connection,
    community: str,
    round_: Round,
    messages: Iterable[Message],
    now: datetime,
    talks: Sequence[Conversation] = (),
) -> bool:
    """A round is over, once: who has not met so far has missed one; those whom nobody could tell of their conversation
    come first in the next; and what opened the others (of all `talks`) says that it is over. False: it was closed."""
    if not _moved(connection, community, round_.id, "open", state="closed", due=None, again_at=None):
        return False
    going_on = [talk for talk in talks if talk.freed is None]
    never = [talk for talk in going_on if not talk.reached]
    unheard = [one.member for talk in never for one in talk.people]
    unmet = set(conversations.unmet(connection, community, round_.id)).difference(unheard)
    profiles.more(connection, community, round_.circle, sorted(unmet), "missed")
    profiles.more(connection, community, round_.circle, unheard, "owed")
    conversations.never(connection, community, never)
    openings.redraw(connection, community, going_on, "over", now)
    weave.look_again(connection, community, round_.circle, now)
    outbox.promise(connection, community, messages, now)
    return True


def _moved(
    connection: Connection, community: str, id_: str, before: str, was: int | None = None, **values: Any
) -> bool:
    """By one statement, so that of several who try one does."""
    done = connection.execute(
        update(rounds)
        .where(
            rounds.c.community_id == community,
            rounds.c.id == id_,
            rounds.c.state == before,
            *((rounds.c.fresh == was,) if was is not None else ()),
        )
        .values(values)
    )
    dialects.due(connection)
    return done.rowcount == 1


def _debts(connection: Connection, community: str, opened: Opened) -> None:
    """What each has had by this round, and what is owed to whom it left alone."""
    circle, number = opened.round.circle, opened.round.number
    drawn = [one.member for talk in opened.conversations for one in talk.people]
    across = [one.member for talk in opened.conversations if len(talk.sectors) > 1 for one in talk.people]
    trio = [one.member for talk in opened.conversations if len(talk.people) > 2 for one in talk.people]
    profiles.settle(connection, community, circle, drawn, last=number)
    profiles.settle(connection, community, circle, across, across=number)
    profiles.settle(connection, community, circle, trio, trio=number)
    profiles.more(connection, community, circle, (*opened.without, *opened.lost), "owed")


def _sums(plan: Plan) -> Mapping[str, int]:
    certificate = plan.certificate
    return {
        "present": certificate.present,
        "bound": certificate.bound,
        "across": certificate.across,
        "repeats": len(certificate.repeats),
        "met_before": certificate.met_before,
        "alone": len(plan.alone),
    }


def _rounds(connection: Connection, *where: Any) -> list[Round]:
    rows = connection.execute(select(rounds).where(*where).order_by(rounds.c.local_date.desc())).mappings()
    return [_round(row) for row in rows]


def _round(row: RowMapping) -> Round:
    return Round(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        local_date=row["local_date"],
        opens=row["opens_at"],
        closes=row["closes_at"],
        seed=row["seed"],
        due=row["due"],
        state=row["state"],
        number=row["number"],
        fresh=row["fresh"],
        told=row["told_at"],
    )


def _row(round_: Round) -> dict[str, Any]:
    return {
        "community_id": round_.community,
        "id": round_.id,
        "circle_id": round_.circle,
        "number": round_.number,
        "local_date": round_.local_date,
        "state": round_.state,
        "seed": round_.seed,
        "fresh": round_.fresh,
        "told_at": round_.told,
        "opens_at": round_.opens,
        "closes_at": round_.closes,
        "due": round_.due,
        "body": "",
        "sums": {},
    }
