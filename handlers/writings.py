"""Members write in forms, choose who sees it, change their minds, and take it back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex, token_urlsafe
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import sealed
from handlers.checkins import write_again
from handlers.communities import know, name_of, people
from practices import apart as going_apart
from practices import batches, returns, reveals
from practices import sealed as sealing
from practices import writings as decide
from practices.archive import Channel
from practices.catalogue.forms.retelling import FORM as RETELLING
from practices.forms import Form, Forms
from practices.model import Circle, Visit
from practices.refusals import (
    CircleTooSmall,
    NoCircleForThat,
    NotYourWords,
    SavedElsewhere,
    StillOnItsWay,
)
from practices.reveals import Reveal
from practices.writings import Locked, Wanted, Writing
from store import batches as batches_kept
from store import channels, communities
from store import circles as circles_kept
from store import writings as kept
from store.engine import Database
from store.naming import answering as naming_kept
from store.reveals import waiting
from workspace import batches as batches_shown
from workspace import home, naming
from workspace import returns as returns_shown
from workspace import reveals as reveals_shown
from workspace import writings as shown
from workspace.blocks import Block
from workspace.gateway import Gateway
from workspace.polarities.naming import sensed
from workspace.writings import Sheet


def listen(app: AsyncApp) -> None:
    app.action("write")(write)
    app.view("writing")(keep)
    app.action("seen")(relabel)
    app.action(re.compile("^seen/"))(relabel)
    app.action("circle")(relabel)
    app.action("writing_draft")(save_draft)
    app.action("writing_more")(change)
    app.action("for_conveners")(show_for_conveners)
    app.action("for_conveners_newer")(turn_for_conveners)
    app.action("for_conveners_older")(turn_for_conveners)
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
    sheet = await _sheet(form, wanted, visit, db, gateway, forms)
    view = shown.sheet(sheet)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))


async def relabel(
    ack: AsyncAck, body: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Another step of the ladder, or another circle: what can be chosen and the button that sends it follow."""
    wanted = shown.filled_in(body["view"])
    sheet = await _sheet(forms.to_change(wanted.form), wanted, visit, db, gateway, forms)
    await gateway.update(visit.view, shown.sheet(sheet))
    await ack()


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
    await _settled(before, visit, db)
    if look := await _once_more(form, wanted, found, visit, db, gateway, forms):
        await ack(response_action="update", view=look)
        return
    circle, here, channel = await _circle(wanted.circle, visit, db, gateway)
    if wanted.visibility == sealing.STEP:
        await ack(
            response_action="update",
            view=await sealed.seal(form, wanted, circle, before, here, visit, db, forms),
        )
        return
    public = channel is not None and channel.kind == "public"
    writing = decide.accept(form, wanted, visit, circle, before, here=here, public=public)
    writing = reveals.held(form, circle, writing)
    ask = going_apart.ask_of(form, forms) if wanted.apart else None
    writing, apart = going_apart.split(ask, writing, before, here, token_hex(16))
    name = await name_of(visit, db, gateway)
    said = (*shown.card(writing, before, form, name), home.again(visit))
    asks = naming.questions(form, writing, name)
    if (
        await db.write(naming_kept.keep, visit, writing, said, batches_shown.saying(forms), apart, asks)
        is False
    ):
        raise SavedElsewhere
    waits = await _waits(writing, visit, db)
    told = reveals_shown.waiting(waits, circle) if waits and circle else shown.done(writing, word, apart)
    await ack(response_action="update", view=shown.thanks(told, *sensed(writing)))


async def _waits(writing: Writing, visit: Visit, db: Database) -> Reveal | None:
    """Until when it is nobody's to read but hers, where it waits."""
    if writing.shown_at is None:
        return None
    found = await db.read(waiting.by_gathering, visit.community, writing.circle, writing.occasion)
    return found if found and not found.shown else None


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
    before = await _mine(wanted.id, visit, db)
    if before and not before.draft:
        raise SavedElsewhere
    if before is None:
        wanted = replace(wanted, id=decide.new_id(visit, body["view"]["id"]), revision=0)
    mine = decide.draft(form, wanted, visit, before)
    if before and decide.outdated(wanted, before) and mine.answers != before.answers:
        sheet = await _sheet(form, wanted, visit, db, gateway, forms)
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
        return shown.gone(await _sheet(form, anew, visit, db, gateway, forms))
    newer = found if isinstance(found, Writing) and decide.outdated(wanted, found) else None
    if newer is None and not decide.changed(form, wanted):
        return None
    sheet = await _sheet(form, wanted, visit, db, gateway, forms)
    return shown.both(sheet, newer) if newer else shown.once_more(sheet)


async def change(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Behind the three dots of a card: its author edits or deletes it."""
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
    found = await db.read(kept.by_id, visit.community, which, visit.member)
    if found is None or found.author != visit.member:
        raise NotYourWords
    if what == "delete":
        await _settled(found, visit, db)
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


async def own_writing(id_: str, visit: Visit, db: Database) -> Writing:
    """A writing of hers. Raises NotYourWords, KeyIsLost."""
    found = await db.read(kept.by_id, visit.community, id_, visit.member)
    if found is None or found.author != visit.member:
        raise NotYourWords
    return decide.readable(found if isinstance(found, Writing) else None)


async def show_for_conveners(
    ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Written for conveners): what was written for her and the others who convene her circles."""
    await gateway.open(visit.trigger, await _for_conveners(0, visit, db, gateway, forms))
    await ack()


async def turn_for_conveners(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Older), (Newer)."""
    await gateway.update(visit.view, await _for_conveners(int(action["value"]), visit, db, gateway, forms))
    await ack()


async def _for_conveners(start: int, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> Block:
    circles = await db.read(circles_kept.convened_by, visit.community, visit.member)
    found = await db.read(kept.for_conveners, visit.community, circles)
    authors = await people(tuple({one.author for one in found}), visit, db, gateway)
    names = {one: person.name for one, person in authors.items()}
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    return shown.window("Written for conveners", shown.for_conveners(found, names, me.zone, forms, start))


async def few(found: Sequence[object], visit: Visit, db: Database, gateway: Gateway) -> frozenset[str]:
    """In which circles, of those where a line of hers waits, there are fewer than five people now."""
    waits = {one.circle for one in found if isinstance(one, Writing) and decide.waits(one)}
    sizes = {one: len((await _circle(one, visit, db, gateway))[1]) for one in waits}
    return frozenset(one for one, size in sizes.items() if size < decide.ENOUGH)


async def _settled(found: Writing | Locked | None, visit: Visit, db: Database) -> None:
    """A line can be changed again once its batch stands in the channel. Raises StillOnItsWay."""
    if isinstance(found, Writing) and found.batch:
        batches.shown(*await db.read(batches_kept.of_line, visit.community, found.id))


async def _mine(id_: str, visit: Visit, db: Database) -> Writing | None:
    found = await db.read(kept.by_id, visit.community, id_, visit.member)
    return found if isinstance(found, Writing) else None


async def _sheet(
    form: Form, wanted: Wanted, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> Sheet:
    """What the form offers her here."""
    mine = await gateway.channels_of(visit.member)
    circles = tuple(await db.read(circles_kept.in_channels, visit.community, mine))
    asked = wanted.circle or next((one.id for one in circles if one.channel == visit.channel), "")
    asked = asked or next((one.id for one in circles), "")
    circle, here, channel = await _circle(asked, visit, db, gateway)
    public = channel is not None and channel.kind == "public"
    before = await _mine(wanted.id, visit, db) if wanted.revision else None
    stood = decide.stood(before)
    steps = tuple(
        step
        for step in decide.steps(form, circle, len(here), public=public)
        if not (stood and step == "unnamed")
    )
    if not steps:
        raise CircleTooSmall if circle else NoCircleForThat
    seals = bool(wanted.receipt) and sealing.offered(form, wanted, len(here) if circle else 0)
    settled = wanted.settled or len(circles) < 2 or any(one.channel == visit.channel for one in circles)
    old = await _old(wanted, visit, db, gateway, forms)
    wanted = replace(wanted, circle=asked, settled=settled)
    ask = going_apart.ask_of(form, forms)
    return Sheet(
        form,
        wanted,
        steps,
        () if settled else circles,
        old,
        seals,
        ask if going_apart.unread(before) else None,
        before is None or before.draft,
        stood,
    )


async def _old(
    wanted: Wanted, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> tuple[Block, ...]:
    """The words of hers that are told again here."""
    old = await _mine(wanted.retells, visit, db) if wanted.retells else None
    if old is None or old.author != visit.member:
        return ()
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    return returns_shown.above(old, forms.for_reading(old.form), me.zone)


async def _circle(
    id_: str, visit: Visit, db: Database, gateway: Gateway
) -> tuple[Circle | None, frozenset[str], Channel | None]:
    """A circle, the people in it, and its channel."""
    circle = await db.read(circles_kept.by_id, visit.community, id_) if id_ else None
    if circle is None:
        return None, frozenset(), None
    if await db.read(channels.known_at, visit.community, circle.channel) is None:
        await know((circle.channel,), visit, db, gateway)
    here = await db.read(channels.people, visit.community, circle.channel)
    return circle, here, await db.read(channels.by_id, visit.community, circle.channel)
