"""Rounds: foreseen, told, opened by one statement whoever looks, and closed; with what each was drawn from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, func, or_, select, update

from practices.matches.conversations import Conversation
from practices.matches.model import Asked, Plan
from practices.matches.plain import asked_in_pieces, asked_of, plan_in_pieces, plan_of
from practices.matches.profiles import Said
from practices.matches.settings import Round
from practices.matches.taking_part import Gathered
from practices.model import Message, Visit
from store import channels, circles, dialects, keys, outbox, weave
from store.matches import conversations, profiles, settings
from store.schema import match_round as rounds
from store.schema import match_said as said
from store.sealing import KeyLost
from store.soonest import Soonest

AGAIN = "again"  # somebody else, please


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


def say(connection: Connection, visit: Visit, round_: str, word: Said | str) -> None:
    """What the visitor says of a round: in, skip; once it is open: again."""
    row = {"community_id": visit.community, "round_id": round_, "member": visit.member, "said": word}
    dialects.put(connection, said, row)


def said_in(connection: Connection, community: str, round_: str, member: str = "") -> dict[str, Said]:
    """Who said what of a round, or only one of them."""
    rows = connection.execute(
        select(said.c.member, said.c.said).where(
            said.c.community_id == community,
            said.c.round_id == round_,
            *((said.c.member == member,) if member else ()),
        )
    )
    return {row.member: row.said for row in rows}


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


def gathered(connection: Connection, community: str, circle: str, round_: str = "") -> Gathered | None:
    """All that a draw of a circle looks at."""
    setting, place = settings.of(connection, community, circle), circles.by_id(connection, community, circle)
    if setting is None or place is None:
        return None
    return Gathered(
        setting=setting,
        enrolled=profiles.of_circle(connection, community, circle),
        here=channels.people(connection, community, place.channel),
        said=said_in(connection, community, round_) if round_ else {},
        past=conversations.past(connection, community, circle),
        apart=settings.all_apart(connection, community, circle),
    )


def open_(
    connection: Connection, community: str, opened: Opened, messages: Iterable[Message], now: datetime
) -> bool:
    """A round opens with all its conversations, once. False: it has opened."""
    round_, plan = opened.round, opened.plan
    body = json.dumps([list(asked_in_pieces(opened.asked)), list(plan_in_pieces(plan))])
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
        body=keys.key(connection, community, keys.EVERYBODY).seal(
            body.encode(), _place(community, round_.id)
        ),
        sums=_sums(plan),
    )
    if not moved or not settings.numbered(connection, community, round_.circle, round_.number):
        return False
    for member in opened.lost:
        say(connection, Visit(community, member, now, key=""), round_.id, AGAIN)
    conversations.begin(connection, community, opened.conversations)
    _debts(connection, community, opened)
    foresee(connection, community, round_.circle, opened.following)
    outbox.promise(connection, community, messages, now)
    return True


def drawn_from(connection: Connection, community: str, round_: str) -> tuple[Asked, Plan] | None:
    """What a round was drawn from, and its plan; None where somebody was forgotten since, or its key is lost."""
    query = select(rounds.c.body).where(rounds.c.community_id == community, rounds.c.id == round_)
    body = connection.execute(query).scalar()
    found = _opened(connection, community, round_, body) if body else None
    if found is None:
        return None
    asked, plan = json.loads(found)
    return asked_of(asked), plan_of(plan)


def forget_draws(connection: Connection, community: str, member: str, after: int, most: int) -> int:
    """What rounds were drawn from that names this member goes: they cannot be drawn again any more. So does what cannot
    be opened. Looks at some of all rounds, `after` so many; says at how many: at none, where there are no more."""
    rows = connection.execute(
        select(rounds.c.id, rounds.c.body)
        .where(rounds.c.community_id == community, rounds.c.state.in_(("open", "closed")))
        .order_by(rounds.c.id)
        .offset(after)
        .limit(most)
    ).all()
    hers = json.dumps(member).encode()
    for row in rows:
        if row.body and hers in (_opened(connection, community, row.id, row.body) or hers):
            connection.execute(
                update(rounds)
                .where(rounds.c.community_id == community, rounds.c.id == row.id)
                .values(body="")
            )
    return len(rows)


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
    connection: Connection, community: str, round_: Round, messages: Iterable[Message], now: datetime
) -> bool:
    """A round is over, once: who has not met so far has missed one. False: it was closed."""
    if not _moved(connection, community, round_.id, "open", state="closed", due=None, again_at=None):
        return False
    unmet = conversations.unmet(connection, community, round_.id)
    profiles.more(connection, community, round_.circle, unmet, "missed")
    weave.look_again(connection, community, round_.circle, now)
    outbox.promise(connection, community, messages, now)
    return True


def _opened(connection: Connection, community: str, round_: str, body: str) -> bytes | None:
    """What a round was drawn from; None where its key is lost."""
    try:
        key = keys.find(connection, community, keys.EVERYBODY)
        return key.open(body, _place(community, round_)) if key else None
    except KeyLost:
        return None


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


def _place(community: str, round_: str) -> str:
    return f"{community}|match_round|body|{round_}"
