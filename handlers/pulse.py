"""A convener looks at the pulse and offers it; people answer it."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from handlers.home import publish
from practices import pulse as decide
from practices.catalogue.forms.pulse import FORM
from practices.circles import may_change
from practices.forms import Answers, Forms
from practices.model import Circle, Visit
from practices.pulse import Pulse
from practices.refusals import NotInCircle, PulseAnswered, PulseSettled
from practices.rhythm import local_day
from store import circles as circles_kept
from store import communities
from store import pulse as kept
from store.engine import Database
from workspace import pulse as shown
from workspace.gateway import Declined, Gateway, NotSent, Unsure


def listen(app: AsyncApp) -> None:
    app.action("pulse_preview")(preview)
    app.action("pulse_offer")(offer)
    app.action("pulse_let_go")(let_go)
    app.action("pulse_answer")(answer)
    app.view("pulse")(keep)
    app.view("pulse_look")(keep_looked)


async def preview(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """(Look at it first)."""
    await gateway.open(visit.trigger, shown.preview())
    await ack()


async def offer(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Offer it): the channel reads the invitation."""
    forms.to_begin(FORM.key)
    pulse, circle = await _convened(action["value"], visit, db, gateway)
    here = await gateway.here(circle.channel) - {await db.read(communities.bot_member, visit.community)}
    decide.may_offer(pulse, len(here))
    closes = visit.now + decide.OPEN_FOR
    words = shown.invitation(pulse, circle, local_day(closes, circle.rhythm.zone))
    if await db.write(kept.offer, visit, pulse.id, closes, (words,)) is False:
        raise PulseSettled
    await gateway.replace(visit, f"Offered: it is in <#{circle.channel}>.")
    await ack()


async def let_go(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Not this quarter)."""
    pulse, _ = await _convened(action["value"], visit, db, gateway)
    if await db.write(kept.let_go, visit, pulse.id) is False:
        raise PulseSettled
    await gateway.replace(visit, "Not this quarter, then. The next one is proposed in three months.")
    await ack()


async def answer(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Answer): the form, once for each person."""
    pulse = decide.open_now(await db.read(kept.by_id, visit.community, action["value"]), visit.now)
    if await db.read(kept.has_answered, visit.community, pulse.id, visit.member):
        raise PulseAnswered
    await gateway.open(visit.trigger, shown.sheet(pulse))
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
    """The form comes back: where there are words in it, their author looks once more whether they could name her."""
    which, given = shown.answered(view)
    accepted = await _accepted(which, given, visit, db, gateway)
    if shown.WHY in accepted:
        await ack(response_action="update", view=shown.look(which, accepted))
        return
    await _keep(which, accepted, visit, db)
    await ack(response_action="update", view=shown.thanks())
    await _show_home(visit, db, gateway, word, forms)


async def keep_looked(
    ack: AsyncAck,
    view: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> None:
    """She has looked."""
    which, given = shown.looked(view)
    await _keep(which, await _accepted(which, given, visit, db, gateway), visit, db)
    await ack(response_action="update", view=shown.thanks())
    await _show_home(visit, db, gateway, word, forms)


async def _accepted(which: str, given: Answers, visit: Visit, db: Database, gateway: Gateway) -> Answers:
    """What somebody in the circle answered. Raises what `decide.accept` does, NotInCircle."""
    pulse = await db.read(kept.by_id, visit.community, which)
    accepted = decide.accept(pulse, given, visit)
    if pulse and pulse.channel not in await gateway.channels_of(visit.member):
        circle = await db.read(circles_kept.by_id, visit.community, pulse.circle)
        raise NotInCircle(field="purpose", circle=circle.name if circle else "this circle")
    return accepted


async def _keep(which: str, accepted: Answers, visit: Visit, db: Database) -> None:
    """Counted later with the others, and nothing says whose it is. Raises PulseAnswered."""
    if await db.write(kept.answer, replace(visit, key=""), which, accepted) is False:
        raise PulseAnswered
    await db.checkpoint()  # what the file's log would tell of the order


async def _show_home(visit: Visit, db: Database, gateway: Gateway, word: str, forms: Forms) -> None:
    """Her page, without its button: shown at once, for what is promised would remember when she answered."""
    with suppress(Declined, NotSent, Unsure):  # it is shown anew whenever she opens it
        await publish(visit, db, gateway, word, forms)


async def _convened(which: str, visit: Visit, db: Database, gateway: Gateway) -> tuple[Pulse, Circle]:
    """A pulse that still waits, and its circle, if she convenes it. Raises PulseSettled, NotAConvener."""
    pulse = await db.read(kept.by_id, visit.community, which)
    circle = await db.read(circles_kept.by_id, visit.community, pulse.circle) if pulse else None
    if pulse is None or circle is None or pulse.state != "proposed":
        raise PulseSettled
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    return pulse, circle
