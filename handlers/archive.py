"""Members keep threads, leave their words out, and find again what was said."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know, people
from practices import archive as decide
from practices.archive import Page, Viewer
from practices.model import Visit
from practices.recall import parse
from practices.refusals import NothingToRead
from store import archive as kept
from store import channels, communities
from store import circles as circles_kept
from store import reflections as answers_kept
from store.engine import Database
from store.search import search, thread
from workspace import archive as shown
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.shortcut(shown.KEEP)(keep)
    app.action("leave_out")(leave_out)
    app.action("recall_more")(more)
    app.action("recall_read")(read)
    app.action("open_in_slack")(open_in_slack)
    app.view("recall")(recall_form)
    app.action("recall_nearest")(try_again)
    app.action("recall_fewer")(try_again)


async def keep(
    ack: AsyncAck, shortcut: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """Keep this thread: kept from now on, read whole in a moment, and told in the thread once."""
    channel = shortcut["channel"]["id"]
    top = shortcut["message"].get("thread_ts") or shortcut["message"]["ts"]
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    decide.may_keep(circle, channel, word)
    await know((channel,), visit, db, gateway)
    told = (shown.told(visit.community, channel, top),)
    new = await db.write(answers_kept.choose, visit, channel, top, told)
    await gateway.whisper(visit, shown.already_kept() if new is False else shown.kept_now())
    await ack()


async def leave_out(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Leave my words out): of this thread, now and later."""
    await db.write(kept.leave_out, visit, visit.channel, action["value"])
    await gateway.whisper(visit, shown.left_out())
    await ack()


async def recall(words: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> list[Block]:
    """What a member finds, and may read, as a list."""
    return await look(words, "", visit, db, gateway, word)


async def look(
    words: str, after: str, visit: Visit, db: Database, gateway: Gateway, word: str
) -> list[Block]:
    """One page of a search, decided inside the query by what she may read at this moment."""
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    await know(await db.read(channels.doubtful, visit.community), visit, db, gateway)
    query = parse(words, visit.now, me.zone)
    page: Page = await db.read(search, visit.community, query, Viewer(visit.member), after=after)
    slack = await db.read(communities.url, visit.community)
    return shown.found(page, words, slack, me.zone, word)


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
    """(Read here): the thread in a modal, if she may read it now."""
    channel, top = shown.place_of(action)
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    await know(await db.read(channels.doubtful, visit.community), visit, db, gateway)
    found = await db.read(thread, visit.community, channel, top, Viewer(visit.member))
    if found is None:
        raise NothingToRead
    slack = await db.read(communities.url, visit.community)
    await gateway.open(visit.trigger, shown.reading(found, me.zone, slack))
    await ack()


async def open_in_slack(ack: AsyncAck) -> None:
    """(Open in Slack) is a link; Slack tells us of it all the same."""
    await ack()


async def recall_form(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """The form: what it finds comes in its place."""
    blocks = await recall(shown.asked(view), visit, db, gateway, word)
    await ack(response_action="update", view=shown.answer(blocks))
