"""The bot was away, or Slack let it through no faster: of a match round, what comes too late is let go."""

from dataclasses import replace

from practices.matches.conversations import Conversation
from practices.model import Circle
from store import circles, outbox
from store.matches import conversations, rounds
from tests.flows.test_a_match_round import begin, groups, join
from tests.people import CO_LAB, Person, Town
from workspace.matches import rounds as shown
from workspace.matches import talking

COMMUNITY = "T0SAMPLE"
NAMES = ("sam", "jo", "tomasz", "kit")


def everything(person: Person) -> str:
    """All she reads in direct messages."""
    return "\n".join(person.sees_text(channel) for channel in ("dm", *groups(person)))


async def four_join(town: Town) -> None:
    await begin(town)
    for number, name in enumerate(NAMES):
        await join(town.person(name), ("VCSE", "NHS")[number % 2])


async def first_conversations(town: Town) -> tuple[Circle, list[Conversation]]:
    """The circle, and the conversations of its round that is open."""
    assert town.bot
    db, community = town.bot.db, COMMUNITY
    circle = await db.read(circles.in_channel, community, CO_LAB)
    assert circle
    round_ = await db.read(rounds.in_state, community, circle.id, "open")
    assert round_
    return circle, await db.read(conversations.of_round, community, round_.id)


async def test_openings_and_nudges_that_come_after_their_round_has_closed_are_let_go(town: Town) -> None:
    await four_join(town)
    await town.until("2026-11-10 10:01")
    circle, (talk, _) = await first_conversations(town)
    late = [shown.opening(talk, circle), *shown.each_apart(talk, circle, ""), *talking.nudge(talk)]
    late = [replace(one, id=f"late {number}") for number, one in enumerate(late)]
    await town.until("2026-11-24 10:01")
    those = [Person(one.member, town) for one in talk.people]
    before = [everything(one) for one in those]
    assert town.bot
    await town.bot.db.write(outbox.promise, talk.community, late, town.bot.clock.now())
    await town.playground.settle()
    for one in late:
        state = await town.bot.db.read(outbox.state_of, talk.community, one.id)
        assert state == "failed", one.purpose
    assert [everything(one) for one in those] == before


async def test_whoever_never_heard_of_her_match_is_not_asked_how_it_went(town: Town) -> None:
    await four_join(town)
    await town.until("2026-11-09 10:01")
    assert town.bot
    pace = town.bot.gateway.pace
    pace.reset()
    pace.at_once, pace.per_minute = 0.0, 0.001  # nobody is opened in this test's time
    await town.until("2026-11-23 09:00")
    pace.reset()
    pace.hurry()
    await town.until("2026-11-24 10:01")
    for name in NAMES:
        person = town.person(name)
        assert len(groups(person)) == 1, "the second round's"
        assert person.sees_text("dm").count("opens tomorrow") == 4, "twice, as text and as a block"
        assert "Still fancy" not in person.sees_text("dm")
        assert "How did it go?" not in person.sees_text("dm")
    await town.until("2026-12-07 10:01")
    for name in NAMES:
        assert "Would you like a pause?" not in town.person(name).sees_text("dm"), "she has missed one"
