"""Behind the three dots of what she wrote: it is opened, edited, told again, deleted."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import worries
from handlers.checkins import write_again
from handlers.communities import people
from handlers.writings.opening import open_form
from practices import batches, returns
from practices import writings as decide
from practices.catalogue.forms.retelling import FORM as RETELLING
from practices.forms import Forms
from practices.model import Visit
from practices.refusals import NotYourWords, StillOnItsWay
from practices.writings import Locked, Writing
from store import batches as batches_kept
from store import writings as kept
from store.engine import Database
from workspace import batches as batches_shown
from workspace import home
from workspace import returns as returns_shown
from workspace import writings as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("writing_more")(change)


async def change(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Behind the three dots of a card: its author edits or deletes it, and anybody tells the conveners."""
    what, which = shown.chosen(action)
    if what == "tell":
        await worries.tell(await db.read(kept.by_id, visit.community, which), visit, db, gateway)
    else:
        await act_on(action, visit, db, gateway, forms)
    await ack()


async def act_on(action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> str:
    """Do what its author chose for a writing; says what that was. Raises NotYourWords, KeyIsLost."""
    what, which = shown.chosen(action)
    await change_one(what, which, visit, db, gateway, forms)
    return what


async def change_one(
    what: str, which: str, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Edit or delete one's own."""
    found = await _hers(which, visit, db)
    if what == "delete":
        await settled(found, visit, db)
        out = (*shown.removal(found), home.again(visit))
        if await db.write(batches_kept.drop, visit, found, out, batches_shown.saying(forms)) is False:
            raise StillOnItsWay
    else:
        mine = decide.readable(found if isinstance(found, Writing) else None)
        await {"open": _open, "tell_it_again": tell_again}.get(what, _edit)(mine, visit, db, gateway, forms)


async def tell_again(mine: Writing, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> None:
    """The form in which an old story is told anew, under its old words."""
    form = forms.to_begin(RETELLING.key)
    seen = returns.offered_to(form, mine)
    await open_form(form, visit, db, gateway, forms, retells=mine.id, seen=seen)


async def own_writing(id_: str, visit: Visit, db: Database) -> Writing:
    """A writing of hers. Raises NotYourWords, KeyIsLost."""
    found = await _hers(id_, visit, db)
    return decide.readable(found if isinstance(found, Writing) else None)


async def settled(found: Writing | Locked | None, visit: Visit, db: Database) -> None:
    """A line can be changed again once its batch stands in the channel. Raises StillOnItsWay."""
    if isinstance(found, Writing) and found.batch:
        batches.shown(*await db.read(batches_kept.of_line, visit.community, found.id))


async def _edit(mine: Writing, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> None:
    if mine.form == "checkin" and mine.occasion:
        await write_again(mine.occasion, visit, db, gateway)  # under its question
        return
    await open_form(forms.to_change(mine.form), visit, db, gateway, forms, writing=mine)


async def _open(mine: Writing, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> None:
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    found = await db.read(kept.of_member, visit.community, visit.member)
    told = returns.tellings(mine, [one for one in found if isinstance(one, Writing) and not one.draft])
    view = returns_shown.opened(mine, told, me.zone, forms)
    await gateway.open(visit.trigger, view, above=bool(visit.view))


async def _hers(id_: str, visit: Visit, db: Database) -> Writing | Locked:
    """Something of the visitor's, whether it can be opened or not. Raises NotYourWords."""
    found = await db.read(kept.by_id, visit.community, id_, visit.member)
    if found is None or found.author != visit.member:
        raise NotYourWords
    return found
