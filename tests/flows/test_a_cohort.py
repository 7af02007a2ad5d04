"""A cohort is joined: from the invitation in a channel to the answers that go out together."""

from typing import Any

import pytest_asyncio

from playground.scene import RANDOM, STEWARDSHIP
from tests.people import CO_LAB, Person, Town, words_of

INVITED = {
    "what": "Six mornings of learning together",
    "when": "From January to June",
    "whom": "Anybody who works with people here",
    "places": "2",
    "closes": "2026-11-20",
    "closes_at": "17:00",
    "channel": CO_LAB,
}
GIVEN = {
    "sector": "NHS",
    "organisation": "Vale Community Health",
    "draws": "The people",
    "possible": "Mornings",
}


@pytest_asyncio.fixture
async def stewards(town: Town) -> Town:
    """The stewards have a circle in a channel of their own, which Asha and Ruth convene."""
    asha = town.person("asha")
    await asha.does("join", channel=CO_LAB, member=town.playground.bot_user)
    await asha.does("join", channel=STEWARDSHIP, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(STEWARDSHIP)[-1]["ts"], STEWARDSHIP)
    done = await asha.submits(name="Stewards", conveners=["U0ASHA", "U0RUTH"])
    assert not done.get("errors"), done
    await asha.submits()
    return town


async def invites(town: Town, circle: str = STEWARDSHIP, **more: str) -> dict[str, Any]:
    """Asha invites; the message in the channel."""
    asha = town.person("asha")
    await asha.types("/together circle invite", circle)
    done = await asha.submits(**INVITED | more)
    assert not done.get("errors"), done
    await asha.does("close")
    return asha.sees()[-1]


async def asks(person: Person, ts: str, **more: str) -> None:
    await person.presses("I'd like to join", ts)
    done = await person.submits(**GIVEN | more)
    assert not done.get("errors"), done
    await person.does("close")


def hears(person: Person, words: str, channel: str = "dm") -> list[dict[str, Any]]:
    return [one for one in person.sees(channel) if words in words_of(one)]


async def at_home(person: Person, action: str) -> None:
    await person.does("home")
    await person.does("press", home=True, action_id=action)


async def in_window(person: Person, label: str, name: str = "") -> None:
    """Press a button of the window; of several, the one under somebody's name."""
    where = {}
    if name:
        blocks = (person.modal() or {})["blocks"]
        start = next(n for n, block in enumerate(blocks) if name in str(block))
        where = {"block_id": next(one["block_id"] for one in blocks[start:] if one["type"] == "actions")}
    await person.does("press", view=True, label=label, **where)


async def test_a_cohort_is_joined_from_its_invitation_to_the_welcome(stewards: Town) -> None:
    asha, mair, jo, ben, tomasz, hal = map(stewards.person, ("asha", "mair", "jo", "ben", "tomasz", "hal"))
    await asha.types("/together circle invite", STEWARDSHIP)
    wrong = await asha.submits(**INVITED | {"places": "many", "closes": "2026-11-02"})
    assert set(wrong["errors"]) == {"places", "closes"}
    await asha.does("close")
    post = await invites(stewards)
    told = words_of(post)
    assert "Would you like to join Stewards?" in told
    assert "You can answer until Friday 20 November 17:00" in told
    await mair.types("/together circle invite", STEWARDSHIP)
    assert "Only a convener of this circle" in mair.sees_text(STEWARDSHIP)

    await mair.presses("I'd like to join", post["ts"])
    assert "You are in this circle already" in mair.sees_text()
    await asks(jo, post["ts"])
    await asks(jo, post["ts"], sector="Independent", draws="The allotments")
    for person, sector in ((ben, "NHS"), (tomasz, "VCSE")):
        await asks(person, post["ts"], sector=sector)
    await asks(hal, post["ts"])
    await at_home(hal, "application_take_back")
    assert "The people" in str(hal.modal()), "his words are given back"
    await hal.does("close")
    assert "The allotments" not in "".join(map(str, (ben.sees(), mair.sees(), ben.modal())))
    await it_closes(stewards)
    await they_choose(stewards)
    await they_hear(stewards)
    await the_first_conversation(stewards)
    await a_place_comes_free(stewards)


async def it_closes(stewards: Town) -> None:
    """The channel is reminded once; until it closes conveners read along, and choose nothing."""
    asha, ruth, jo = map(stewards.person, ("asha", "ruth", "jo"))
    await at_home(asha, "invitation_change")
    assert "Six mornings" in str(asha.modal())
    await asha.does("close")
    await stewards.until("2026-11-18 16:59")
    assert "Two days are left" not in jo.sees_text()
    await stewards.until("2026-11-18 17:01")
    assert len(hears(jo, "Two days are left to join *Stewards*", CO_LAB)) == 1
    await at_home(asha, "invitation_read")
    assert "People can answer until" in str(asha.modal())
    assert "The allotments" in str(asha.modal())
    assert "'Welcome'" not in str(asha.modal())
    await asha.does("close")

    await stewards.until("2026-11-20 17:01")
    assert "It closed on Friday 20 November 17:00" in jo.sees_text()
    kit = stewards.person("kit")
    await kit.presses("I'd like to join", hears(kit, "Two days are left", CO_LAB)[0]["ts"], CO_LAB)
    assert "This invitation has closed, so nobody can ask to join any more" in kit.sees_text()
    await begin_rounds(stewards)
    for convener in (asha, ruth):
        (word,) = hears(convener, "has closed")
        assert "3 people would like to join. There are 2 places." in words_of(word)
        await convener.presses("Read and choose", word["ts"], "dm")
    assert "NHS: 1 asked, 0 welcome" in str(asha.modal())


async def they_choose(stewards: Town) -> None:
    """Both conveners choose, and nobody hears of it before all are chosen for and all answers go."""
    asha, ruth, jo = map(stewards.person, ("asha", "ruth", "jo"))
    choices = {"Jo Merrick": "Welcome", "Ben Okafor": "Waiting list", "Tomasz Żak": "Not this time"}
    await in_window(asha, "Send all answers")
    assert "3 to go" in str(asha.modal())
    await asha.does("close")
    for convener in (ruth, asha):  # both choose; the last choice counts
        for name, choice in choices.items():
            await in_window(convener, choice, name)
    await in_window(asha, "Edit words", "Tomasz Żak")
    await asha.submits(words="Your kitchen is in our minds: next time?")
    await in_window(ruth, "Send all answers")
    await in_window(asha, "Words that go with each")
    await asha.submits(welcome="How good that you are coming!")
    await ruth.submits()
    assert "Something has changed while you were reading" in str(ruth.modal())
    await ruth.does("close")
    await stewards.playground.settle()
    assert "coming" not in jo.sees_text("dm"), "nothing goes out one by one"
    for convener in (ruth, asha):
        await in_window(convener, "Send all answers")
        assert "How good that you are coming!" in str(convener.modal())
    await asha.submits()
    await ruth.submits()
    assert "have gone out already" in str(ruth.modal())
    await ruth.does("close")


async def they_hear(stewards: Town) -> None:
    """Each hears once, in her own words; whoever is welcome is in the channel."""
    jo, ben, tomasz = map(stewards.person, ("jo", "ben", "tomasz"))
    await stewards.playground.settle()
    assert len(hears(jo, "How good that you are coming!")) == 1
    assert "you are on the waiting list" in ben.sees_text("dm")
    assert "Your kitchen is in our minds: next time?" in tomasz.sees_text("dm")
    inside = stewards.playground.state()["channels"]
    here = next(one for one in inside if one["id"] == STEWARDSHIP)["members"]
    assert "U0JO" in here
    assert not {"U0BEN", "U0TOMASZ"} & set(here)


async def begin_rounds(stewards: Town) -> None:
    """The stewards have match rounds, and Ruth takes part."""
    asha, ruth = stewards.person("asha"), stewards.person("ruth")
    await asha.types("/together match", STEWARDSHIP)
    await asha.submits()
    await asha.does("close")
    await ruth.types("/together match", STEWARDSHIP)
    assert not (await ruth.submits(sector="Local government")).get("errors")
    await ruth.does("close")


async def the_first_conversation(stewards: Town) -> None:
    """Whoever is welcome takes part in the circle's match rounds, with what she told already."""
    jo, ruth = stewards.person("jo"), stewards.person("ruth")
    assert "You take part in its match rounds too" in jo.sees_text("dm")
    await stewards.until("2026-12-01 10:01")
    inside = stewards.playground.state(jo.id)["channels"]
    (where,) = [one["id"] for one in inside if one["kind"] == "group"]
    assert "You two are matched" in jo.sees_text(where)
    assert "Independent, Vale Community Health" in ruth.sees_text(where)


async def a_place_comes_free(stewards: Town) -> None:
    """Somebody of the waiting list is welcomed later; who was not welcome is deleted after 30 days."""
    ruth, ben = stewards.person("ruth"), stewards.person("ben")
    await ruth.types("/together circle invite", STEWARDSHIP)
    await in_window(ruth, "Read what came in")
    await in_window(ruth, "Welcome now")
    await stewards.playground.settle()
    assert "A place has come free" in ben.sees_text("dm")
    await stewards.until("2026-12-21 09:00")
    await ruth.does("close")
    await in_window(ruth, "Read what came in")
    assert "Tomasz" not in str(ruth.modal()), "after 30 days it is deleted"
    assert "Jo Merrick" in str(ruth.modal())


async def test_whatever_comes_between_nobody_loses_words_and_nobody_reads_what_is_not_hers(
    stewards: Town,
) -> None:
    asha, ruth, jo, ben, hal = map(stewards.person, ("asha", "ruth", "jo", "ben", "hal"))
    post = await invites(stewards, places="2")
    for person in (ben, hal, stewards.person("gwen")):
        await asks(person, post["ts"])
    await stewards.until("2026-11-20 16:59")
    await jo.presses("I'd like to join", post["ts"])
    await stewards.until("2026-11-20 17:01")
    late = await jo.submits(**GIVEN | {"draws": "I was still writing"})
    assert "has closed" in str(late["errors"])
    assert "I was still writing" in str(jo.modal()), "her words stay"
    await jo.does("close")
    await ben.does("home")
    await ben.does("press", home=True, action_id="join")
    assert "The people" in str(ben.modal()), "he reads what he wrote"
    await ben.does("close")

    await at_home(ruth, "invitation_read")
    await asha.types("/together circle", STEWARDSHIP)
    await asha.submits(conveners=["U0ASHA"])
    await asha.submits()
    await in_window(ruth, "Welcome", "Ben Okafor")
    assert "Only a convener of this circle" in str(ruth.modal())
    await ruth.does("close")

    await at_home(asha, "invitation_read")
    for name in ("Ben Okafor", "Hal Winter", "Gwen Harding"):
        await in_window(asha, "Welcome", name)
    await ruth.does("leave", channel=STEWARDSHIP, member=stewards.playground.bot_user)
    await in_window(asha, "Send all answers")
    assert "You welcome 1 person more than there are places (2)." in str(asha.modal())
    await hal.does("home")
    await hal.does("press", home=True, action_id="application_take_back")
    await asha.submits()
    assert "Something has changed while you were reading" in str(asha.modal())
    await asha.does("close")
    await in_window(asha, "Send all answers")
    await asha.submits()
    await stewards.playground.settle()
    assert not hears(hal, "glad to welcome you")
    notes = hears(asha, "I could not bring them in")
    assert len(notes) == 2
    assert f"archives/{STEWARDSHIP}" in words_of(notes[0])


async def test_an_invitation_that_is_taken_back_says_so_to_whoever_answered(stewards: Town) -> None:
    asha, ruth, jo, ben = map(stewards.person, ("asha", "ruth", "jo", "ben"))
    post = await invites(stewards)
    await asks(ben, post["ts"])
    await ruth.types("/together circle invite", STEWARDSHIP)
    await at_home(asha, "invitation_change")
    await asha.submits(what="Seven mornings of learning together")
    await asha.does("close")
    assert "Seven mornings" in jo.sees_text()
    await at_home(asha, "invitation_take_back")
    await asha.submits()
    await stewards.playground.settle()
    assert "This invitation has been taken back." in jo.sees_text()
    assert "I'd like to join" not in jo.sees_text()
    assert hears(ben, "What you wrote is deleted in 30 days")
    await in_window(ruth, "Read what came in")
    assert "the invitation has been taken back" in str(ruth.modal())
    assert "The people" not in str(ruth.modal()), "as Asha was promised when she took it back"
    await ben.does("home")
    await ben.does("press", home=True, action_id="application_take_back")
    assert "The people" in str(ben.modal())
    await ben.does("close")
    await stewards.until("2026-11-20 17:01")
    assert not hears(asha, "has closed")


async def test_a_convener_hears_when_her_invitation_could_not_be_posted(stewards: Town) -> None:
    asha, ruth = stewards.person("asha"), stewards.person("ruth")
    await asha.does("join", channel=RANDOM, member=stewards.playground.bot_user)
    await ruth.does("archive", channel=RANDOM)
    await invites(stewards, channel=RANDOM)
    (note,) = hears(asha, "I could not post the invitation to *Stewards*")
    await asha.presses("Take it back", note["ts"], "dm")
    await asha.submits()
    assert "The invitation is taken back" in str(asha.modal())
