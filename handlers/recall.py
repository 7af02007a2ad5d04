"""Members find again what was said: by the command, by the form, and on from what they found."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know, people
from practices import recall as decide
from practices.archive import Viewer
from practices.model import Visit
from practices.refusals import NothingToRead
from store import channels, communities
from store.engine import Database
from store.search import search, thread
from workspace import archive as threads_shown
from workspace import recall as shown
from workspace.archive import Place
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.view("recall")(recall_form)
    app.action("recall_more")(more)
    app.action("recall_nearest")(try_again)
    app.action("recall_fewer")(try_again)
    app.action("recall_read")(read)
    app.action("recall_earlier")(turn)
    app.action("recall_later")(turn)
    app.action("open_in_slack")(open_in_slack)


async def recall(words: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> list[Block]:
    """What a member finds, and may read, as a list."""
    return await look(words, "", visit, db, gateway, word)


async def look(
    words: str, after: str, visit: Visit, db: Database, gateway: Gateway, word: str
) -> list[Block]:
    """One page of a search, decided inside the query by what she may read at this moment."""
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    await know(await db.read(channels.doubtful, visit.community), visit, db, gateway)
    typed = decide.heeded(words)
    query = decide.wanted(decide.parse(typed, visit.now, me.zone))
    page = await db.read(search, visit.community, query, Viewer(visit.member), after=after)
    slack = await db.read(communities.url, visit.community)
    blocks = shown.found(page, typed, slack, me.zone, word, cut=typed != words.strip())
    unsure = await db.read(channels.doubtful, visit.community)
    return [*blocks, *([shown.still_looking()] if unsure else [])]


async def answer(visit: Visit, words: str, blocks: list[Block], gateway: Gateway) -> None:
    """Where she asked: in the form's own window, or in the channel for her alone."""
    if visit.view:
        await gateway.update(visit.view, shown.answer(blocks))
    else:
        await gateway.whisper(visit, words, blocks)


async def more(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(More)."""
    words, after = shown.more_of(action)
    await answer(visit, words, await look(words, after, visit, db, gateway, word), gateway)
    await ack()


async def try_again(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """The nearest spelling, or fewer words."""
    words = action["value"]
    await answer(visit, words, await recall(words, visit, db, gateway, word), gateway)
    await ack()


async def read(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Read here): the thread in a modal, above the list if that is one, if she may read it now."""
    view = await page_of(threads_shown.place_of(action), visit, db, gateway)
    await gateway.open(visit.trigger, view, above=bool(visit.view))
    await ack()


async def turn(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Earlier) and (Later) in a long thread."""
    await gateway.update(visit.view, await page_of(threads_shown.place_of(action), visit, db, gateway))
    await ack()


async def page_of(place: Place, visit: Visit, db: Database, gateway: Gateway) -> Block:
    """A page of a thread. Raises NothingToRead if she may not read it at this moment."""
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    await know(await db.read(channels.doubtful, visit.community), visit, db, gateway)
    found = await db.read(thread, visit.community, place.channel, place.thread, Viewer(visit.member))
    if found is None:
        raise NothingToRead
    slack = await db.read(communities.url, visit.community)
    return threads_shown.reading(found, place, me.zone, slack)


async def open_in_slack(ack: AsyncAck) -> None:
    """(Open in Slack) is a link; Slack tells us of it all the same."""
    await ack()


async def recall_form(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """The form: what it finds comes in its place."""
    blocks = await recall(shown.asked(view), visit, db, gateway, word)
    await ack(response_action="update", view=shown.answer(blocks))
