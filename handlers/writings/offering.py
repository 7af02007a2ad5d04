"""What a form offers somebody here: who may read it, in which circle, and what stands above its fields."""

from dataclasses import replace

from handlers.communities import people
from handlers.writings.places import Place, mine_of, place_of
from practices import apart as going_apart
from practices import sealed as sealing
from practices import writings as decide
from practices.forms import Form, Forms, Visibility
from practices.model import Circle, Visit
from practices.refusals import CircleTooSmall, NoCircleForThat
from practices.writings import Wanted, Writing
from store import circles as circles_kept
from store.engine import Database
from workspace import returns as returns_shown
from workspace.blocks import Block
from workspace.gateway import Gateway
from workspace.writings import Sheet


async def offered(
    form: Form, wanted: Wanted, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> Sheet:
    """The form as it lies before her. Raises CircleTooSmall, NoCircleForThat."""
    circles = tuple(
        await db.read(circles_kept.in_channels, visit.community, await gateway.channels_of(visit.member))
    )
    this = _circle_for(wanted, circles, visit)
    place = await place_of(this, visit, db, gateway)
    before = await mine_of(wanted.id, visit, db) if wanted.revision else None
    settled = wanted.settled or len(circles) < 2 or any(one.channel == visit.channel for one in circles)
    return Sheet(
        form,
        replace(wanted, circle=this, settled=settled),
        _steps(form, before, place),
        () if settled else circles,
        await _told_before(wanted, visit, db, gateway, forms),
        bool(wanted.receipt) and sealing.offered(form, wanted, len(place.here)),
        going_apart.ask_of(form, forms) if going_apart.unread(before) else None,
        before is None or before.draft,
        decide.stood(before),
    )


def _circle_for(wanted: Wanted, circles: tuple[Circle, ...], visit: Visit) -> str:
    """What she chose; or else the circle where she stands, or any of hers; "" where she is in none."""
    here = (one.id for one in circles if one.channel == visit.channel)
    return wanted.circle or next(here, "") or next((one.id for one in circles), "")


def _steps(form: Form, before: Writing | None, place: Place) -> tuple[Visibility, ...]:
    """Who may read it. Raises CircleTooSmall, NoCircleForThat where nobody may."""
    steps = tuple(
        step
        for step in decide.steps(form, place.circle, len(place.here), public=place.public)
        if not (decide.stood(before) and step == "unnamed")
    )
    if not steps:
        raise CircleTooSmall if place.circle else NoCircleForThat
    return steps


async def _told_before(
    wanted: Wanted, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> tuple[Block, ...]:
    """The words of hers that are told again here."""
    old = await mine_of(wanted.retells, visit, db) if wanted.retells else None
    if old is None or old.author != visit.member:
        return ()
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    return returns_shown.above(old, forms.for_reading(old.form), me.zone)
