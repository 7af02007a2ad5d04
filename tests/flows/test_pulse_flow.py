"""The foundations pulse: proposed to conveners, offered to the circle, answered once, shown as sums."""

from typing import Any

from tests.people import CO_LAB, Town, words_of

PURPOSE = "We can say in one breath what we are here for"
PEOPLE = ("sam", "jo", "tomasz", "ben", "priya", "gwen")


async def offered(town: Town) -> str:
    """The circle begins in November; in December Asha offers its pulse."""
    await town.circle()
    return await offers(town)


async def offers(town: Town) -> str:
    """Asha offers the pulse in December."""
    await town.until("2026-12-01 09:31")
    asha = town.person("asha")
    dm = proposal(town, "asha")
    await asha.presses("Look at it first", dm["ts"], dm["channel"])
    assert PURPOSE in str(asha.modal())
    await asha.does("close")
    await asha.presses("Offer it", dm["ts"], dm["channel"])
    await town.playground.settle()
    return str(invitation(town)["ts"])


def proposal(town: Town, name: str) -> dict[str, Any]:
    person = town.person(name)
    (found,) = [m for m in person.sees("dm") if "It is time for the foundations pulse" in words_of(m)]
    return found | {"channel": "dm"}


def invitation(town: Town) -> dict[str, Any]:
    (found,) = [m for m in town.person("sam").sees() if "Six small questions" in words_of(m)]
    return found


async def answers(town: Town, name: str, ts: str, **values: Any) -> dict[str, Any]:
    person = town.person(name)
    await person.presses("Answer", ts)
    done = await person.submits(**values)
    if "why" in values and not done.get("errors"):
        assert "Could this name you?" in str(person.modal())
        return await person.submits()
    return done


async def test_a_pulse_is_shown_as_sums_and_who_answered_is_gone(town: Town) -> None:
    ts = await offered(town)
    for n, name in enumerate(PEOPLE):
        done = await answers(
            town, name, ts, purpose="Mostly" if n else "Not yet", effort=PURPOSE, why=f"Reason {n}"
        )
        assert not done.get("errors"), done
        assert "Counted." in str(town.person(name).modal())
        await town.person(name).does("close")
    assert "Mostly" not in town.person("sam").sees_text()
    await town.until("2026-12-16 10:00")
    shown = town.person("sam").sees_text()
    assert "Any step: 6 people. To say which could give somebody away." in shown
    assert "Any of the six: 6 people." in shown
    assert "Too few answers to show a sum." in shown
    assert "these sums stay, in the circle's figures" in shown
    assert "> Reason 0" in shown
    assert "Closed, thank you." in words_of(invitation(town))
    await town.person("jo").types("/together circle figures")
    assert "Any step: 6 people." in str(town.person("jo").modal())
    assert "Reason" not in str(town.person("jo").modal())


async def test_whoever_writes_a_word_looks_once_more_whether_it_could_name_her(town: Town) -> None:
    ts = await offered(town)
    for n, name in enumerate(PEOPLE):
        person = town.person(name)
        await person.presses("Answer", ts)
        await person.submits(purpose="Mostly", why=f"Ask {name}, I run the only food bank.")
        assert f"Ask {name}, I run the only food bank." in str(person.modal()), "her words lie before her"
        if n:
            await person.submits(why=f"One small effort {n}.")
        else:
            await person.submits(why="")
        assert "Counted." in str(person.modal())
        await person.does("close")
    await town.until("2026-12-16 10:00")
    shown = town.person("sam").sees_text()
    assert "Any step: 6 people." in shown
    assert "> One small effort 5." in shown
    assert "food bank" not in shown


async def test_with_four_answers_no_sum_and_no_word_is_shown(town: Town) -> None:
    ts = await offered(town)
    for name in PEOPLE[:4]:
        await answers(town, name, ts, purpose="Mostly", why="CANARY")
        await town.person(name).does("close")
    await town.until("2026-12-16 10:00")
    shown = town.person("sam").sees_text()
    assert "so there are no sums to show" in shown
    assert "these sums stay" not in shown
    assert "CANARY" not in shown
    assert "4" not in words_of(invitation(town))


async def test_nobody_answers_twice_and_it_stands_on_her_page_till_she_has(town: Town) -> None:
    ts = await offered(town)
    sam = town.person("sam")
    await sam.does("home")
    page = words_of(town.playground.home(sam.id) or {})
    assert "*Foundations pulse*\nin <#C0COLAB>, open till Tuesday 15 December" in page
    button = await sam.does("press", home=True, action_id="pulse_answer")
    assert button["ok"], button
    await sam.submits(purpose="Mostly")
    assert "Counted." in str(sam.modal())
    await town.playground.settle()
    assert "Foundations pulse" not in words_of(town.playground.home(sam.id) or {})
    await sam.does("close")
    await sam.presses("Answer", ts)
    assert "You have answered this pulse" in sam.sees_text()


async def test_an_empty_pulse_is_handed_back(town: Town) -> None:
    ts = await offered(town)
    done = await answers(town, "sam", ts)
    assert "One answer is plenty" in done["errors"]["purpose"]


async def test_the_other_convener_finds_it_settled_and_a_member_cannot_offer_it(town: Town) -> None:
    await offered(town)
    dm = proposal(town, "mair")
    mair = town.person("mair")
    await mair.presses("Not this quarter", dm["ts"], "dm")
    assert "another convener was quicker" in mair.sees_text("dm")
    assert "takes no answers any more" not in mair.sees_text("dm")
    assert not [m for m in town.person("sam").sees("dm") if "foundations pulse" in words_of(m)]


async def test_a_quarter_can_be_let_go_and_is_not_proposed_again(town: Town) -> None:
    await town.circle()
    await town.until("2026-12-01 09:31")
    dm = proposal(town, "asha")
    await town.person("asha").presses("Not this quarter", dm["ts"], "dm")
    await town.until("2026-12-23 09:31")
    assert proposal(town, "mair")
    assert not [m for m in town.person("sam").sees(CO_LAB) if "Six small questions" in words_of(m)]
