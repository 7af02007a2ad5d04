"""Whoever was chosen in what somebody wrote says whether she may be named there."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.forms import Forms
from practices.model import Message, Visit
from practices.writings import Writing
from store.engine import Database
from store.naming import answering as kept
from workspace import naming as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("name_me")(name)
    app.action("name_me_not")(leave_out)


async def name(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Yes, name me): her name stands there; or she is asked once more, where more people are to read it since."""
    writing, reach = shown.pressed(action)
    if await db.write(kept.answer, visit, writing, reach, _card(visit, forms)) is False:
        await _anew(writing, visit, db, gateway, forms)
    else:
        await gateway.replace(visit, shown.NAMED, shown.named(writing))
    await ack()


async def leave_out(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Rather not), or (Take my name out)."""
    writing, _ = shown.pressed(action)
    await db.write(kept.answer, visit, writing, None, _card(visit, forms))
    await gateway.replace(visit, shown.TAKEN_OUT)
    await ack()


async def _anew(writing: str, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> None:
    asked, author = await db.read(kept.asked, visit.community, visit.member, writing)
    if asked is None:
        await gateway.replace(visit, shown.OVER)
        return
    view = shown.question(forms.for_reading(asked.form), asked, author, visit.member)
    await gateway.replace(visit, shown.ASKED_ANEW, view)


def _card(visit: Visit, forms: Forms) -> kept.Say:
    def card(writing: Writing, author: str) -> tuple[Message, ...]:
        return shown.card(forms.for_reading(writing.form), writing, author, visit.now.isoformat())

    return card
