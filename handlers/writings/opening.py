"""A form is opened: by a button, a shortcut or a command, anew or with what is there; and follows what is chosen."""

import re
from dataclasses import replace
from secrets import token_urlsafe
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.writings.offering import offered
from practices import writings as decide
from practices.forms import Form, Forms
from practices.model import Visit
from practices.writings import Writing
from store import communities
from store import writings as kept
from store.engine import Database
from workspace import writings as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("write")(write)
    app.action("seen")(relabel)
    app.action(re.compile("^seen/"))(relabel)
    app.action("circle")(relabel)
    app.shortcut("reflect")(choose)
    app.shortcut("reflect_on")(reflect_on)


async def write(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """A form's button: the form, with her draft in it if she began one."""
    form, channel, occasion = shown.pressed(action)
    visit = replace(visit, channel=visit.channel or channel)  # her own page stands in no channel
    await open_form(forms.to_begin(form), visit, db, gateway, forms, occasion=occasion)
    await ack()


async def choose(ack: AsyncAck, visit: Visit, gateway: Gateway, forms: Forms) -> None:
    """The shortcut that works everywhere: which form?"""
    await gateway.open(visit.trigger, shown.picking(forms.to_choose(), ""))
    await ack()


async def reflect_on(
    ack: AsyncAck, shortcut: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Reflect on this), in the menu of a message: the link comes along, where a form has room for it."""
    link = shown.link_of(shortcut, await db.read(communities.url, visit.community))
    if form := forms.to_reflect_on():
        await open_form(form, visit, db, gateway, forms, link=link)
    else:
        await gateway.open(visit.trigger, shown.picking(forms.to_choose(), visit.channel))
    await ack()


async def open_form(
    form: Form,
    visit: Visit,
    db: Database,
    gateway: Gateway,
    forms: Forms,
    *,
    link: str = "",
    retells: str = "",
    occasion: str = "",
    seen: str = "",
    writing: Writing | None = None,
) -> None:
    """Open a form: anew (`seen` says by whom at first), with a draft in it, or with what is to be changed."""
    before = writing
    if before is None and not link:
        before = await db.read(kept.draft_of, visit.community, visit.member, form.key, occasion)
        before = before if before and before.retells == retells else None
    wanted = decide.opened(form, before, link, retells, occasion)
    if seen and before is None:
        wanted = replace(wanted, visibility=seen)
    wanted = replace(wanted, receipt=token_urlsafe(16) if form.seals and before is None else "")
    sheet = await offered(form, wanted, visit, db, gateway, forms)
    view = shown.sheet(sheet)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))


async def relabel(
    ack: AsyncAck, body: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Another step of the ladder, or another circle: what can be chosen and the button that sends it follow."""
    wanted = shown.filled_in(body["view"])
    sheet = await offered(forms.to_change(wanted.form), wanted, visit, db, gateway, forms)
    await gateway.update(visit.view, shown.sheet(sheet))
    await ack()
