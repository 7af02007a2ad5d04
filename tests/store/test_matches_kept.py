"""A match round is kept once whoever looks, can be drawn again, and forgets whoever is forgotten."""

import asyncio
import functools
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
import pytest_asyncio
from sqlalchemy import Connection, select

from practices.matches import conversations as decide
from practices.matches.conversations import Conversation, Note, opening_id
from practices.matches.draw import drawn
from practices.matches.model import Asked, Plan
from practices.matches.profiles import Profile
from practices.matches.rounds import Outcome
from practices.matches.settings import Round, Setting, foreseen, halfway, opened
from practices.matches.taking_part import asked, present
from practices.model import Member, Message, Visit
from practices.refusals import MatchFreed, NoteOnItsWay
from schedules import matches as tick
from store import channels, circles, communities, mine, outbox, privacy, schema
from store import matches as kept
from store.engine import Database
from store.matches import (
    convening,
    conversations,
    draws,
    joining,
    profiles,
    rounds,
    settings,
    talking,
    waiting,
)
from store.sealing import keyring
from tests.people import KEY
from tests.store.test_forgetting import until_done
from tests.store.things import CHANNEL, CIRCLE, COMMUNITY, NOW, a_circle, a_message, a_visit
from workspace.matches import ending
from workspace.matches import rounds as words

CIRCLE_ = a_circle()
SETTING = Setting(CIRCLE, NOW.date(), ("NHS", "VCSE"))
PLACES = count(1)
PEOPLE = {"U1": "NHS", "U2": "VCSE", "U3": "NHS"}


def visit(member: str, **more: object) -> Visit:
    return replace(a_visit(), member=member, **more)  # type: ignore[arg-type]


def nothing(*_: object) -> tuple[Message, ...]:
    """Nobody is told of it."""
    return ()


def says(member: str, outcome: Outcome) -> talking.Decide:
    return lambda talk: decide.told(decide.was_part_of(talk, visit(member)), member, outcome)


@pytest_asyncio.fixture
async def coming(url: str, db: Database) -> Round:
    """Three people take part in a circle with match rounds, of which one comes."""
    del url
    db.keys = keyring(KEY)
    await db.write(communities.remember, COMMUNITY, tuple(Member(one, one) for one in PEOPLE))
    await db.write(circles.keep, a_visit(), CIRCLE_, None, ())
    round_ = foreseen(SETTING, CIRCLE_, NOW, NOW)
    assert round_
    await db.write(convening.keep, a_visit(), SETTING, CIRCLE_, ())
    for member, sector in PEOPLE.items():
        profile = Profile(sector, "Trust", about="Leeks")
        assert await db.write(joining.join, visit(member), CIRCLE, profile, [], ())
    return round_


async def open_(db: Database, round_: Round, *those: str) -> rounds.Opened:
    """The round opens for these; it must be the first time."""
    gathered = await db.read(draws.gathered, COMMUNITY, CIRCLE, round_.id)
    assert gathered
    opening = opened(round_, gathered.setting)
    gathered = replace(gathered, here=those)
    question = asked(gathered, present(gathered, 1, round_.local_date), 1, opening.seed)
    plan = drawn(question)
    there = {one.member: one.profile for one in gathered.enrolled}
    talks = [decide.begun(opening, one.members, there, CIRCLE_.rhythm, opening.opens) for one in plan.groups]
    whole = rounds.Opened(opening, talks, [one.id for one in plan.alone], (), question, plan, None)
    assert await db.write(rounds.open_, COMMUNITY, whole, (a_message("hello"),), opening.opens)
    return whole


async def test_a_round_opens_once_and_can_be_drawn_again_from_what_was_kept(
    db: Database, coming: Round
) -> None:
    assert await db.write(rounds.told, COMMUNITY, coming, (), NOW)
    assert not await db.write(rounds.told, COMMUNITY, coming, (), NOW)
    whole = await open_(db, coming, "U1", "U2")
    assert not await db.write(rounds.open_, COMMUNITY, whole, (), NOW), "another copy of the bot was quicker"
    found = await db.read(draws.drawn_from, COMMUNITY, coming.id)
    assert found
    assert drawn(found[0]).digest == found[1].digest == whole.plan.digest
    for member, there in (("U3", True), ("U1", False)):
        assert await db.write(draws.forget_draws, COMMUNITY, member, 0, 9) == 1
        drawn_from = await db.read(draws.drawn_from, COMMUNITY, coming.id)
        assert (drawn_from is not None) == there, "only what names her goes"
    assert await db.write(draws.forget_draws, COMMUNITY, "U1", 1, 9) == 0
    for member in ("U1", "U2"):
        await db.write(channels.joined, COMMUNITY, CHANNEL, member)
    (setting, ahead, enrolled, figures) = await db.read(convening.page, COMMUNITY, CIRCLE)
    assert (setting.number, ahead, enrolled) == (1, None, 2), "U3 is not in the channel"
    assert [(one.number, one.opened, one.met) for one in figures] == [(1, 1, 0)]


async def test_settings_that_are_saved_just_as_a_round_opens_stop_no_round_after_it(
    db: Database, coming: Round
) -> None:
    before = await db.read(settings.of, COMMUNITY, CIRCLE)
    assert before
    whole = await open_(db, coming, "U1", "U2")
    late = replace(a_visit(), now=coming.opens)
    await db.write(convening.keep, late, replace(before, size=3), CIRCLE_, ())
    setting, ahead, _, _ = await db.read(convening.page, COMMUNITY, CIRCLE)
    assert (setting.size, setting.number) == (3, 1), "the round that opened is counted"
    assert ahead
    assert ahead.opens >= whole.round.closes


async def test_who_waits_joins_a_pair_and_what_is_owed_is_counted(db: Database, coming: Round) -> None:
    whole = await open_(db, coming, "U1", "U2")
    round_ = whole.round
    assert await db.write(waiting.wait, visit("U3"), round_)
    assert not await db.write(waiting.wait, visit("U1"), round_), "she is in a conversation"
    await db.write(rounds.looked_after, COMMUNITY, round_.id, None, NOW)  # by who had looked before she asked
    assert await db.read(rounds.again_due, NOW + waiting.GATHER), "her moment stands"
    (pair,) = await db.read(conversations.of_round, COMMUNITY, round_.id)
    third = await db.read(profiles.of, COMMUNITY, CIRCLE, "U3")
    assert third
    assert decide.joins("U3", third.profile, [pair], {("U1", "U3")}) is None, "they may not meet"
    assert decide.joins("U3", third.profile, [pair], set()) == pair
    trio = decide.joined(pair, "U3", third.profile)
    for _ in range(2):
        await db.write(waiting.joined, COMMUNITY, round_, trio, (), halfway(round_))
    (now,) = await db.read(conversations.of_round, COMMUNITY, round_.id)
    assert [one.member for one in now.people] == ["U1", "U2", "U3"]
    assert await db.read(waiting.waiting, COMMUNITY, round_.id) == []

    for one in ("U1", "U2"):
        await db.write(talking.set_free, visit(one), now.id, nothing)
    late = decide.joined(pair, "U4", third.profile)
    assert not await db.write(waiting.joined, COMMUNITY, round_, late, (), NOW), "the two have parted since"
    owed = {one.member: (one.owed, one.trio) for one in await db.read(profiles.of_circle, COMMUNITY, CIRCLE)}
    assert owed["U3"] == (1, 1)
    assert await db.write(rounds.close, COMMUNITY, round_, (), round_.closes)
    assert not await db.write(rounds.close, COMMUNITY, round_, (), round_.closes)
    missed = [one.missed for one in await db.read(profiles.of_circle, COMMUNITY, CIRCLE)]
    assert missed == [1, 1, 1]


async def test_who_stops_waiting_while_somebody_is_looked_for_is_matched_with_nobody(
    db: Database, coming: Round
) -> None:
    round_ = (await open_(db, coming, "U1", "U2")).round
    (pair,) = await db.read(conversations.of_round, COMMUNITY, round_.id)
    enrolled = {one.member: one.profile for one in await db.read(profiles.of_circle, COMMUNITY, CIRCLE)}
    await db.write(talking.set_free, visit("U1"), pair.id, nothing)
    for one in ("U2", "U3"):
        assert await db.write(waiting.wait, visit(one), round_)
    found = decide.begun(round_, ("U2", "U3"), enrolled, CIRCLE_.rhythm, NOW)
    third = decide.joined(pair, "U3", enrolled["U3"])
    assert await db.write(waiting.stop, visit("U3"), round_.id)
    assert not await db.write(waiting.stop, visit("U3"), round_.id), "she does not wait any more"
    await db.write(waiting.matched, COMMUNITY, round_, [found], None, (), NOW)
    assert await db.read(conversations.by_id, COMMUNITY, found.id) is None
    assert await db.read(waiting.waiting, COMMUNITY, round_.id) == ["U2"], "for whom it is looked still"
    assert not await db.write(waiting.joined, COMMUNITY, round_, third, (), NOW), "the two have parted since"
    sorry = replace(a_message("sorry"), member="U3")
    await db.write(waiting.over, COMMUNITY, round_, ["U2", "U3"], (sorry,), NOW)
    assert await db.read(outbox.state_of, COMMUNITY, "sorry") == "", "nobody else is sorry for her"


async def test_who_is_planned_with_one_who_stops_waiting_meanwhile_hears_that_nobody_was_found(
    db: Database, coming: Round
) -> None:
    round_ = (await open_(db, coming, "U1", "U2")).round
    (pair,) = await db.read(conversations.of_round, COMMUNITY, round_.id)
    await db.write(talking.set_free, visit("U1"), pair.id, nothing)
    await db.write(channels.members_are, COMMUNITY, CHANNEL, list(PEOPLE), NOW)
    for one in ("U2", "U3"):
        assert await db.write(waiting.wait, visit(one), round_)

    async def planned(question: Asked) -> Plan:
        assert await db.write(waiting.stop, visit("U3"), round_.id)
        return drawn(question)

    async def guard(step: Awaitable[object]) -> None:
        await step

    await tick.due(db, halfway(round_), guard, planned)
    assert await db.read(waiting.waiting, COMMUNITY, round_.id) == []
    owed = {one.member: one.owed for one in await db.read(profiles.of_circle, COMMUNITY, CIRCLE)}
    assert owed["U2"] > 0, "she comes first in the next round"


async def test_two_who_have_met_are_asked_about_it_though_one_goes_afterwards(
    db: Database, coming: Round
) -> None:
    round_ = (await open_(db, coming, "U1", "U2")).round
    (pair,) = await db.read(conversations.of_round, COMMUNITY, round_.id)
    met = replace(pair, found=round_.opens + timedelta(days=1))
    await db.write(talking.act, visit("U1"), pair.id, lambda _: met, nothing)
    later = visit("U1", now=round_.opens + timedelta(days=2))
    await db.write(joining.gone, later, nothing)
    await db.write(joining.leave, later, CIRCLE, nothing, ())
    still = await db.read(conversations.by_id, COMMUNITY, pair.id)
    assert still
    assert (still.found, still.freed, still.met, still.people) == (met.found, None, None, pair.people)


async def test_whoever_leaves_the_rounds_waits_no_more(db: Database, coming: Round) -> None:
    round_ = (await open_(db, coming, "U1", "U2")).round
    assert await db.write(waiting.wait, visit("U3"), round_)
    await db.write(joining.leave, visit("U3", now=round_.opens), CIRCLE, nothing, ())
    assert await db.read(waiting.waiting, COMMUNITY, round_.id) == []


async def test_who_came_late_and_found_nobody_comes_first_in_the_next_round(
    db: Database, coming: Round
) -> None:
    round_ = (await open_(db, coming, "U1", "U2")).round
    assert await db.write(waiting.wait, visit("U3"), round_)
    for _ in range(2):
        await db.write(waiting.over, COMMUNITY, round_, ["U3"], (), halfway(round_))
    owed = {one.member: one.owed for one in await db.read(profiles.of_circle, COMMUNITY, CIRCLE)}
    assert owed == {"U1": 0, "U2": 0, "U3": 1}


async def test_what_they_said_is_settled_by_all_of_them_and_goes_after_a_year(
    db: Database, coming: Round
) -> None:
    await open_(db, coming, "U1", "U2")
    (talk,) = await db.read(conversations.of_round, COMMUNITY, coming.id)
    await db.write(talking.act, visit("U1"), talk.id, says("U1", "not"), nothing)
    now = await db.write(talking.act, visit("U2"), talk.id, says("U2", "met"), nothing)
    assert now
    assert now.met is True
    note = Note("Ask before mending.", "Frost")
    now = await db.write(conversations.keep_note, visit("U1"), talk.id, note, True, nothing)
    assert now
    assert decide.mine(now, "U1").note == note
    for days, there in ((364, note), (366, None)):
        await db.write(kept.sweep, NOW + timedelta(days=days))
        later = await db.read(conversations.by_id, COMMUNITY, talk.id)
        assert later
        assert decide.mine(later, "U1").note == there
    assert [one.met for one in await db.read(conversations.past, COMMUNITY, CIRCLE)] == [True]


async def test_what_two_do_in_the_same_moment_undoes_nothing_of_each_other(
    db: Database, coming: Round
) -> None:
    await open_(db, coming, "U1", "U2")
    (talk,) = await db.read(conversations.of_round, COMMUNITY, coming.id)
    at = coming.opens + timedelta(days=2)

    def swap(there: Conversation | None) -> Conversation:
        return decide.swap(decide.running(there, visit("U1")))

    def meet(there: Conversation | None) -> Conversation:
        return decide.found_time(decide.running(there, visit("U2")), at, NOW)

    await asyncio.gather(
        db.write(talking.act, visit("U1"), talk.id, swap, nothing),
        db.write(talking.act, visit("U2"), talk.id, meet, nothing),
    )
    now = await db.read(conversations.by_id, COMMUNITY, talk.id)
    assert now
    assert (now.swapped, now.found) == (1, at)
    left, swapped = await asyncio.gather(
        db.write(talking.set_free, visit("U2"), talk.id, nothing),
        db.write(talking.act, visit("U1"), talk.id, swap, nothing),
        return_exceptions=True,
    )
    assert (left, type(swapped)) == (None, MatchFreed)
    now = await db.read(conversations.by_id, COMMUNITY, talk.id)
    assert now
    assert now.freed, "and it stays so"


async def test_what_all_let_others_hear_is_posted_once_and_goes_whoever_has_left(
    db: Database, coming: Round
) -> None:
    await open_(db, coming, "U1", "U2", "U3")
    (talk,) = await db.read(conversations.of_round, COMMUNITY, coming.id)
    await db.write(talking.set_free, visit("U3"), talk.id, nothing)

    async def writes(member: str, note: Note | None, agrees: bool) -> None:
        key = f"{member}{note}{agrees}"

        def said(now: Conversation, stands: conversations.Places) -> tuple[Message, ...]:
            words = ending.shared if decide.heard_by_others(now) else ending.taken_back
            card = ending.card(now, stands, visit(member, key=key)) if note else ()
            return (*card, *words(now, CIRCLE_, key))

        await db.write(conversations.keep_note, visit(member, key=key), talk.id, note, agrees, said)

    await writes("U1", Note("Ask before mending."), True)
    await writes("U1", Note("Ask before you mend."), True)
    await writes("U2", None, True)
    await writes("U2", Note("Prune in frost."), True)
    posts = await db.read(promised, COMMUNITY, talk.id)
    assert sorted(posts) == ["match note", "match note", "match shared"], "each once"

    clock = (talk.closes, NOW, "bot", timedelta(minutes=1), ())
    while claimed := await db.write(outbox.claim, *clock):
        for message, _ in claimed:
            if message.purpose == "match shared":
                with pytest.raises(NoteOnItsWay):
                    await writes("U2", None, False)
            where = message.channel or f"D{message.member}"
            await db.write(outbox.said, COMMUNITY, message.id, where, "9.000009", NOW)
    await writes("U3", None, False)
    now = await db.read(conversations.by_id, COMMUNITY, talk.id)
    assert now
    assert now.shared_ts == "9.000009", "it stands there still"
    await writes("U2", None, False)
    kinds = []
    while claimed := await db.write(outbox.claim, *clock):
        kinds += [message.kind for message, _ in claimed]
        await db.write(outbox.said, COMMUNITY, claimed[0][0].id, CHANNEL, "9.000009", NOW)
    assert kinds == ["update", "delete"]

    # There is no group of theirs: what U1 wrote stands in U2's own messages, and is changed there, weeks later too.
    await db.write(outbox.sweep, talk.closes + 2 * outbox.LOG_KEPT)
    await writes("U1", Note("Ask first."), False)
    ((card, _),) = await db.write(outbox.claim, *clock) or ()
    assert (card.kind, card.channel, card.ts, card.member) == ("update", "DU2", "9.000009", "U2")
    assert "Ask first." in card.text


def promised(connection: Connection, community: str, talk: str) -> list[str]:
    """What is to be posted about a conversation, and is not said yet."""
    table = schema.outbox
    rows = connection.execute(
        select(table.c.purpose).where(
            table.c.community_id == community,
            table.c.subject.startswith(talk),
            table.c.kind == "post",
            table.c.state == "pending",
        )
    )
    return list(rows.scalars())


async def test_all_that_is_hers_goes_along_and_goes_when_she_is_forgotten(
    db: Database, coming: Round
) -> None:
    await open_(db, coming, "U1", "U2")
    (talk,) = await db.read(conversations.of_round, COMMUNITY, coming.id)
    hello = a_message(opening_id(talk.id, 2), purpose="match", subject=talk.id, channel="", member="U1,U2")
    await db.write(outbox.promise, COMMUNITY, (hello,), NOW)
    await db.write(outbox.said, COMMUNITY, hello.id, "G1", "1.000001", NOW)
    await db.write(conversations.keep_note, visit("U1"), talk.id, Note("Ask first."), False, nothing)
    (hers,) = (await db.read(mine.everything, COMMUNITY, "U1")).rounds
    assert hers.profile
    assert (hers.profile.about, hers.notes) == ("Leeks", (Note("Ask first."),))
    assert (await db.read(mine.counts, COMMUNITY, "U1")).rounds == 2 + len(hers.apart)

    await db.write(joining.leave, visit("U1"), CIRCLE, nothing, ())
    await db.write(privacy.ask, visit("U1"), privacy.Words(None, False))
    await until_done(db)
    assert (await db.read(mine.everything, COMMUNITY, "U1")).rounds == ()
    assert (await db.read(mine.counts, COMMUNITY, "U1")).rounds == 0
    assert await db.read(draws.drawn_from, COMMUNITY, coming.id) is None
    left = await db.read(conversations.by_id, COMMUNITY, talk.id)
    assert left
    assert [one.member for one in left.people] == ["U2"]
    assert left.freed
    out = await db.read(outbox_of, COMMUNITY, "match forgotten")
    assert out == ["G1"], "what introduced her"


@pytest.mark.parametrize("first", ["is on its way", "stands there", "could be posted to each alone only"])
async def test_where_one_of_three_is_forgotten_the_two_are_introduced_anew_and_nothing_of_hers_stays(
    db: Database, coming: Round, first: str
) -> None:
    await open_(db, coming, "U1", "U2", "U3")
    (talk,) = await db.read(conversations.of_round, COMMUNITY, coming.id)
    if first.endswith("only"):
        alone = words.each_apart(talk, CIRCLE_, "https://s")
        await db.write(conversations.apart, COMMUNITY, talk.id, alone, NOW)
    else:
        await db.write(outbox.promise, COMMUNITY, (words.opening(talk, CIRCLE_),), NOW)
    if first != "is on its way":
        await said(db)
    if first.endswith("only"):
        note = functools.partial(ending.card, visit=visit("U3", key="k"))
        await db.write(conversations.keep_note, visit("U3"), talk.id, Note("Ask first."), False, note)
        await said(db)

    await db.write(privacy.ask, visit("U3"), privacy.Words(None, False))
    await until_done(db)

    gone = await db.read(outbox_of, COMMUNITY, "match forgotten")
    assert len(gone) == {"is on its way": 0, "stands there": 1}.get(first, 3 + 2), (
        "each message that named her"
    )
    assert await db.read(outbox_of, COMMUNITY, "match", "member") == ["U1,U2"]
    (now,) = await db.read(conversations.of_round, COMMUNITY, coming.id)
    assert ([one.member for one in now.people], now.freed, now.apart) == (["U1", "U2"], None, False)
    assert now.ts, "they have messages of their own"


async def said(db: Database) -> None:
    """Whatever was promised stands in Slack, each at a place of its own."""
    while claimed := await db.write(outbox.claim, NOW + timedelta(days=60), NOW, "me", timedelta(60), ()):
        for message, _ in claimed:
            where = message.channel or f"D-{message.member}"
            await db.write(outbox.said, COMMUNITY, message.id, where, f"{next(PLACES)}.000001", NOW)


def outbox_of(connection: Connection, community: str, purpose: str, column: str = "channel") -> list[str]:
    table = schema.outbox
    rows = connection.execute(
        select(table.c[column]).where(table.c.community_id == community, table.c.purpose == purpose)
    )
    return list(rows.scalars())


async def test_conveners_and_members_keep_people_apart_each_by_themselves(
    db: Database, coming: Round
) -> None:
    del coming
    await asyncio.gather(  # two conveners, in the same moment
        db.write(settings.part, a_visit(), CIRCLE, [("U1", "U2"), ("U2", "U3")]),
        db.write(settings.part, a_visit(), CIRCLE, [("U1", "U2"), ("U1", "U4")]),
    )
    assert await db.read(settings.apart, COMMUNITY, CIRCLE) == [("U1", "U2"), ("U1", "U4"), ("U2", "U3")]
    for one, other in (("U1", "U4"), ("U2", "U3"), ("U2", "nobody")):
        await db.write(settings.bring_together, a_visit(), CIRCLE, one, other)
    await db.write(settings.keep_apart, visit("U3"), CIRCLE, [("U3", "U1")], "U3")
    assert await db.read(settings.apart, COMMUNITY, CIRCLE) == [("U1", "U2")]
    assert await db.read(settings.all_apart, COMMUNITY, CIRCLE) == [("U1", "U2"), ("U1", "U3")]
    await db.write(joining.leave, visit("U3"), CIRCLE, nothing, ())
    assert await db.read(settings.all_apart, COMMUNITY, CIRCLE) == [("U1", "U2")]
    assert await db.read(profiles.in_circle, COMMUNITY, CIRCLE) == ["U1", "U2"]
