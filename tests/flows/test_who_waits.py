"""Who waits for somebody else in a match round, and what becomes of the places where two were brought together."""

from typing import Any

from tests.flows.test_a_match_round import begin, groups, join, last, partner_of
from tests.people import Person, Town, words_of

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


def opening(person: Person, channel: str) -> dict[str, Any]:
    """The message that brought two together there."""
    return next(one for one in person.sees(channel) if "matched in" in words_of(one))


def buttons(message: dict[str, Any]) -> list[str]:
    """The labels of its buttons."""
    rows = [one["elements"] for one in message.get("blocks") or () if one["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row]


async def test_no_buttons_stay_under_a_conversation_that_was_freed_or_is_over(town: Town) -> None:
    await matched(town, "sam", "jo", "tomasz", "kit")
    sam = town.person("sam")
    (where,) = groups(sam)
    freed = next(
        town.person(name) for name in ("tomasz", "kit", "jo") if groups(town.person(name)) != [where]
    )
    (parted,) = groups(freed)
    assert "Not this time" in buttons(opening(freed, parted))
    await waits(freed)
    assert not buttons(opening(freed, parted))
    assert "This conversation does not take place, and that is nobody's fault." in freed.sees_text(parted)
    assert "Not this time" in buttons(opening(sam, where)), "theirs goes on"
    await town.until("2026-11-24 10:01")
    assert not buttons(opening(sam, where))
    assert "This round is over." in words_of(opening(sam, where))
    assert "does not take place" in words_of(opening(freed, parted)), "it stays as it was"


async def test_two_who_are_joined_by_a_third_hear_of_it_where_they_talked(town: Town) -> None:
    await matched(town, "sam", "jo")
    sam, jo, asha = (town.person(name) for name in ("sam", "jo", "asha"))
    (where,) = groups(sam)
    await join(asha, "Local government")
    await asha.presses("Yes, please", last(asha, "is under way")["ts"], "dm")
    await town.until("2026-11-17 10:01")
    (three,) = groups(asha)
    told = f"<@{asha.id}> joins you two, so that nobody is left out. You three go on in <"
    for one in (sam, jo):
        assert told in one.sees_text(where)
        assert one.sees_text(where).count(f"archives/{three}|your new messages>") >= 2
        assert not buttons(opening(one, where))
    assert "Not this time" in buttons(opening(asha, three))


async def test_a_third_joins_two_where_no_group_can_be_opened(town: Town) -> None:
    app = town.playground.slack.workspace.app
    app.scopes = [scope for scope in app.scopes if scope != "mpim:write"]
    await matched(town, "sam", "jo")
    sam, jo, asha = (town.person(name) for name in ("sam", "jo", "asha"))
    await join(asha, "Local government")
    await asha.presses("Yes, please", last(asha, "is under way")["ts"], "dm")
    await town.until("2026-11-17 10:01")
    told = "joins you two, so that nobody is left out. You three go on: I have written to each of you."
    for one in (sam, jo):
        assert told in one.sees_text("dm")
        assert not buttons(opening(one, "dm"))
        assert "Not this time" in buttons(last(one, "You three are matched"))
    assert told not in asha.sees_text("dm")
    await town.until("2026-11-24 10:01")
    assert "You were matched in *Co-lab*. This round is over." in sam.sees_text("dm")
    (new,) = [one for one in sam.sees("dm") if "We've found a time" in buttons(one)]
    assert new == sam.sees("dm")[-1], "the next round's"
