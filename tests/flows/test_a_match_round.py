"""A match round from the first word to the last: joining, the note before, the match, a re-match, the close."""

from typing import Any

from tests.people import CO_LAB, Person, Town, words_of
from workspace.matches.settings import drawing

SECTORS = {"sam": "VCSE", "jo": "NHS", "asha": "NHS", "mair": "VCSE", "tomasz": "NHS", "ruth": "VCSE"}


async def begin(town: Town, **settings: Any) -> None:
    """Asha begins match rounds in the co-lab: every second Tuesday at ten, from 10 November on."""
    await town.circle()
    asha = town.person("asha")
    await asha.types("/together match")
    done = await asha.submits(**settings)
    assert not done.get("errors"), done
    await asha.does("close")


async def join(person: Person, sector: str, **more: Any) -> None:
    await person.types("/together match")
    done = await person.submits(sector=sector, **more)
    assert not done.get("errors"), done
    await person.does("close")


def groups(person: Person) -> list[str]:
    """Her matches' direct messages, oldest first."""
    town = person.town.playground
    return [one["id"] for one in town.state(person.id)["channels"] if one["kind"] == "group"]


def last(person: Person, words: str, channel: str = "dm") -> dict[str, Any]:
    return [one for one in person.sees(channel) if words in words_of(one)][-1]


def partner_of(person: Person, channel: str) -> Person:
    """Whom she is matched with."""
    town = person.town
    (members,) = [
        one["members"] for one in town.playground.state(person.id)["channels"] if one["id"] == channel
    ]
    (other,) = [one for one in members if one not in (person.id, town.playground.bot_user)]
    return Person(other, town)


class Co(dict[str, Person]):
    """Six people of the co-lab by name, with where each is matched (`where`) and with whom (`others`)."""

    where: dict[str, str]
    others: dict[str, Person]


async def opened(town: Town) -> Co:
    """Everybody joins, is told the day before, and is matched."""
    await begin(town)
    people = Co({name: town.person(name) for name in SECTORS})
    sam, ruth = people["sam"], people["ruth"]
    about = "Leeks & how to prune"
    await join(sam, "VCSE", organisation="The Allotment Trust", about=about, times=["Evenings"])
    for name in SECTORS.keys() - {"sam"}:
        await join(people[name], SECTORS[name], times=["Evenings"])
    await town.until("2026-11-09 10:01")
    await ruth.presses("Skip this one", last(ruth, "opens tomorrow")["ts"], "dm")
    await ruth.presses("I'm in after all", last(ruth, "leave this one out")["ts"], "dm")
    assert "You are in." in ruth.sees_text("dm")
    await town.until("2026-11-10 10:01")
    people.where = {name: groups(person)[0] for name, person in people.items()}
    people.others = {name: partner_of(person, people.where[name]) for name, person in people.items()}
    return people


async def find_a_time(people: Co) -> None:
    """Sam and his match find one, and swap the question as often as they may."""
    sam, other, where = people["sam"], people.others["sam"], people.where["sam"]
    ts = last(sam, "You two are matched", where)["ts"]
    await sam.presses("We've found a time", ts, where)
    wrong = await sam.submits(on="2026-11-09", at="10:00")
    assert "That moment has passed" in str(wrong["errors"])
    far = await sam.submits(on="9999-12-31", at="23:30")
    assert "more than a year away" in str(far["errors"])
    done = await sam.submits(on="2026-11-12", at="19:30")
    assert not done.get("errors"), done
    assert "You meet on *Thursday 12 November 19:30*" in other.sees_text(where)
    (file,) = [one for message in other.sees(where) for one in message.get("files") or ()]
    assert file["name"] == "conversation.ics"
    for on in ("2026-11-13", "2026-11-12"):
        await other.presses("We've found a time", ts, where)
        assert not (await other.submits(on=on, at="19:30")).get("errors")
    told = [one["text"] for one in sam.sees(where) if "You meet on" in one["text"]]
    assert "Thursday 12 November" in told[-1], (
        "the last word is the time they meet at, also where it was changed back"
    )
    for _ in range(4):
        await other.presses("Another question", ts, where)
    assert len([m for m in sam.sees(where) if "Another one to begin with" in m["text"]]) == 3
    assert "That was the last of three other questions" in other.sees_text(where)


async def two_drop_out(people: Co) -> list[Person]:
    """In both other conversations somebody can't; gives those who are set free, who ask for somebody else."""
    rest = [name for name in people if people.where[name] != people.where["sam"]]
    leaving = [rest[0], next(name for name in rest if people.where[name] != people.where[rest[0]])]
    for name in leaving:
        where, left = people.where[name], people.others[name]
        if name == leaving[0]:
            await people[name].presses("Not this time", last(people[name], "matched in", where)["ts"], where)
        else:
            await people[name].does("home")
            await people[name].does("press", home=True, label="Not this time")
            assert "no reason is needed" in str(people[name].modal()), "her App Home has that button too"
            await people[name].does("close")
        assert "can't this time, and that is nobody's fault" in left.sees_text("dm")
        assert "This conversation does not take place" in left.sees_text(where), "not that the round is over"
        await left.presses("Find me somebody else", last(left, "look for somebody else")["ts"], "dm")
    return [people.others[name] for name in leaving]


async def take_away(people: Co) -> None:
    """The round is over: Sam says that they met, and writes; the circle hears it for as long as both agree."""
    sam, other, asha, where = people["sam"], people.others["sam"], people["asha"], people.where["sam"]
    close = last(sam, "How did it go?", where)["ts"]
    await sam.presses("We met", close, where)
    await other.presses("It's booked", close, where)
    await sam.presses("Write it down", last(sam, "Lovely", where)["ts"], where)
    yes = "Yes, our circle may, if everybody in this conversation says so"
    done = await sam.submits(take_away="Ask before mending.", agrees=[yes])
    assert not done.get("errors"), done
    assert "Ask before mending." in other.sees_text(where)
    assert "Ask before mending." not in asha.sees_text()
    card = last(other, "takes away", where)["ts"]
    await other.presses("Others may hear it", card, where)
    assert "Ask before mending." in asha.sees_text()
    await other.presses("Between us", card, where)
    assert "Ask before mending." not in asha.sees_text(), "and it is taken back as easily"
    await other.presses("Others may hear it", card, where)
    assert "Ask before mending." in asha.sees_text(), "as often as they like"
    await other.presses("Write mine", card, where)
    assert not (await other.submits(take_away="Prune in frost.", agrees=[yes])).get("errors")
    assert "Prune in frost." in asha.sees_text()
    await other.presses("Between us", last(sam, "Prune in frost.", where)["ts"], where)
    assert "Ask before mending." not in asha.sees_text(), "what both let others hear can still be taken back"
    await other.presses("Others may hear it", last(sam, "Prune in frost.", where)["ts"], where)


async def test_a_round_with_two_who_drop_out_a_re_match_a_nudge_and_what_two_take_away(town: Town) -> None:
    people = await opened(town)
    sam, asha = people["sam"], people["asha"]
    for name, other in people.others.items():
        assert SECTORS[name] != SECTORS[other.id[2:].lower()]
    for words in (
        "Leeks &amp; how to prune",
        "The Allotment Trust",
        "What seems to suit both of you: evenings.",
    ):
        assert words in people.others["sam"].sees_text(people.where["sam"])
    await find_a_time(people)
    freed = await two_drop_out(people)
    await town.until("2026-11-10 11:05")
    again = groups(freed[0])[-1]
    assert partner_of(freed[0], again).id == freed[1].id, "who were set free are matched, with somebody new"

    await town.until("2026-11-17 12:00")
    nudges = [one for one in freed[0].sees(again) if "Still fancy a cup of tea" in one["text"]]
    assert len(nudges) == 1, "one, and only where nobody has tapped anything"
    assert "Still fancy" not in sam.sees_text(people.where["sam"])

    mair = people["mair"]
    await town.until("2026-11-23 10:01")
    await mair.presses("Skip this one", last(mair, "opens tomorrow")["ts"], "dm")
    await town.until("2026-11-24 10:01")
    assert len(groups(sam)) == 2, "the next round has opened"
    await asha.presses("I'm in", last(asha, "opens tomorrow")["ts"], "dm")
    assert "That round has moved on" in asha.sees_text("dm"), "she is in it"
    await mair.presses("I'm in after all", last(mair, "leave this one out")["ts"], "dm")
    await mair.presses("Yes, please", last(mair, "is under way")["ts"], "dm")
    assert "You hear from me when I have found somebody" in mair.sees_text("dm"), "late, and not too late"
    await take_away(people)
    await asha.types("/together match rounds")
    page = str(asha.modal())
    assert "Round 1: 4 conversations opened, 1 met" in page
    assert not any(person.id in page for person in people.values()), "never who did not"


async def test_one_alone_two_who_may_not_meet_and_a_workspace_without_groups(town: Town) -> None:
    sam, jo, asha, ruth = (town.person(name) for name in ("sam", "jo", "asha", "ruth"))
    said = (await sam.types("/together match"))["response"]
    assert "None of your circles has match rounds yet" in words_of(said)
    await begin(town)
    await join(sam, "VCSE")

    # One person is no round: the conveners read that, and nobody else anything.
    await town.until("2026-11-10 10:01")
    assert "only one person was in it" in asha.sees_text("dm")
    assert not groups(sam)

    # Two who may not meet: both are left out by name to the conveners, who read nothing of a wish or of a reason.
    await join(jo, "NHS", apart=["U0SAM"])
    await town.until("2026-11-24 10:01")
    told = "I found no group for <@U0JO>, <@U0SAM>. They come first in the next one."
    assert words_of(last(asha, "I found no group for")).count(told) == 2, "its text and its block"
    assert "You come first in the next one" in sam.sees_text("dm")
    assert not groups(sam)

    # No group can be opened: each has the same words alone, with a link to the other's profile.
    app = town.playground.slack.workspace.app
    app.scopes = [scope for scope in app.scopes if scope != "mpim:write"]
    await join(ruth, "VCSE")
    await jo.types("/together away")
    wrong = await jo.submits(until="2026-11-01")
    assert "Please give a day from today on" in str(wrong["errors"])
    done = await jo.submits(until="2026-12-10")
    assert "2026" in str(jo.modal()), done
    await jo.does("close")
    await town.until("2026-12-08 10:01")
    assert "/team/U0RUTH|their profile" in sam.sees_text("dm")
    assert "/team/U0SAM|their profile" in ruth.sees_text("dm")
    assert "matched in" not in jo.sees_text("dm"), "she is away"

    # She leaves in one tap; whom she was matched with is told, and finds nobody else.
    await ruth.types("/together match")
    await ruth.does("press", view=True, label="Leave")
    assert "You take part no more" in str(ruth.modal())
    await ruth.does("close")
    await sam.presses("Find me somebody else", last(sam, "look for somebody else")["ts"], "dm")
    await town.until("2026-12-15 10:01")
    assert "I found nobody else in this round" in sam.sees_text("dm")
    assert "This conversation does not take place" in sam.sees_text("dm")

    # Who has left the channel is in no round, and not counted among those who take part.
    await sam.does("leave", channel="C0COLAB")
    await asha.types("/together match rounds")
    assert "1 person takes part" in str(asha.modal()), "Jo, who is away"

    # Conveners keep people apart, and let them meet again; the bot is nobody's match.
    await asha.does("press", view=True, label="Not together")
    wrong = await asha.submits(people=["U0JO", town.playground.bot_user])
    assert "Please choose two people at least" in str(wrong["errors"])
    await asha.submits(people=["U0JO", "U0RUTH"])
    assert "<@U0JO> and <@U0RUTH>" in str(asha.modal())
    await asha.does("press", view=True, label="Remove")
    assert "<@U0JO> and <@U0RUTH>" not in str(asha.modal())


async def test_conveners_read_why_somebody_is_left_out_where_it_is_their_own_wish(town: Town) -> None:
    await begin(town)
    asha = town.person("asha")
    await join(town.person("sam"), "VCSE")
    await join(town.person("jo"), "NHS")
    await asha.types("/together match rounds")
    await asha.does("press", view=True, label="Not together")
    await asha.submits(people=["U0JO", "U0SAM"])
    await asha.does("close")
    await town.until("2026-11-10 10:01")
    assert "You keep <@U0JO> and <@U0SAM> apart from all others who were in it." in asha.sees_text("dm")
    assert "You keep" not in town.person("sam").sees_text("dm")
    assert "You come first in the next one" in town.person("sam").sees_text("dm")


async def test_two_who_live_by_other_clocks_read_when_they_meet_on_each(town: Town) -> None:
    await begin(town)
    fern, sam = town.person("fern"), town.person("sam")  # Fern is in Athens
    await join(sam, "NHS")
    await join(fern, "Independent")
    await town.until("2026-11-10 10:01")
    where = groups(sam)[0]
    await fern.presses("We've found a time", last(fern, "You two are matched", where)["ts"], where)
    assert "On the clock of Europe/London" in str(fern.modal())
    assert not (await fern.submits(on="2026-11-12", at="19:30")).get("errors")
    told = "You meet on *Thursday 12 November 19:30*. For <@U0FERN> that is Thursday 12 November 21:30. Enjoy it."
    assert told in sam.sees_text(where)


async def join_late(town: Town, where: str) -> None:
    """Asha joins while Sam and Jo are in a round: she is asked, and at half-time becomes the third in their pair."""
    sam, asha = town.person("sam"), town.person("asha")
    await join(asha, "Local government")
    await asha.presses("Yes, please", last(asha, "is under way")["ts"], "dm")
    assert "You hear from me when I have found somebody" in asha.sees_text("dm")
    await town.until("2026-11-03 14:00")
    assert not groups(asha), "nobody else is free: it is waited for half of the round"
    await town.until("2026-11-14 10:01")
    (three,) = groups(asha)
    assert three in groups(sam)
    assert three != where
    assert "You three are matched" in asha.sees_text(three)
    await asha.types("/together match rounds")
    await asha.does("press", view=True, label="Run one now")
    assert "A round is open here just now" in str(asha.modal()), "no two at once"
    await asha.does("close")


async def run_one_now(town: Town) -> None:
    """Asha looks at the next round, asks for another draw, and lets one open at once, though one a day is enough."""
    asha = town.person("asha")
    await asha.types("/together match rounds")
    await asha.does("press", view=True, label="Preview the next round")
    await town.eventually(lambda: "A pair, all across sectors, nobody has met before" in str(asha.modal()))
    await asha.does("press", view=True, label="Another draw")
    await town.eventually(lambda: "A pair, all across sectors, nobody has met before" in str(asha.modal()))
    await asha.does("close")
    await asha.does("press", view=True, label="Pause")
    await asha.does("press", view=True, label="Run one now")
    assert "Match rounds rest here" in str(asha.modal())
    await asha.does("close")
    await asha.does("press", view=True, label="Begin again")
    await asha.does("press", view=True, label="Run one now")
    assert "opens now" in str(asha.modal())
    await asha.does("close")
    await town.until("2026-11-03 10:01")
    await asha.types("/together match rounds")
    assert "Round 1, open now: 1 conversation opened" in str(asha.modal())
    await asha.does("press", view=True, label="Run one now")
    assert "One a day is enough" in str(asha.modal()) + asha.sees_text()
    await asha.does("close")


async def in_threes(town: Town) -> None:
    """From the next round on they meet in threes, and three more join."""
    asha = town.person("asha")
    await asha.types("/together match rounds")
    await asha.does("press", view=True, label="Change")
    done = await asha.submits(size="3")
    assert not done.get("errors"), done
    await asha.does("close")
    for name, sector in (("mair", "VCSE"), ("tomasz", "NHS"), ("ruth", "Local government")):
        await join(town.person(name), sector)


async def test_whoever_is_matched_with_somebody_who_is_gone_hears_it_and_finds_somebody_else(
    town: Town,
) -> None:
    await begin(town)
    sam, ruth = town.person("sam"), town.person("ruth")
    for name, sector in (("sam", "VCSE"), ("jo", "NHS"), ("tomasz", "VCSE"), ("kit", "NHS")):
        await join(town.person(name), sector)
    await town.until("2026-11-10 10:01")
    other = partner_of(sam, groups(sam)[0])
    leaver = next(town.person(one) for one in ("jo", "kit") if town.person(one).id != other.id)
    left = partner_of(leaver, groups(leaver)[0])

    await ruth.does("deactivate", member=other.id)
    assert f"<@{other.id}> can't this time, and that is nobody's fault" in sam.sees_text("dm")
    await leaver.presses(
        "Not this time", last(leaver, "matched in", groups(leaver)[0])["ts"], groups(leaver)[0]
    )
    for one in (sam, left):
        await one.presses("Find me somebody else", last(one, "look for somebody else")["ts"], "dm")
    await town.until("2026-11-10 11:05")
    assert partner_of(sam, groups(sam)[-1]).id == left.id

    # Who joins late is promised nothing that is not kept; who wants to be asked reads that she is.
    mair = town.person("mair")
    await mair.types("/together match")
    await mair.submits(sector="NHS", pace="Only when I say so")
    assert "you are in it only if you say so" in str(mair.modal())
    await mair.does("close")
    ben = town.person("ben")
    await join(ben, "NHS")
    await ben.presses("From the next one", last(ben, "is under way")["ts"], "dm")
    assert "The next round comes by itself" in ben.sees_text("dm")

    # Who waits and is gone when the hour is over is matched with nobody.
    again = groups(sam)[-1]
    await sam.presses("Not this time", last(sam, "matched in", again)["ts"], again)
    await left.presses("Find me somebody else", last(left, "look for somebody else")["ts"], "dm")
    await join(ruth, "Local government")
    await ruth.presses("Yes, please", last(ruth, "is under way")["ts"], "dm")
    await ruth.does("deactivate", member=left.id)
    await town.until("2026-11-17 12:00")
    assert not groups(ruth)
    assert "I found nobody else in this round" in ruth.sees_text("dm")


async def test_a_round_at_once_a_third_who_comes_late_then_groups_of_three_and_a_pause(town: Town) -> None:
    sam, jo, tomasz = (town.person(name) for name in ("sam", "jo", "tomasz"))
    await town.until("2026-11-03 10:00")
    await begin(town)
    await join(sam, "VCSE")
    await join(jo, "NHS")
    await run_one_now(town)
    (pair,) = groups(sam)
    assert "You two are matched" in jo.sees_text(pair)
    await join_late(town, pair)
    await in_threes(town)

    # Two groups of three, each with one of every sector; nobody says that they met, for the second time.
    await town.until("2026-11-24 10:01")
    (threes,) = groups(tomasz)
    assert "You three are matched" in tomasz.sees_text(threes)
    assert all(one in tomasz.sees_text(threes) for one in ("VCSE", "NHS", "Local government"))
    assert "Would you like a pause?" not in sam.sees_text("dm"), "one round without a meeting is nothing"

    # Sam and Jo are asked before the next round, and decide.
    await town.until("2026-12-21 10:01")
    asked = last(sam, "Would you like a pause?")
    assert "Would you like a pause?" in jo.sees_text("dm")
    assert "Would you like a pause?" not in tomasz.sees_text("dm")
    await jo.presses("I stay in", last(jo, "Would you like a pause?")["ts"], "dm")
    await sam.presses("A pause, please", asked["ts"], "dm")
    assert "The last day. You can come back sooner." in str(sam.modal())

    # What comes too late for a window that was closed, or while the bot is not in the channel, is no incident.
    assert town.bot
    await town.bot.gateway.update("V0CLOSED", drawing())
    await jo.does("leave", channel=CO_LAB, member=town.playground.bot_user)
    await tomasz.types("/together match")
    assert f"I am not in <#{CO_LAB}> any more" in str((await tomasz.submits(sector="NHS"))["errors"])


async def test_many_are_told_no_faster_than_slack_takes_it(town: Town) -> None:
    assert town.bot
    await begin(town)
    names = ("sam", "jo", "tomasz", "kit", "ben", "ruth")
    for number, name in enumerate(names):
        await join(town.person(name), ("VCSE", "NHS")[number % 2])
    pace = town.bot.gateway.pace
    pace.reset()
    pace.at_once, pace.per_minute = 4.0, 1.0
    seen = len(town.playground.log())
    await town.until("2026-11-09 10:01")
    told = [name for name in names if "opens tomorrow" in town.person(name).sees_text("dm")]
    opened = [one for one in town.playground.log()[seen:] if one["what"] == "conversations.open"]
    assert len(told) == len(opened) == 4, (
        "the others have their turn when it comes, and nobody knocks in vain"
    )
