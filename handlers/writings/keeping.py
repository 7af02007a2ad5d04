"""A form comes back: it is kept and shown to whom she chose, or put by for her alone; nothing newer is lost."""

from dataclasses import replace
from secrets import token_hex
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import sealed
from handlers.communities import name_of
from handlers.writings.changing import settled
from handlers.writings.offering import offered
from handlers.writings.places import Place, mine_of, place_of
from practices import apart as going_apart
from practices import reveals
from practices import sealed as sealing
from practices import writings as decide
from practices.forms import Form, Forms
from practices.model import Visit
from practices.refusals import SavedElsewhere
from practices.reveals import Reveal
from practices.writings import Locked, Wanted, Writing
from store import writings as kept
from store.engine import Database
from store.naming import answering as naming_kept
from store.reveals import waiting
from workspace import batches as batches_shown
from workspace import home, naming
from workspace import reveals as reveals_shown
from workspace import writings as shown
from workspace.blocks import Block
from workspace.gateway import Gateway
from workspace.polarities.naming import sensed


def listen(app: AsyncApp) -> None:
    app.view("writing")(keep)
    app.action("writing_draft")(save_draft)


async def keep(
    ack: AsyncAck,
    view: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> None:
    """A form comes back: her words are locked and kept, and shown to whom she chose."""
    wanted = shown.filled_in(view)
    wanted = replace(wanted, id=wanted.id or decide.new_id(visit, view["id"]))
    form = forms.to_change(wanted.form)
    found = await db.read(kept.by_id, visit.community, wanted.id, visit.member)
    before = found if isinstance(found, Writing) else None
    await settled(before, visit, db)
    answer = await _once_more(form, wanted, found, visit, db, gateway, forms)
    if answer is None:
        place = await place_of(wanted.circle, visit, db, gateway)
        if wanted.visibility == sealing.STEP:
            answer = await sealed.seal(form, wanted, place.circle, before, place.here, visit, db, forms)
        else:
            answer = await _kept(form, wanted, before, place, visit, db, gateway, word, forms)
    await ack(response_action="update", view=answer)


async def save_draft(
    ack: AsyncAck,
    body: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> None:
    """(Save draft): kept for her alone, for a week."""
    wanted = shown.filled_in(body["view"])
    wanted = replace(wanted, id=wanted.id or decide.new_id(visit, body["view"]["id"]))
    form = forms.to_change(wanted.form)
    before = await mine_of(wanted.id, visit, db)
    if before and not before.draft:
        raise SavedElsewhere
    if before is None:
        wanted = replace(wanted, id=decide.new_id(visit, body["view"]["id"]), revision=0)
    mine = decide.draft(form, wanted, visit, before)
    if before and decide.outdated(wanted, before) and mine.answers != before.answers:
        sheet = await offered(form, wanted, visit, db, gateway, forms)
        await gateway.update(visit.view, shown.both(sheet, before))
    elif await db.write(kept.keep, visit, mine, (home.again(visit),)) is False:
        raise SavedElsewhere
    else:
        await gateway.update(visit.view, shown.thanks(shown.drafted(word)))
    await ack()


async def _once_more(
    form: Form,
    wanted: Wanted,
    found: Writing | Locked | None,
    visit: Visit,
    db: Database,
    gateway: Gateway,
    forms: Forms,
) -> Block | None:
    """What she is shown before anything is kept: it was changed or deleted meanwhile, or the form asks anew."""
    if found is None and wanted.revision:
        anew = replace(wanted, id="", revision=0)  # what was deleted stays so: its card is never posted twice
        return shown.gone(await offered(form, anew, visit, db, gateway, forms))
    newer = found if isinstance(found, Writing) and decide.outdated(wanted, found) else None
    if newer is None and not decide.changed(form, wanted):
        return None
    sheet = await offered(form, wanted, visit, db, gateway, forms)
    return shown.both(sheet, newer) if newer else shown.once_more(sheet)


async def _kept(
    form: Form,
    wanted: Wanted,
    before: Writing | None,
    place: Place,
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> Block:
    """Keep it under her name or without one; gives what she reads then. Raises Refusals, SavedElsewhere."""
    circle, here, public = place
    writing = decide.accept(form, wanted, visit, circle, before, here=here, public=public)
    writing = reveals.held(form, circle, writing)
    ask = going_apart.ask_of(form, forms) if wanted.apart else None
    writing, apart = going_apart.split(ask, writing, before, here, token_hex(16))
    name = await name_of(visit, db, gateway)
    said = (*shown.card(writing, before, form, name), home.again(visit))
    asks, lines = naming.questions(form, writing, name), batches_shown.saying(forms)
    if await db.write(naming_kept.keep, visit, writing, said, lines, apart, asks) is False:
        raise SavedElsewhere
    waits = await _waits(writing, visit, db)
    told = reveals_shown.waiting(waits, circle) if waits and circle else shown.done(writing, word, apart)
    return shown.thanks(told, *sensed(writing))


async def _waits(writing: Writing, visit: Visit, db: Database) -> Reveal | None:
    """Until when it is nobody's to read but hers, where it waits."""
    if writing.shown_at is None:
        return None
    found = await db.read(waiting.by_gathering, visit.community, writing.circle, writing.occasion)
    return found if found and not found.shown else None
