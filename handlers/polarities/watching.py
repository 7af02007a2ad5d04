"""Members have a minute's look at a map; whoever holds it watches on, maps it again, or closes it with a story."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.polarities.belonging import belongs
from handlers.polarities.moving import may_hold
from handlers.polarities.naming import open_naming
from handlers.writings import open_form
from practices.forms import Forms
from practices.model import Visit
from practices.polarities import standing as stand_decide
from practices.polarities import watching as decide
from practices.refusals import MovedMeanwhile, NoSuchLook, RoundOver
from store.engine import Database
from store.polarities import keeping, moving, standing, weeks
from store.polarities import watching as kept
from workspace.gateway import Gateway
from workspace.polarities import posts
from workspace.polarities import standing as stand_shown
from workspace.polarities import watching as shown
from workspace.writings import thanks

STORY = "retelling"  # the form in which an old story is told again


def listen(app: AsyncApp) -> None:
    app.action("polarity_look")(look)
    app.view("polarity_look")(keep)
    app.action("polarity_watch_on")(watch_on)
    app.action("polarity_again")(again)
    app.action("polarity_story")(close_with_a_story)


async def look(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Have a look): the early signs, and where we are."""
    id_, number = shown.numbered(action["value"])
    one = await belongs(id_, visit, db)
    if number == 0 or (await db.read(weeks.watched, visit.community, one.id)).open != number:
        raise NoSuchLook
    found = await db.read(keeping.whole, visit.community, one)
    ticked = await db.read(kept.ticks, visit, one.id, number)
    mine = await db.read(standing.hers, visit, one.id, number)
    await gateway.open(visit.trigger, shown.form(found, number, ticked, mine))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """What she saw, and where she stands, until the look is over."""
    id_, number = shown.numbered(view["private_metadata"])
    one = await belongs(id_, visit, db)
    found = await db.read(keeping.whole, visit.community, one)
    signs = [each.id for each in found.planned if each.what == "sign"]
    seen = decide.ticked(signs, shown.looked(view, signs))
    _, place, steps = stand_shown.answered(view)
    stand = stand_decide.accept(place, steps)
    if await db.write(kept.take, visit, one.id, number, seen, stand) is False:
        raise RoundOver
    await ack(response_action="update", view=thanks(shown.THANKS))


async def watch_on(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Keep watching): nothing ends; after the last look there is one more."""
    one = await may_hold(action["value"], visit, db, gateway)
    if one.state != "watching":
        raise MovedMeanwhile
    how = await db.write(kept.watch_on, visit, one.id)
    await gateway.whisper(visit, shown.watched_on(how.day if how else None))
    await ack()


async def again(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Map it again): *Name it*, with the same names."""
    one = await may_hold(action["value"], visit, db, gateway)
    await open_naming(
        visit, gateway, left=one.left, right=one.right, question=one.question, channel=one.channel
    )
    await ack()


async def close_with_a_story(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Close with a story): the map is closed, and a story can be told of it."""
    one = await may_hold(shown.numbered(action["value"])[0], visit, db, gateway)
    story = forms.to_begin(STORY)
    await db.write(moving.move, visit, one.id, "watching", "closed", posts.say)
    await open_form(story, visit, db, gateway, forms)
    await ack()
