"""A member's own words go to her as files when she has asked for them."""

from dataclasses import replace

from practices import mine as decide
from practices.forms import Forms
from practices.model import Message
from store import communities
from store import mine as kept
from store.engine import Database
from workspace import mine as shown


async def words(db: Database, forms: Forms, message: Message) -> Message:
    """The files; they are made only now, so that no word waits in clear text."""
    everything = await db.read(kept.everything, message.community, message.member)
    known = await db.read(communities.people, message.community, (message.member,))
    zone = known[message.member].zone if message.member in known else "Europe/London"
    files = shown.files(decide.as_markdown(everything, forms, zone), decide.as_json(everything, forms))
    return replace(message, text=shown.HERE, blocks=files)
