"""Who belongs to a community, as Slack tells it."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from practices.model import Member, Visit
from store import communities as kept
from store.engine import Database
from workspace.gateway import Gateway, person


def listen(app: AsyncApp) -> None:
    app.event("user_change")(remember)
    app.event("team_join")(remember)


async def remember(event: dict[str, Any], visit: Visit, db: Database) -> None:
    """Somebody is new or has changed."""
    await db.write(kept.remember, visit.community, (person(event["user"]),))


async def people(ids: tuple[str, ...], visit: Visit, db: Database, gateway: Gateway) -> dict[str, Member]:
    """Who these are; Slack is asked about those we have not met."""
    known = await db.read(kept.people, visit.community, ids)
    strangers = tuple([await gateway.member(one) for one in ids if one not in known])
    if strangers:
        await db.write(kept.remember, visit.community, strangers)
    return known | {one.id: one for one in strangers}
