"""What is kept of a circle that may be counted."""

from sqlalchemy import Connection, func, select

from practices.figures import Figures, Material, Week, figures
from practices.model import Circle
from practices.pulse import QUARTERS, Pulse, Sums
from practices.weave import Weave, woven
from practices.writings import Writing
from store import pulse, weather, weave, writings
from store.schema import prompt as prompts
from store.schema import reflection as reflections


def page(
    connection: Connection, community: str, circle: Circle
) -> tuple[Figures, list[tuple[Pulse, Sums]], Weave]:
    """Everything that a circle's page of figures shows, in one look."""
    pulses = pulse.closed(connection, community, circle.id, QUARTERS)
    met = weave.conversations(connection, community, circle.id)
    sectors = weave.sectors(connection, community, circle)
    return figures(material(connection, community, circle.id)), pulses, woven(sectors, met)


def material(connection: Connection, community: str, circle: str) -> Material:
    """Everything of a circle that its page of figures counts."""
    where = (
        prompts.c.community_id == community,
        prompts.c.circle_id == circle,
        prompts.c.closed,
        prompts.c.withdrawn.is_(False),
        prompts.c.ts.is_not(None),
    )
    answered = prompts.outerjoin(
        reflections,
        (reflections.c.community_id == prompts.c.community_id) & (reflections.c.prompt_id == prompts.c.id),
    )
    weeks = connection.execute(
        select(
            prompts.c.id,
            prompts.c.happened_on,
            prompts.c.theme,
            prompts.c.open_until,
            (prompts.c.voices + func.count(reflections.c.member.distinct())).label("voices"),
        )
        .select_from(answered)
        .where(*where)
        .group_by(
            prompts.c.id, prompts.c.happened_on, prompts.c.theme, prompts.c.open_until, prompts.c.voices
        )
        .order_by(prompts.c.happened_on, prompts.c.id)
    ).all()
    ripples = writings.shared(connection, community, circle, "ripple")
    return Material(
        weeks=tuple(Week(week.happened_on, week.theme, week.voices, week.open_until) for week in weeks),
        weather=weather.latest(connection, community, circle),
        ripples=tuple(one for one in ripples if isinstance(one, Writing)),
    )


def voices(connection: Connection, community: str, circle: str, most: int) -> list[int]:
    """How many people answered each of the last questions that have closed, oldest first."""
    last = (
        select(prompts.c.id, prompts.c.local_date, prompts.c.voices)  # of those whose answers have gone
        .where(
            prompts.c.community_id == community,
            prompts.c.circle_id == circle,
            prompts.c.closed,
            prompts.c.withdrawn.is_(False),
            prompts.c.ts.is_not(None),
        )
        .order_by(prompts.c.local_date.desc())
        .limit(most)
        .subquery()
    )
    counted = (
        select(last.c.voices + func.count(reflections.c.member.distinct()))
        .select_from(
            last.outerjoin(
                reflections,
                (reflections.c.community_id == community) & (reflections.c.prompt_id == last.c.id),
            )
        )
        .group_by(last.c.id, last.c.local_date, last.c.voices)
        .order_by(last.c.local_date)
    )
    return list(connection.execute(counted).scalars())
