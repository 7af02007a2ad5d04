"""A member looks through what she wrote, opens it, changes it, takes it back."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from handlers.reflections import change_one
from handlers.writings import act_on, few
from practices import mine as decide
from practices.forms import Forms
from practices.mine import Found
from practices.model import Visit
from store import mine as kept
from store import reflections as reflections_kept
from store.engine import Database
from workspace import mine as shown
from workspace import writings as writings_shown
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("my_writings")(show)
    app.action("find_mine")(find_from_home)
    app.action("mine_more")(change)
    app.action("mine_newer")(turn)
    app.action("mine_older")(turn)
    app.view("mine")(find)


async def show(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> None:
    """(What I wrote): all of it, newest first."""
    await gateway.open(visit.trigger, shown.listing(*await _found("", visit, db, gateway, forms)))
    await ack()


async def find_from_home(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """The search box of her own page."""
    words = str(action.get("value") or "").strip()
    await gateway.open(visit.trigger, shown.listing(*await _found(words, visit, db, gateway, forms)))
    await ack()


async def find(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Find), in the window: what has these words."""
    found = await _found(shown.asked(view), visit, db, gateway, forms)
    await ack(response_action="update", view=shown.listing(*found))


async def turn(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Older), (Newer)."""
    words, start = shown.turned(action)
    view = shown.listing(*await _found(words, visit, db, gateway, forms), start)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))
    await ack()


async def change(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    forms: Forms,
) -> None:
    """Behind the three dots of a list; what is deleted leaves the list too."""
    if await _changed(action, visit, db, gateway, forms) == "delete":
        words, start = shown.carried(body.get("view") if visit.view else None)
        found, words, zone, _ = await _found(words, visit, db, gateway, forms)
        if visit.view:
            await gateway.update(visit.view, shown.listing(found, words, zone, forms, start))
        else:
            await gateway.replace(visit, "What you wrote", shown.listed(found, words, zone, forms))
    await ack()


async def mine(words: str, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> list[Block]:
    """What she wrote, newest first; with words, what has them."""
    return shown.listed(*await _found(words, visit, db, gateway, forms))


async def _changed(action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> str:
    """Do what was chosen, for an answer her circle can read or for something in a form; says what that was."""
    what, which = writings_shown.chosen(action)
    if await db.read(reflections_kept.by_id, visit.community, which):
        await change_one(what, which, visit, db, gateway)
        return what
    return await act_on(action, visit, db, gateway, forms)


async def _found(
    words: str, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> tuple[list[Found], str, str, Forms]:
    """What has these words, the words, the zone of her clock, and the forms."""
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    found = await db.read(kept.written, visit.community, visit.member)
    few_there = await few(found, visit, db, gateway)
    return decide.having(words, decide.told_of_few(found, few_there)), words, me.zone, forms
