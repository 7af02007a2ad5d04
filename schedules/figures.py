"""A circle's figures go to somebody as pictures when she has asked for them."""

import asyncio
from dataclasses import replace

from practices.model import Message
from store import circles as circles_kept
from store import figures as kept
from store.engine import Database
from workspace import figures as shown
from workspace.gateway import Gateway
from workspace.pictures.rendering import png


async def files(db: Database, gateway: Gateway, message: Message) -> Message | None:
    """The pictures, drawn only now, and not on the loop; the same in words above them. None where there is no circle
    any more, or she is not in it."""
    circle = await db.read(circles_kept.by_id, message.community, message.subject)
    if circle is None or circle.channel not in await gateway.channels_of(message.member):
        return None
    page = await db.read(kept.page, message.community, circle)
    drawn = [(one, await asyncio.to_thread(png, one.svg, one.width)) for one in shown.pictures(circle, *page)]
    return replace(message, text=shown.twin(circle, *page), blocks=shown.files(drawn))
