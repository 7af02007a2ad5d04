"""A member's own page is shown anew after she changed something that stands on it."""

from dataclasses import replace
from datetime import datetime

from practices.forms import Forms
from practices.model import Message
from store import home as kept
from store.engine import Database
from workspace import home as shown
from workspace.gateway import Gateway


async def words(
    db: Database, gateway: Gateway, word: str, forms: Forms, message: Message, now: datetime
) -> Message:
    """The page as it is now. Raises Declined, NotSent, Unsure."""
    channels = await gateway.channels_of(message.member)
    page = await db.read(kept.page, message.community, message.member, channels, now)
    return replace(message, blocks=(shown.home(page, word, forms),))
