"""A member takes part in match rounds, changes what she gave, or leaves."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.matches.convening import begin
from practices.matches import profiles as decide
from practices.matches.conversations import Conversation
from practices.matches.profiles import Said
from practices.matches.settings import Round, Setting, halfway
from practices.model import Circle, Message, Visit
from practices.refusals import (
    NoMatchesHere,
    NoMatchesYet,
    NotAmongThem,
    RoundMovedOn,
    RoundsWithoutMe,
)
from store import circles as circles_kept
from store import communities
from store.engine import Database
from store.matches import joining as joining_kept
from store.matches import profiles as kept
from store.matches import rounds as rounds_kept
from store.matches import settings as settings_kept
from store.matches import waiting as waiting_kept
from workspace import home
from workspace.gateway import Declined, Gateway
from workspace.matches import joining as shown
from workspace.matches import rounds as rounds_shown
from workspace.matches import talking as talking_shown


def listen(app: AsyncApp) -> None:
    app.action("match_join")(join)
    app.action("match_leave")(leave)
    app.action("match_in")(say)
    app.action("match_skip")(say)
    app.view("match_profile")(keep)


async def join(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Join), (Change): the form."""
    circle = await db.read(circles_kept.in_channel, visit.community, action["value"])
    await open_form(circle, visit, db, gateway, word)
    await ack()


async def open_here(visit: Visit, db: Database, gateway: Gateway, word: str) -> list[dict[str, Any]]:
    """`/together match`: the form of this channel's circle, or of the only circle with match rounds; else which ones
    there are. A convener of a circle without match rounds begins them. Raises NoMatchesHere, NoMatchesYet."""
    circle = await db.read(circles_kept.in_channel, visit.community, visit.channel)
    if circle:
        setting = await db.read(settings_kept.of, visit.community, circle.id)
        begins = setting is None and visit.member in circle.conveners
        await (begin(circle, visit, gateway) if begins else open_form(circle, visit, db, gateway, word))
        return []
    channels = await gateway.channels_of(visit.member)
    circles = await db.read(circles_kept.in_channels, visit.community, channels)
    matched = await db.read(settings_kept.of_circles, visit.community, [one.id for one in circles])
    offered = [one for one in circles if one.id in matched]
    if not offered:
        raise NoMatchesYet(word=word)
    if len(offered) == 1:
        await open_form(offered[0], visit, db, gateway, word)
        return []
    return shown.which(offered, await db.read(kept.of_member, visit.community, visit.member))


async def open_form(circle: Circle | None, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """The form, with what she gave before. Raises NoMatchesHere."""
    setting = await db.read(settings_kept.of, visit.community, circle.id) if circle else None
    if circle is None or setting is None:
        raise NoMatchesHere(word=word)
    mine = await db.read(kept.of, visit.community, circle.id, visit.member)
    apart = await db.read(settings_kept.apart, visit.community, circle.id, visit.member)
    await gateway.open(visit.trigger, shown.form(circle, setting, mine, [other for _, other in apart]))


async def keep(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """She takes part; where a round is open, she may come into it."""
    circle, setting = await _matched(view["private_metadata"], visit, db, word)
    await _is_among_them(circle, visit, db, gateway)
    before = await db.read(kept.of, visit.community, circle.id, visit.member)
    joining = shown.answers(view, before)
    sectors = {*setting.sectors, *({before.profile.sector} if before else ())}
    profile = decide.accept(joining.profile, sectors)
    open_now = await db.read(rounds_kept.in_state, visit.community, circle.id, "open")
    coming = await db.read(rounds_kept.in_state, visit.community, circle.id, "coming")
    said = [home.again(visit)]
    if before is None and open_now and profile.pace != "asked" and visit.now < halfway(open_now):
        said.append(shown.under_way(circle, open_now, visit))
    apart = [(visit.member, other) for other in joining.apart if other != visit.member]
    await db.write(joining_kept.join, visit, circle.id, profile, apart, said)
    await ack(response_action="update", view=shown.joined(circle, coming, profile.pace, new=before is None))


async def leave(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Leave): in one tap, without a reason; whom she was matched with is told kindly."""

    def goodbye(round_: Round | None, talk: Conversation) -> Sequence[Message]:
        return talking_shown.farewell(talk, visit.member, round_, visit.now)

    await db.write(joining_kept.leave, visit, action["value"], goodbye, (home.again(visit),))
    await (
        gateway.update(visit.view, shown.left()) if visit.view else gateway.open(visit.trigger, shown.left())
    )
    await ack()


async def say(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Skip this one), (I'm in): as often as she likes until it opens; then she may still come in late."""
    round_ = await db.read(rounds_kept.by_id, visit.community, action["value"])
    mine = await db.read(kept.of, visit.community, round_.circle, visit.member) if round_ else None
    if round_ is None or mine is None:
        raise RoundMovedOn
    word: Said = "skip" if action["action_id"] == "match_skip" else "in"
    if round_.state != "coming":
        offer = await _late(round_, word, visit, db)
        await gateway.replace(visit, offer.text, [dict(one) for one in offer.blocks])
        await ack()
        return
    await db.write(joining_kept.say, visit, round_.id, word, (home.again(visit),))
    await gateway.replace(
        visit, rounds_shown.OUT if word == "skip" else rounds_shown.IN, rounds_shown.chosen(word, round_.id)
    )
    await ack()


async def _late(round_: Round, word: Said, visit: Visit, db: Database) -> Message:
    """What she is asked who left a round out, and would like to be in it after all. Raises RoundMovedOn."""
    circle = await db.read(circles_kept.by_id, visit.community, round_.circle)
    busy = await db.read(waiting_kept.busy, visit.community, round_.id)
    in_time = round_.state == "open" and visit.now < halfway(round_)
    if circle is None or word == "skip" or visit.member in busy or not in_time:
        raise RoundMovedOn
    return shown.under_way(circle, round_, visit)


async def _is_among_them(circle: Circle, visit: Visit, db: Database, gateway: Gateway) -> None:
    """That she is in the circle's channel, and the bot too. Raises NotAmongThem, RoundsWithoutMe."""
    try:
        here = await gateway.here(circle.channel)
    except Declined as refusal:
        raise RoundsWithoutMe(channel=circle.channel) from refusal
    if await db.read(communities.bot_member, visit.community) not in here:
        raise RoundsWithoutMe(channel=circle.channel)
    if visit.member not in here:
        raise NotAmongThem(channel=circle.channel)


async def _matched(circle_id: str, visit: Visit, db: Database, word: str) -> tuple[Circle, Setting]:
    circle = await db.read(circles_kept.by_id, visit.community, circle_id)
    setting = await db.read(settings_kept.of, visit.community, circle_id)
    if circle is None or setting is None:
        raise NoMatchesHere(word=word)
    return circle, setting
