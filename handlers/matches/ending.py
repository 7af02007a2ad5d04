"""After a round: did you meet, and what do you take away, for the two of you or for all."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.matches import conversations as decide
from practices.matches.conversations import Conversation
from practices.matches.rounds import Outcome
from practices.model import Circle, Message, Visit
from store import circles as circles_kept
from store.engine import Database
from store.matches import conversations as kept
from store.matches import talking as talking_kept
from workspace import home
from workspace.gateway import Gateway
from workspace.matches import ending as shown

SAYS: dict[str, Outcome] = {"match_met": "met", "match_booked": "booked", "match_unmet": "not"}


def listen(app: AsyncApp) -> None:
    app.action("match_met")(tell)
    app.action("match_booked")(tell)
    app.action("match_unmet")(tell)
    app.action("match_write")(write)
    app.action("match_agree")(agree)
    app.action("match_between")(agree)
    app.view("match_note")(keep)


async def tell(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(We met), (It's booked), (Not this time): each for herself, and as often as she likes."""
    outcome, which = SAYS[action["action_id"]], action["value"]

    def told(talk: Conversation | None) -> Conversation:
        return decide.told(decide.was_part_of(talk, visit), visit.member, outcome)

    await db.write(talking_kept.act, visit, which, told, lambda _before, _now: (home.again(visit),))
    await gateway.whisper(visit, shown.THANKS[outcome], shown.thanks(outcome, which))
    await ack()


async def write(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Write it down), (Write mine): the form, with what she wrote before."""
    talk = await _mine(action["value"], visit, db)
    await gateway.open(visit.trigger, shown.form(talk, decide.mine(talk, visit.member)))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """Her words go to the others in the conversation; to the circle once everybody says so."""
    which, talked_about, take_away, agrees = shown.written(view)
    talk = await _mine(which, visit, db)
    note = decide.noted(talked_about, take_away)
    share = await _sharing(talk, visit, db)

    def said(now: Conversation, stands: kept.Places) -> tuple[Message, ...]:
        return (*shown.card(now, stands, visit), *share(now))

    await db.write(kept.keep_note, visit, talk.id, note, agrees, said)
    await ack()


async def agree(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Others may hear it), (Between us): the latter also where she has left."""
    talk = await _mine(action["value"], visit, db)
    agrees = action["action_id"] == "match_agree"
    if agrees:
        talk = decide.part_of(talk, visit)
    share = await _sharing(talk, visit, db)
    now = await db.write(kept.keep_note, visit, talk.id, None, agrees, lambda now, _: share(now))
    await gateway.whisper(visit, shown.agreed(now or talk, agrees=agrees))
    await ack()


async def _sharing(
    talk: Conversation, visit: Visit, db: Database
) -> Callable[[Conversation], tuple[Message, ...]]:
    """What becomes of it in the circle's channel: said, changed, or taken out."""
    circle: Circle | None = await db.read(circles_kept.by_id, visit.community, talk.circle)

    def share(now: Conversation) -> tuple[Message, ...]:
        if circle is None:
            return ()
        words = shown.shared if decide.heard_by_others(now) else shown.taken_back
        return words(now, circle, visit.key)

    return share


async def _mine(which: str, visit: Visit, db: Database) -> Conversation:
    """Her conversation, however long ago; also one she has left. Raises NotYourMatch."""
    return decide.was_part_of(await db.read(kept.by_id, visit.community, which), visit)
