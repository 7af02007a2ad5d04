"""What a map holds beside its lines: small steps, early signs, where a group stood, and why it was stopped."""

from dataclasses import replace

from sqlalchemy import Connection, select

from practices.polarities.map import Map, Side, Standing
from practices.polarities.steps import Planned, Pole, of
from practices.polarities.whole import Whole
from practices.writings import ENOUGH
from store.polarities import standing, steps, weeks, wordings
from store.schema import polarity as maps


def filled(connection: Connection, community: str, found: Whole) -> Whole:
    """The same with all that its second half has brought; `now` is the newest standing."""
    one = found.polarity
    planned = steps.planned(connection, community, one.id)
    stood = standing.drawn(connection, community, one.id)
    offered = len(wordings.whose(connection, community, one))
    shown = wordings.shown(connection, community, one.id) and (one.named or offered >= ENOUGH)
    dots = wordings.dots_of(connection, community, one.id).values() if one.state == "reveal" else ()
    why = connection.execute(
        select(maps.c.why).where(maps.c.community_id == community, maps.c.id == one.id)
    ).scalar()
    return replace(
        found,
        map=_filled(
            found.map,
            planned,
            stood[max(stood)] if stood else None,
            stopped=why or "" if one.state == "stopped" else "",
            circle=found.circle,
        ),
        wordings=wordings.offered(connection, community, one) if shown else (),
        offered=offered if one.state == "reveal" else 0,
        worded=len(set[str]().union(*dots)),
        answered=standing.answered(connection, community, one.id) if one.state == "assess" else 0,
        standings=stood,
        planned=planned,
        watched=weeks.watched(connection, community, one.id),
    )


def _filled(
    bare: Map, planned: tuple[Planned, ...], now: Standing | None, *, stopped: str, circle: str
) -> Map:
    def side(before: Side, pole: Pole) -> Side:
        return replace(
            before,
            steps=tuple(one.step for one in of(planned, "step", pole)),
            signs=tuple(one.words for one in of(planned, "sign", pole)),
        )

    return replace(
        bare,
        left=side(bare.left, "L"),
        right=side(bare.right, "R"),
        now=now,
        stopped=stopped,
        circle=circle,
    )
