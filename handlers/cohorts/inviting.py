"""A convener invites people to join a circle, changes that, or takes it back."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices import cohorts
from practices.cohorts import Invitation
from practices.model import Circle, Visit
from practices.refusals import (
    DecidedMeanwhile,
    InvitationGone,
    InvitationOnItsWay,
    NoCircleHere,
    NotInThatChannel,
    Refusals,
)
from store import circles as circles_kept
from store import communities
from store.cohorts import applications, invitations
from store.engine import Database
from workspace import home
from workspace.cohorts import inviting as words
from workspace.gateway import Declined, Gateway
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("invite_begin")(begin)
    app.action("invite_new")(anew)
    app.view("invitation")(keep)
    app.action("invitation_change")(change)
    app.action("invitation_take_back")(ask_to_take_back)
    app.view("invitation_take_back")(take_back)


async def begin(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Invite people)."""
    await open_invitations(action["value"], visit, db, gateway, word)
    await ack()


async def open_invitations(channel: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """A circle's invitations, for its conveners; the form, where there is none yet."""
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    if circle is None:
        raise NoCircleHere(word=word)
    circle = await convened(circle.id, visit, db, gateway)
    found = await db.read(invitations.running, visit.community, [circle.id])
    view = words.listed(found, circle) if found else words.form(circle)
    await gateway.open(visit.trigger, view, above=bool(visit.view))


async def anew(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(A new invitation)."""
    circle = await db.read(circles_kept.in_channel, visit.community, action["value"])
    circle = await convened(circle.id if circle else "", visit, db, gateway)
    await gateway.open(visit.trigger, words.form(circle), above=bool(visit.view))
    await ack()


async def change(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Change): the form, with what stands in the channel."""
    invitation, circle = await hers(action["value"], visit, db, gateway)
    cohorts.still_open(invitation, visit.now)
    await gateway.open(visit.trigger, words.form(circle, invitation), above=bool(visit.view))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """The form comes back: the invitation stands in its channel, or says something else there."""
    wanted = words.asked(view)
    before: Invitation | None = None
    if wanted.invitation:
        before, circle = await hers(wanted.invitation, visit, db, gateway)
    else:
        found = await db.read(circles_kept.in_channel, visit.community, wanted.channel)
        circle = await convened(found.id if found else "", visit, db, gateway)
    closes = words.closes(wanted, circle)
    invitation = cohorts.invite(
        wanted.asked, closes, circle, visit, await _names(circle, visit, db, gateway), before
    )
    if before and before.ts is None:
        raise InvitationOnItsWay
    if before is None:
        await _stands_in(invitation.channel, visit, db, gateway)
    write = invitations.change if before else invitations.post
    said = (words.post(invitation, circle), home.again(visit))
    remind_at = cohorts.reminder(invitation, visit.now)
    if await db.write(write, visit, invitation, remind_at, said) is False:
        raise DecidedMeanwhile
    await ack(response_action="update", view=thanks(words.kept(invitation, circle)))


async def ask_to_take_back(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Take it back): what becomes of it, before it is done."""
    invitation, circle = await hers(action["value"], visit, db, gateway)
    cohorts.withdrawn(invitation)
    asked = await db.read(applications.members, visit.community, invitation.id)
    view = words.taking_back(invitation, circle, len(asked))
    await gateway.open(visit.trigger, view, above=bool(visit.view))
    await ack()


async def take_back(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """It is taken back, and whoever had answered hears so; what was not posted yet is not."""
    before, circle = await hers(view["private_metadata"], visit, db, gateway)
    invitation = cohorts.withdrawn(before)
    asked = await db.read(applications.members, visit.community, invitation.id)
    stands = (words.post(invitation, circle),) if invitation.ts else ()
    said = (*stands, *words.taken_back(invitation, circle, asked), home.again(visit))
    if await db.write(invitations.change, visit, invitation, None, said) is False:
        raise DecidedMeanwhile if before.ts else InvitationOnItsWay
    await ack(response_action="update", view=thanks("The invitation is taken back."))


async def hers(which: str, visit: Visit, db: Database, gateway: Gateway) -> tuple[Invitation, Circle]:
    """An invitation of a circle she convenes. Raises InvitationGone, NotAConvener."""
    invitation = await db.read(invitations.by_id, visit.community, which)
    if invitation is None:
        raise InvitationGone
    return invitation, await convened(invitation.circle, visit, db, gateway)


async def convened(circle_id: str, visit: Visit, db: Database, gateway: Gateway) -> Circle:
    """A circle she convenes. Raises InvitationGone, NotAConvener."""
    circle = await db.read(circles_kept.by_id, visit.community, circle_id)
    if circle is None:
        raise InvitationGone
    cohorts.convenes(circle, visit, await _names(circle, visit, db, gateway))
    return circle


async def _names(circle: Circle, visit: Visit, db: Database, gateway: Gateway) -> str:
    who = await people(circle.conveners, visit, db, gateway)
    return " and ".join(one.name for one in who.values())


async def _stands_in(channel: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """That she and the bot are in the channel she chose. Raises Refusals."""
    try:
        here = await gateway.here(channel)
    except Declined as refusal:
        raise Refusals(NotInThatChannel()) from refusal
    bot = await db.read(communities.bot_member, visit.community)
    cohorts.stands_in(channel, here, bot, visit)
