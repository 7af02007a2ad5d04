"""Somebody asks to join a circle, changes her words, or takes them back."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import name_of
from practices import cohorts
from practices.cohorts import Application, Invitation
from practices.model import Circle, Visit, identity
from practices.refusals import ApplicationGone, InvitationGone, InvitationOver, Refusal
from store import channels
from store import circles as circles_kept
from store.cohorts import applications, invitations
from store.engine import Database
from workspace import home
from workspace.cohorts import applying as words
from workspace.gateway import Gateway
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("join")(join)
    app.view("application")(keep)
    app.action("application_take_back")(take_back)


async def join(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(I'd like to join): the form, with what she wrote before; once it has closed, her own words to read. Who is
    in the circle need not ask."""
    invitation, circle = await _invited(action["value"], visit, db)
    mine = await _mine(identity("application", invitation.id, visit.member), visit, db)
    if mine is None:
        cohorts.may_ask(invitation, visit.now)
    try:
        cohorts.still_open(invitation, visit.now)
        here = await db.read(channels.people, visit.community, circle.channel)
        cohorts.comes_from_outside(here, circle, mine, visit)
        view = words.form(invitation, circle, mine)
    except Refusal as refusal:
        if mine is None:
            raise
        view = words.own(mine, invitation, refusal.sentence)
    await gateway.open(visit.trigger, view)
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """The form comes back: her words are locked, for the conveners to read."""
    which, given = words.given(view)
    invitation, circle = await _invited(which, visit, db)
    mine = await _mine(identity("application", invitation.id, visit.member), visit, db)
    here = await db.read(channels.people, visit.community, circle.channel)
    cohorts.comes_from_outside(here, circle, mine, visit)
    sectors = (*circle.sectors, *((mine.sector,) if mine else ()))
    application = cohorts.accept(given, invitation, sectors, visit)
    await name_of(visit, db, gateway)
    said = (home.again(visit),)
    if await db.write(applications.apply, visit, application, invitation, said) is False:
        raise InvitationOver
    await ack(response_action="update", view=thanks(words.sent(invitation, circle)))


async def take_back(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Take it back), at any time: hers goes, and she has her words once more."""
    mine = await _mine(action["value"], visit, db)
    if mine is None:
        raise ApplicationGone
    await db.write(applications.withdraw, visit, mine.id, (home.again(visit),))
    view = words.given_back(mine)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))
    await ack()


async def _invited(which: str, visit: Visit, db: Database) -> tuple[Invitation, Circle]:
    """An invitation, and to which circle. Raises InvitationGone."""
    invitation = await db.read(invitations.by_id, visit.community, which)
    circle = await db.read(circles_kept.by_id, visit.community, invitation.circle) if invitation else None
    if invitation is None or circle is None:
        raise InvitationGone
    return invitation, circle


async def _mine(which: str, visit: Visit, db: Database) -> Application | None:
    found = await db.read(applications.by_id, visit.community, which)
    return found if found and found.member == visit.member else None
