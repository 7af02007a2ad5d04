"""How a circle arrives: added up over four questions, and no longer kept as it was said."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, update

from practices.catalogue.forms.checkin import WEATHER
from practices.figures import BLOCK, Group, Said, Weather, grouped
from practices.keeping import WEATHER_KEPT
from store import dialects
from store.schema import prompt as prompts
from store.schema import reflection as reflections
from store.schema import weather as sums


class Question(NamedTuple):
    """A question whose weather is in no sum yet, and the day on which it came."""

    id: str
    on: date


def add_up(connection: Connection, community: str, circle: str) -> None:
    """A question has closed: with every fourth there is one more sum. None is ever changed, and no two overlap."""
    waiting = _waiting(connection, community, circle, prompts.c.closed)
    for start in range(0, len(waiting) - BLOCK + 1, BLOCK):
        _sum(connection, community, circle, waiting[start : start + BLOCK])


def latest(connection: Connection, community: str, circle: str) -> Weather | None:
    """The newest sum of a circle."""
    row = connection.execute(
        select(sums)
        .where(sums.c.community_id == community, sums.c.circle_id == circle)
        .order_by(sums.c.until.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Weather(row.since, row.until, tuple(Group(tuple(steps), answers) for steps, answers in row.groups))


def sweep(connection: Connection, now: datetime) -> None:
    """Take out, in every community, how people arrived more than ninety days ago; what is in no sum by then (a circle
    that is asked seldom, or rests) is added up first."""
    due = select(prompts.c.community_id, prompts.c.circle_id, prompts.c.id, prompts.c.happened_on).where(
        prompts.c.weather_goes_on <= now.date()
    )
    for community, circle, prompt, on in connection.execute(due).all():
        _add_up_to(connection, community, circle, Question(prompt, on))
        _take_out(connection, community, prompt, now)


def said_anew(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """Somebody has said it of an older question once more: that goes in its time too."""
    connection.execute(
        update(prompts)
        .where(
            prompts.c.community_id == community, prompts.c.id == prompt, prompts.c.weather_goes_on.is_(None)
        )
        .values(weather_goes_on=(now + WEATHER_KEPT).date())
    )


def _add_up_to(connection: Connection, community: str, circle: str, last: Question) -> None:
    """Whatever has closed since the last sum, and this question, unless it is in one."""
    waiting = _waiting(connection, community, circle, prompts.c.closed | (prompts.c.happened_on <= last.on))
    if last in waiting:
        for start in range(0, len(waiting), BLOCK):
            _sum(connection, community, circle, waiting[start : start + BLOCK])


def _take_out(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """Nobody's is kept as it was said then; look again when the next one has had its time."""
    its = reflections.c.community_id == community, reflections.c.prompt_id == prompt
    connection.execute(
        update(reflections).where(*its, reflections.c.kept_at <= now - WEATHER_KEPT).values(arriving="")
    )
    left = select(func.min(reflections.c.kept_at)).where(*its, reflections.c.arriving != "")
    oldest = connection.execute(left).scalar()
    this = prompts.c.community_id == community, prompts.c.id == prompt
    closed = connection.execute(select(prompts.c.closed).where(*this)).scalar()
    again = oldest or (None if closed else now)  # while it is open, somebody may still answer
    on = (again + WEATHER_KEPT + timedelta(days=1)).date() if again else None
    connection.execute(update(prompts).where(*this).values(weather_goes_on=on))


def _waiting(
    connection: Connection, community: str, circle: str, which: ColumnElement[bool]
) -> list[Question]:
    """Questions whose weather is in no sum yet, oldest first."""
    query = select(prompts.c.id, prompts.c.happened_on).where(
        prompts.c.community_id == community,
        prompts.c.circle_id == circle,
        prompts.c.weather_until.is_(None),
        prompts.c.withdrawn.is_(False),
        prompts.c.ts.is_not(None),
        which,
    )
    return [Question(*row) for row in connection.execute(query.order_by(prompts.c.happened_on, prompts.c.id))]


def _sum(connection: Connection, community: str, circle: str, asked: Sequence[Question]) -> None:
    """Keep the weather of these questions as a sum, as far as five people stand behind each part of it."""
    ids = [one.id for one in asked]
    rows = connection.execute(
        select(reflections.c.member, reflections.c.arriving).where(
            reflections.c.community_id == community,
            reflections.c.prompt_id.in_(ids),
            reflections.c.arriving != "",
        )
    )
    groups = grouped((Said(*row) for row in rows), [step for step, _ in WEATHER])
    until = asked[-1].on
    dialects.insert_once(
        connection,
        sums,
        {
            "community_id": community,
            "circle_id": circle,
            "since": asked[0].on,
            "until": until,
            "groups": [[list(one.steps), one.answers] for one in groups],
        },
    )
    connection.execute(
        update(prompts)
        .where(prompts.c.community_id == community, prompts.c.id.in_(ids))
        .values(weather_until=until)
    )
