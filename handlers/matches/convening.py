"""A convener begins match rounds, changes them, looks at the next one, runs one now, and keeps people apart."""

from collections.abc import Awaitable, Callable
from itertools import combinations
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices.circles import may_change
from practices.matches import settings as decide
from practices.matches.model import Asked, Plan
from practices.matches.rounds import seed_of
from practices.matches.settings import Setting
from practices.matches.taking_part import asked, present
from practices.model import Circle, Visit
from practices.refusals import NotWithYourself, RoundMovedOn, RoundOpenAlready
from practices.rhythm import local_day
from store import circles as circles_kept
from store.engine import Database
from store.matches import convening as kept
from store.matches import draws
from store.matches import rounds as rounds_kept
from store.matches import settings as settings_kept
from workspace.gateway import Gateway
from workspace.matches import settings as shown

Planned = Callable[[Asked], Awaitable[Plan | None]]


def listen(app: AsyncApp) -> None:
    app.action("match_rounds")(show)
    app.action("match_change")(change)
    app.action("match_pause")(pause)
    app.action("match_resume")(pause)
    app.action("match_preview")(preview)
    app.action("match_fresh")(fresh)
    app.action("match_now")(run_now)
    app.action("match_apart")(apart)
    app.action("match_together")(together)
    app.view("match_setting")(keep)
    app.view("match_apart")(keep_apart)


async def begin(circle: Circle, visit: Visit, gateway: Gateway) -> None:
    """The settings of a circle that has no match rounds yet."""
    await gateway.open(visit.trigger, shown.form(circle, None))


async def show(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Match rounds): a convener's page, or the settings where there are none yet."""
    circle = await db.read(circles_kept.in_channel, visit.community, action["value"])
    await open_page(circle, visit, db, gateway)
    await ack()


async def open_page(circle: Circle | None, visit: Visit, db: Database, gateway: Gateway) -> None:
    """The same. Raises NotAConvener."""
    circle = await _convened(circle, visit, db, gateway)
    if await db.read(settings_kept.of, visit.community, circle.id) is None:
        await begin(circle, visit, gateway)
    else:
        await gateway.open(visit.trigger, await _page(circle, visit, db))


async def change(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Change): the settings, over the page."""
    circle, setting = await _matched(action["value"], visit, db, gateway)
    await gateway.open(visit.trigger, shown.form(circle, setting), above=True)
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """The settings come back; the first time the channel hears of it."""
    wanted = shown.wanted(view)
    circle = await db.read(circles_kept.by_id, visit.community, wanted.circle)
    circle = await _convened(circle, visit, db, gateway)
    before = await db.read(settings_kept.of, visit.community, circle.id)
    setting = decide.accept(wanted, before, circle, visit.now)
    first = decide.foreseen(setting, circle, visit.now, visit.now)
    said = () if before else (shown.announced(circle, first),)
    await db.write(kept.keep, visit, setting, circle, said)
    await ack(response_action="update", view=await _page(circle, visit, db))


async def pause(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Pause), (Begin again): what is open goes on."""
    circle, setting = await _matched(action["value"], visit, db, gateway)
    setting = decide.resting(setting, paused=action["action_id"] == "match_pause")
    await db.write(kept.keep, visit, setting, circle, ())
    await gateway.update(visit.view, await _page(circle, visit, db))
    await ack()


async def preview(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, planned: Planned
) -> None:
    """(Preview the next round): drawn as if it opened now."""
    circle, _ = await _matched(action["value"], visit, db, gateway)
    view = await gateway.open(visit.trigger, shown.drawing(), above=True)
    await ack()
    await _draw(view, circle, visit, db, gateway, planned)


async def fresh(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, planned: Planned
) -> None:
    """(Another draw): by another chance, which the round keeps."""
    round_ = await db.read(rounds_kept.by_id, visit.community, action["value"])
    circle, _ = await _matched(round_.circle if round_ else "", visit, db, gateway)
    if round_ is None or await db.write(rounds_kept.freshen, visit, round_) is False:
        raise RoundOpenAlready
    await gateway.update(visit.view, shown.drawing())
    await ack()
    await _draw(visit.view, circle, visit, db, gateway, planned)


async def run_now(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Run one now): it opens at once, unless one is open."""
    circle, setting = await _matched(action["value"], visit, db, gateway)
    taken = await db.read(rounds_kept.days, visit.community, circle.id)
    open_now = await db.read(rounds_kept.in_state, visit.community, circle.id, "open")
    await db.write(kept.at_once, visit, decide.at_once(setting, circle, taken, open_now, visit.now))
    await gateway.update(visit.view, shown.begins_now(circle))
    await ack()


async def apart(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Not together): who is not matched, as far as conveners wish."""
    circle, _ = await _matched(action["value"], visit, db, gateway)
    pairs = await db.read(settings_kept.apart, visit.community, circle.id)
    await gateway.open(visit.trigger, shown.apart(circle, pairs), above=True)
    await ack()


async def keep_apart(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """Everybody chosen is kept from everybody else chosen."""
    circle, _ = await _matched(view["private_metadata"], visit, db, gateway)
    known = await people(shown.people_apart(view), visit, db, gateway)
    those = sorted(one.id for one in known.values() if not one.bot)
    if len(those) < 2:
        raise NotWithYourself
    await db.write(settings_kept.part, visit, circle.id, list(combinations(those, 2)))
    pairs = await db.read(settings_kept.apart, visit.community, circle.id)
    await ack(response_action="update", view=shown.apart(circle, pairs))


async def together(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Remove): these two may be matched again, as far as conveners wish."""
    circle_id, one, other = shown.brought_together(action)
    circle, _ = await _matched(circle_id, visit, db, gateway)
    await db.write(settings_kept.bring_together, visit, circle.id, one, other)
    pairs = await db.read(settings_kept.apart, visit.community, circle.id)
    await gateway.update(visit.view, shown.apart(circle, pairs))
    await ack()


async def _draw(
    view: str, circle: Circle, visit: Visit, db: Database, gateway: Gateway, planned: Planned
) -> None:
    """How the next round would be, put into the window that is open."""
    coming = await db.read(rounds_kept.in_state, visit.community, circle.id, "coming")
    gathered = await db.read(draws.gathered, visit.community, circle.id, coming.id if coming else "")
    if gathered is None:
        return
    number = gathered.setting.number + 1
    day = coming.local_date if coming else local_day(visit.now, circle.rhythm.zone)
    those = present(gathered, number, day)
    seed = seed_of(circle.id, number, coming.fresh if coming else 0)
    if len(those) < 2:
        await gateway.update(view, shown.nobody(circle))
        return
    plan = await planned(asked(gathered, those, number, seed))
    await gateway.update(view, shown.preview(coming, plan) if plan else shown.not_drawn())


async def _page(circle: Circle, visit: Visit, db: Database) -> dict[str, Any]:
    setting, coming, enrolled, figures = await db.read(kept.page, visit.community, circle.id)
    return shown.page(shown.Convened(circle, setting, coming, enrolled, figures))


async def _matched(circle_id: str, visit: Visit, db: Database, gateway: Gateway) -> tuple[Circle, Setting]:
    found = await db.read(circles_kept.by_id, visit.community, circle_id)
    circle = await _convened(found, visit, db, gateway)
    setting = await db.read(settings_kept.of, visit.community, circle.id)
    if setting is None:
        raise RoundMovedOn
    return circle, setting


async def _convened(circle: Circle | None, visit: Visit, db: Database, gateway: Gateway) -> Circle:
    """The circle, if she convenes it. Raises NotAConvener, RoundMovedOn."""
    if circle is None:
        raise RoundMovedOn
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    return circle
