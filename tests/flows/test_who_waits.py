"""Whoever waits for somebody else in a match round sees it on her own page, and stops waiting when she likes."""

from tests.flows.test_a_match_round import begin, groups, join, last, partner_of
from tests.people import Person, Town

WAITS = "I am looking for somebody for you to talk with in this round."


async def matched(town: Town, *those: str) -> None:
    """These are matched in the first round, of two sectors in turn."""
    await begin(town)
    for number, name in enumerate(those):
        await join(town.person(name), ("VCSE", "NHS")[number % 2])
    await town.until("2026-11-10 10:01")


async def waits(person: Person) -> Person:
    """Whom she is matched with can't make it, and she asks for somebody else; gives the one who left."""
    where = groups(person)[-1]
    other = partner_of(person, where)
    await other.presses("Not this time", last(other, "matched in", where)["ts"], where)
    await person.presses("Find me somebody else", last(person, "look for somebody else")["ts"], "dm")
    return other


def home(person: Person) -> str:
    return str(person.town.playground.home(person.id))


async def test_whoever_waits_for_somebody_else_sees_it_in_her_app_home_and_stops_waiting(town: Town) -> None:
    await matched(town, "sam", "jo", "tomasz", "kit")
    sam, tomasz = town.person("sam"), town.person("tomasz")
    await sam.does("home")
    assert WAITS not in home(sam)
    await waits(sam)
    assert WAITS in home(sam), "at once, on the page that is open"
    await sam.does("press", home=True, label="Stop waiting")
    assert "I have stopped looking" in str(sam.modal())
    await sam.does("close")
    assert WAITS not in home(sam)

    await waits(tomasz)
    for when in ("2026-11-10 11:05", "2026-11-17 10:05"):
        await town.until(when)
        assert len(groups(sam)) == 1, "nobody is found for somebody who does not wait"
    assert "I found nobody else" not in sam.sees_text("dm")
    assert "I found nobody else" in tomasz.sees_text("dm")


async def test_whoever_stops_waiting_when_somebody_was_found_reads_that_it_has_moved_on(town: Town) -> None:
    await matched(town, "sam", "jo", "tomasz", "kit")
    sam, tomasz = town.person("sam"), town.person("tomasz")
    for one in (sam, tomasz):
        await waits(one)
    await sam.does("home")
    await town.until("2026-11-10 11:05")
    assert partner_of(sam, groups(sam)[-1]).id == tomasz.id
    await sam.does("press", home=True, label="Stop waiting")
    assert "That round has moved on" in str(sam.modal()) + sam.sees_text("dm")
