"""What people write in forms: for themselves, for few, for all; changed, narrowed and taken back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest_asyncio

from practices.model import Visit
from practices.writings import Writing
from store import sealing
from store import writings as kept
from tests.people import CO_LAB, Person, Town, london, words_of


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle."""
    await town.circle(memory="Our practice threads")
    return town


async def opens(person: Person, form: str, channel: str = CO_LAB) -> None:
    """Two taps: the command, and the form's button."""
    done = await person.types("/together reflect", channel)
    shown = done.get("response") or person.sees(channel)[-1]
    await person.presses(form, shown["ts"], channel)


async def writes(person: Person, form: str, seen: str, **words: Any) -> dict[str, Any]:
    await opens(person, form)
    return await person.submits(**words, seen=seen)


async def mine(person: Person, words: str = "") -> str:
    done = await person.types(f"/together reflect mine {words}")
    return words_of(done.get("response") or person.sees()[-1])


MOMENT = {"happened": "Mrs Pugh brought plum jam.", "make_of_it": "Asking first changes everything."}


async def test_what_can_be_chosen_follows_the_circle_that_is_chosen(circle: Town) -> None:
    sam, asha = circle.person("sam"), circle.person("asha")
    tiny = (await asha.does("create", name="tiny"))["channel"]
    for member in (sam.id, circle.playground.bot_user):
        await asha.does("join", channel=tiny, member=member)
    await asha.presses("Set it up", asha.sees(tiny)[-1]["ts"], tiny)
    await asha.submits(name="Tiny", conveners=["U0ASHA"])
    await asha.submits()
    await sam.does("shortcut", name="Reflect")
    await sam.does("press", view=True, label="A ripple")
    await sam.does("choose", view=True, label="Which circle", option="Co-lab")
    await sam.does("choose", view=True, label="Who sees this", option="Circle, without my name")
    await sam.does("choose", view=True, label="Which circle", option="Tiny")
    shown = str(sam.modal())
    assert "Circle, without my name" not in shown
    assert "among fewer than five people" in shown, "said before she writes"
    await sam.does("choose", view=True, label="Which circle", option="Co-lab")
    assert "Circle, without my name" in str(sam.modal())
    done = await sam.submits(noticed="A heron.", seen="This circle")
    assert not done.get("errors"), done
    assert "A heron." in sam.sees_text(CO_LAB)


async def test_what_is_written_for_oneself_stands_nowhere_else(circle: Town) -> None:
    sam = circle.person("sam")
    before = len(circle.person("asha").sees())
    done = await writes(sam, "A moment worth keeping", "Just me", **MOMENT)
    assert not done.get("errors"), done
    assert "Kept, for you alone." in str(sam.modal())
    assert len(circle.person("asha").sees()) == before
    assert "plum jam" in await mine(sam)
    assert "plum jam" in await mine(sam, "jams")
    assert "plum jam" not in await mine(sam, "marmalade")
    for name in ("asha", "ruth"):  # a convener, an admin
        other = circle.person(name)
        assert "plum jam" not in await mine(other)
        assert "Nothing in our memory" in words_of(
            (await other.types("/together recall plum jam"))["response"]
        )


async def test_what_is_locked_cannot_be_read_in_the_file(circle: Town) -> None:
    await writes(circle.person("sam"), "A moment worth keeping", "Just me", **MOMENT)
    await circle.close()
    file = Path(circle.config.database_url.removeprefix("sqlite+aiosqlite:///"))
    for one in file.parent.glob(f"{file.name}*"):
        assert b"plum jam" not in one.read_bytes()


async def test_what_is_shared_with_the_circle_is_posted_with_a_name_and_can_be_narrowed(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await writes(sam, "A ripple", "This circle", noticed="The depot has a check-in now.", where="Elsewhere")
    await circle.playground.settle()
    card = next(m for m in jo.sees() if "Sam Whitcombe" in words_of(m) and "A ripple" in words_of(m))
    assert "The depot has a check-in now." in words_of(card)
    assert "*Where*: Elsewhere" in words_of(card)
    await sam.chooses("Edit", card["ts"])
    await sam.submits(noticed="The depot has a good check-in now.", seen="This circle")
    changed = next(m for m in jo.sees() if m["ts"] == card["ts"])
    assert "a good check-in now." in words_of(changed)
    await sam.chooses("Edit", card["ts"])
    await sam.submits(seen="Just me")
    await circle.playground.settle()
    assert card["ts"] not in {m["ts"] for m in jo.sees()}
    assert "a good check-in" in await mine(sam)


async def test_a_card_says_edited_only_if_it_has_stood_there_in_other_words(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await opens(sam, "A ripple")
    await sam.does("choose", view=True, label="What I noticed", option="A bench.")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await opens(sam, "A ripple")
    await sam.submits(seen="Just me")
    await sam.does("close")
    listed = (await sam.types("/together reflect mine"))["response"]["ts"]
    for words, seen, edited in (
        ("A bench by the weir.", "This circle", False),  # a draft, then hers alone: nobody has read either
        ("A bench by the weir.", "Everyone here", False),
        ("A bench by the pond.", "Everyone here", True),
    ):
        await sam.chooses("Edit", listed)
        done = await sam.submits(noticed=words, seen=seen)
        assert not done.get("errors"), done
        await sam.does("close")
        card = next(m for m in jo.sees() if words in words_of(m))
        assert ("(edited)" in words_of(card)) == edited


async def test_everyone_here_is_found_in_the_memory_and_narrowing_takes_it_out_again(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await writes(sam, "A ripple", "Everyone here", noticed="A quincunx of benches.")
    await circle.playground.settle()
    found = words_of((await jo.types("/together recall quincunx"))["response"])
    assert "A *quincunx* of benches." in found
    card = next(m for m in jo.sees() if "quincunx" in words_of(m) and m.get("text", "").startswith("Sam"))
    await sam.chooses("Edit", card["ts"])
    await sam.submits(seen="Me and conveners")
    await circle.playground.settle()
    assert "Nothing in our memory" in words_of((await jo.types("/together recall quincunx"))["response"])
    assert "A quincunx of benches" not in "\n".join(words_of(m) for m in jo.sees() if not m.get("ephemeral"))


async def test_only_its_author_can_change_or_delete_a_card(circle: Town) -> None:
    sam, asha = circle.person("sam"), circle.person("asha")
    await writes(sam, "A ripple", "This circle", noticed="Mine to change.")
    await circle.playground.settle()
    card = next(m for m in sam.sees() if "Mine to change." in words_of(m))
    await asha.chooses("Delete", card["ts"])
    assert "Only the person who wrote this" in asha.sees_text()
    await sam.chooses("Delete", card["ts"])
    await circle.playground.settle()
    assert "Mine to change." not in asha.sees_text()
    assert "Mine to change." not in await mine(sam)


async def test_a_card_that_somebody_deletes_in_slack_stays_with_its_author(circle: Town) -> None:
    sam, ruth = circle.person("sam"), circle.person("ruth")
    await writes(sam, "A ripple", "This circle", noticed="A heron on the weir.")
    await circle.playground.settle()
    card = next(m for m in sam.sees() if "heron" in words_of(m))
    await ruth.does("delete", channel=CO_LAB, ts=card["ts"])  # an admin may
    listed = await mine(sam)
    assert "heron" in listed
    assert "Just me" in listed


async def test_the_second_of_two_devices_sees_what_the_first_wrote_and_chooses(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "A moment worth keeping", "Just me", **MOMENT)
    listed = (await sam.types("/together reflect mine"))["response"]
    await sam.chooses("Edit", listed["ts"])
    assert circle.bot
    (kept_now,) = await circle.bot.db.read(kept.of_member, "T0SAMPLE", sam.id)
    assert isinstance(kept_now, Writing)
    phone = replace(kept_now, answers={**kept_now.answers, "happened": "From the phone."}, revision=2)
    await circle.bot.db.write(
        kept.keep, Visit("T0SAMPLE", sam.id, london("2026-11-02 09:05"), "phone"), phone
    )
    await sam.submits(happened="From the laptop.", seen="Just me")
    shown = str(sam.modal())
    assert "You have changed this somewhere else meanwhile" in shown
    assert "From the phone." in shown
    assert "From the laptop." in shown
    await sam.submits()
    assert "From the laptop." in await mine(sam)
    assert "From the phone." not in await mine(sam)


async def test_a_draft_waits_and_becomes_the_writing(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam, "A moment worth keeping")
    await sam.does("choose", view=True, label="What happened", option="Half a thou")
    await sam.does("press", view=True, label="Save draft")
    assert "Your draft waits for a week" in str(sam.modal())
    await sam.does("close")
    await opens(sam, "A moment worth keeping")
    assert "Half a thou" in str(sam.modal())
    await sam.submits(happened="Half a thought, whole now.", make_of_it="It can wait.", seen="Just me")
    listed = await mine(sam)
    assert "whole now" in listed
    assert "draft" not in listed


async def test_what_was_deleted_while_it_was_being_changed_is_kept_anew_only_if_she_sends_it_again(
    circle: Town,
) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await writes(sam, "A ripple", "This circle", noticed="A bench was mended.")
    await sam.does("close")
    card = next(m for m in sam.sees() if "A bench was mended." in words_of(m))
    await sam.chooses("Edit", card["ts"])
    assert "Save draft" not in str(sam.modal()), "it is kept already"
    await sam.chooses("Delete", card["ts"])
    await sam.submits(noticed="Two benches were mended.")
    assert "This has been deleted meanwhile." in str(sam.modal())
    assert "benches" not in jo.sees_text()
    await sam.submits()
    assert "Shared in" in str(sam.modal())
    assert "Two benches were mended." in jo.sees_text()


async def test_two_drafts_from_two_devices_are_both_before_her(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam, "A moment worth keeping")
    await sam.does("choose", view=True, label="What happened", option="Half a thought")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await opens(sam, "A moment worth keeping")
    assert circle.bot
    (half,) = await circle.bot.db.read(kept.of_member, "T0SAMPLE", sam.id)
    assert isinstance(half, Writing)
    phone = replace(half, answers={**half.answers, "happened": "From the phone."}, revision=2)
    await circle.bot.db.write(
        kept.keep, Visit("T0SAMPLE", sam.id, london("2026-11-02 09:05"), "phone"), phone
    )
    await sam.does("choose", view=True, label="What happened", option="From the laptop.")
    await sam.does("press", view=True, label="Save draft")
    assert "From the phone." in str(sam.modal())
    assert "From the laptop." in str(sam.modal())
    await sam.does("press", view=True, label="Save draft")
    assert "Your draft waits" in str(sam.modal())
    assert "From the laptop." in await mine(sam)


async def test_a_draft_that_was_for_herself_stays_so_when_it_is_taken_up_again(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam, "A ripple")
    await sam.does("choose", view=True, label="What I noticed", option="A word in the")
    await sam.does("choose", view=True, label="Who sees this", option="Just me")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await opens(sam, "A ripple")
    await sam.submits(noticed="A word in the corridor.")
    assert "Kept, for you alone." in str(sam.modal())
    assert "corridor" not in circle.person("asha").sees_text()


async def test_each_field_says_what_is_missing_and_keeps_the_words(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam, "A moment worth keeping")
    done = await sam.submits(happened="\u200b", make_of_it="Something.", link="nowhere", seen="Just me")
    assert set(done["errors"]) == {"happened", "link"}
    assert "A sentence is plenty" in done["errors"]["happened"]
    assert "https://" in done["errors"]["link"]


async def test_whoever_left_the_circle_meanwhile_can_keep_it_to_herself(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam, "A ripple")
    await circle.person("asha").does("leave", channel=CO_LAB, member=sam.id)
    done = await sam.submits(noticed="On my way out.", seen="This circle")
    assert "You are not in Co-lab any more" in done["errors"]["seen"]
    done = await sam.submits(noticed="On my way out.", seen="Just me")
    assert not done.get("errors")
    assert "On my way out." in words_of((await sam.types("/together reflect mine", "dm"))["response"])


async def test_a_circle_of_four_offers_no_words_without_a_name(town: Town) -> None:
    await town.circle()
    for one in town.playground.state()["members"]:
        if one["id"] not in {"U0ASHA", "U0MAIR", "U0SAM", "U0JO"} and not one["bot"]:
            await town.person("asha").does("leave", channel=CO_LAB, member=one["id"])
    await opens(town.person("sam"), "A ripple")
    modal = str(town.person("sam").modal())
    assert "This circle" in modal
    assert "without my name" not in modal


async def test_wherever_she_begins_it_takes_two_taps_and_the_words(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-03 09:31")
    question = circle.question()["ts"]
    await sam.replies("A long drive home.", question)
    await circle.until("2026-11-06 12:01")
    digest = next(one["ts"] for one in sam.sees() if "What we heard" in words_of(one))
    await sam.does("home")
    firsts: tuple[dict[str, Any], ...] = (
        {"do": "shortcut", "name": "Reflect"},
        {"do": "press", "home": True, "label": "Write something"},
        {"do": "press", "channel": CO_LAB, "ts": digest, "label": "Write something"},
        {"do": "choose", "channel": CO_LAB, "ts": question, "label": "...", "option": "Write something"},
    )
    for number, first in enumerate(firsts):
        await sam.does(**first)
        await sam.does("press", view=True, label="A moment worth keeping")
        done = await sam.submits(**MOMENT | {"happened": f"Plum jam number {number}."})
        assert not done.get("errors"), done
        await sam.does("close")
    told = await mine(sam)
    assert all(f"Plum jam number {number}." in told for number in range(len(firsts)))


async def test_reflect_on_this_brings_the_link_along(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    top = await jo.says("The lift is fixed, after nine months.")
    await sam.does("message_shortcut", channel=CO_LAB, ts=top, name="Reflect on this")
    assert f"/archives/{CO_LAB}/p{top.replace('.', '')}" in str(sam.modal())
    assert "The lift is fixed" not in str(sam.modal())


async def test_conveners_read_what_was_written_for_them_and_nobody_else_does(circle: Town) -> None:
    sam, asha, jo = circle.person("sam"), circle.person("asha"), circle.person("jo")
    await writes(sam, "A moment worth keeping", "Me and conveners", **MOMENT)
    await asha.does("home")
    await asha.does("press", home=True, label="Written for conveners")
    assert "plum jam" in str(asha.modal())
    assert "Sam Whitcombe" in str(asha.modal())
    await jo.does("home")
    assert "Written for conveners" not in str(circle.playground.home(jo.id))
    await jo.does("press", home=True, label="What I wrote")
    assert "plum jam" not in str(jo.modal())
    await sam.does("home")
    await sam.does("press", home=True, label="What I wrote")
    assert "plum jam" in str(sam.modal())


async def test_a_lost_key_is_said_plainly_and_everything_else_works(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "A moment worth keeping", "Just me", **MOMENT)
    await circle.close()
    circle.config = circle.config.model_copy(update={"keys": sealing.written([sealing.made()])})
    await circle.open()
    listed = await mine(sam)
    assert "Its key is missing" in listed
    response = (await sam.types("/together reflect mine"))["response"]
    await sam.chooses("Edit", response["ts"])
    assert "the key that locks it is missing" in sam.sees_text()
    done = await writes(circle.person("jo"), "A ripple", "Just me", noticed="All is well elsewhere.")
    assert not done.get("errors")
    assert "All is well elsewhere." in await mine(circle.person("jo"))
    await sam.chooses("Delete", response["ts"])
    assert "Its key is missing" not in await mine(sam)


async def test_where_the_circle_is_clear_it_is_never_asked_for(circle: Town) -> None:
    """She is in two circles; the form was opened in one of them."""
    asha, sam = circle.person("asha"), circle.person("sam")
    await asha.does("join", channel="C0STEWARD", member=circle.playground.bot_user)
    await asha.presses("Set it up", asha.sees("C0STEWARD")[-1]["ts"], "C0STEWARD")
    await asha.submits(name="Stewards", conveners=["U0ASHA"])
    await asha.submits()
    await opens(sam, "A moment worth keeping")
    assert "Which circle" not in str(sam.modal())
    await sam.does("choose", view=True, label="Who sees this", option="This circle")
    assert "Which circle" not in str(sam.modal())
    await sam.does("close")
    await opens(sam, "A moment worth keeping", "dm")
    assert "Which circle" in str(sam.modal())
    await sam.does("choose", view=True, label="Who sees this", option="This circle")
    assert "Which circle" in str(sam.modal())
