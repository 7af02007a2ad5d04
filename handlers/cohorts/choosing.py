"""Conveners read what came in, choose for each, and send all answers together."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.cohorts.inviting import hers
from handlers.communities import people
from practices import cohorts
from practices.cohorts import Application, Invitation
from practices.model import Circle, Visit
from practices.refusals import AnswersHaveGone, ApplicationGone, DecidedMeanwhile
from store.cohorts import applications, invitations
from store.engine import Database
from store.matches import settings
from workspace import home
from workspace.blocks import Block
from workspace.cohorts import answering
from workspace.cohorts import choosing as words
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("invitation_read")(read)
    app.action("invitation_earlier")(turn)
    app.action("invitation_more")(turn)
    app.action("application_welcome")(choose)
    app.action("application_waiting")(choose)
    app.action("application_not_this_time")(choose)
    app.action("application_words")(word_one)
    app.view("application_words")(keep_word)
    app.action("answers_words")(word_all)
    app.view("answers_words")(keep_words)
    app.action("answers_send")(ask_to_send)
    app.view("answers_send")(send)
    app.action("application_welcome_now")(welcome_now)


async def read(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Read what came in)."""
    invitation, circle = await hers(action["value"], visit, db, gateway)
    view = await _reading(invitation, circle, 0, visit, db, gateway)
    await gateway.open(visit.trigger, view, above=bool(visit.view))
    await ack()


async def turn(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Earlier), (More)."""
    which, start = words.turned(action)
    invitation, circle = await hers(which, visit, db, gateway)
    await gateway.update(visit.view, await _reading(invitation, circle, start, visit, db, gateway))
    await ack()


async def choose(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
) -> None:
    """(Welcome), (Waiting list), (Not this time): chosen, and not said yet."""
    one, invitation, circle = await _one(action["value"], visit, db, gateway)
    chosen = cohorts.choose(one, action["action_id"].removeprefix("application_"), invitation, visit)
    if await db.write(applications.choose, visit, chosen) is False:
        raise AnswersHaveGone
    view = await _reading(invitation, circle, words.at(body["view"]), visit, db, gateway)
    await gateway.update(visit.view, view)
    await ack()


async def word_one(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Words): what goes to one person alone."""
    one, invitation, circle = await _one(action["value"], visit, db, gateway)
    edited = await db.read(invitations.words, visit.community, invitation.id)
    who = await people((one.member,), visit, db, gateway)
    view = answering.wording_for(one, circle, who[one.member].name, edited)
    await gateway.open(visit.trigger, view, above=True)
    await ack()


async def keep_word(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """Her words for one person are kept, locked with that person's key."""
    which, text = answering.worded_for(view)
    one, invitation, circle = await _one(which, visit, db, gateway)
    edited = await db.read(invitations.words, visit.community, invitation.id)
    text = answering.own(cohorts.worded({"words": text})["words"], one, circle, edited)
    if await db.write(applications.word, visit, one, text) is False:
        raise AnswersHaveGone
    await ack()


async def word_all(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Words that go with each)."""
    invitation, circle = await hers(action["value"], visit, db, gateway)
    edited = await db.read(invitations.words, visit.community, invitation.id)
    await gateway.open(visit.trigger, answering.wording(invitation, circle, edited), above=True)
    await ack()


async def keep_words(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """The words for each kind of answer are kept."""
    which, edited = answering.worded(view)
    invitation, _ = await hers(which, visit, db, gateway)
    if await db.write(invitations.word, visit, invitation.id, cohorts.worded(edited)) is False:
        raise AnswersHaveGone
    await ack()


async def ask_to_send(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Send all answers): once more, who gets which."""
    invitation, circle = await hers(action["value"], visit, db, gateway)
    found = await db.read(applications.of_invitation, visit.community, invitation.id)
    edited = await db.read(invitations.words, visit.community, invitation.id)
    cohorts.answered(invitation, found, visit)
    names = await _names(found, visit, db, gateway)
    view = answering.sending(invitation, circle, found, names, edited)
    await gateway.open(visit.trigger, view, above=True)
    await ack()


async def send(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Send them): all together, and whoever is welcome is brought into the channel."""
    which, read = answering.confirmed(view)
    invitation, circle = await hers(which, visit, db, gateway)
    found = await db.read(applications.of_invitation, visit.community, invitation.id)
    edited = await db.read(invitations.words, visit.community, invitation.id)
    over = cohorts.answered(invitation, found, visit, read, edited)
    matched = await db.read(settings.of, visit.community, circle.id) is not None
    said = (*answering.answers(over, circle, found, edited, matched=matched), home.again(visit))
    if await db.write(applications.answer, visit, over, found, said) is False:
        raise DecidedMeanwhile
    await ack(response_action="clear")


async def welcome_now(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
) -> None:
    """(Welcome now): somebody of the waiting list, once a place has come free."""
    one, invitation, circle = await _one(action["value"], visit, db, gateway)
    welcomed = cohorts.welcomed_later(one, invitation)
    matched = await db.read(settings.of, visit.community, circle.id) is not None
    said = answering.welcome(welcomed, invitation, circle, matched=matched)
    if await db.write(applications.welcome, visit, welcomed, invitation, said) is False:
        raise AnswersHaveGone
    view = await _reading(invitation, circle, words.at(body["view"]), visit, db, gateway)
    await gateway.update(visit.view, view)
    await ack()


async def _one(
    which: str, visit: Visit, db: Database, gateway: Gateway
) -> tuple[Application, Invitation, Circle]:
    """What somebody wrote, for a convener of the circle. Raises ApplicationGone, InvitationGone, NotAConvener."""
    one = await db.read(applications.by_id, visit.community, which)
    if one is None:
        raise ApplicationGone
    return one, *await hers(one.invitation, visit, db, gateway)


async def _reading(
    invitation: Invitation, circle: Circle, start: int, visit: Visit, db: Database, gateway: Gateway
) -> Block:
    found = await db.read(applications.of_invitation, visit.community, invitation.id)
    return words.reading(invitation, circle, found, await _names(found, visit, db, gateway), start)


async def _names(found: list[Application], visit: Visit, db: Database, gateway: Gateway) -> dict[str, str]:
    who = await people(tuple(one.member for one in found), visit, db, gateway)
    return {one: person.name for one, person in who.items()}
