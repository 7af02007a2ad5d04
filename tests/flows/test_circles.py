"""Setting up a circle, and everything that can be wrong about it."""

from tests.engines import both_engines
from tests.people import CO_LAB, Town, words_of


async def test_the_bot_says_hello_once_and_then_waits(town: Town) -> None:
    asha = town.person("asha")
    for do in ("join", "leave", "join"):
        await asha.does(do, channel=CO_LAB, member=town.playground.bot_user)
    assert asha.sees_text().count("Set it up") == 1
    await town.until("2026-11-10 12:00")
    assert "check-in:" not in asha.sees_text()


@both_engines
async def test_the_preview_shows_what_will_come_and_change_goes_back(town: Town) -> None:
    asha = town.person("asha")
    await asha.does("join", channel=CO_LAB, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees()[-1]["ts"])
    await asha.submits(name="Co-lab", conveners=["U0ASHA"], quiet_from="2026-11-08", quiet_until="2026-11-14",
        turn_to="Call  Mair <3 on 01584 or <!here>.",
    )  # fmt: skip
    preview = str(asha.modal())
    assert "Tuesday 3 November 09:30" in preview
    assert "Tuesday 10 November (quiet week)" in preview
    assert "Friday 6 November 12:00" in preview
    await asha.does("close")
    modal = asha.modal()
    assert modal
    assert modal["title"]["text"] == "Set up this circle"
    assert modal["state"]["values"]["name"]["name"]["value"] == "Co-lab"
    await asha.submits(at="10:15")
    await asha.submits()
    await town.until("2026-11-03 10:16")
    assert town.question()
    assert "begins" in asha.sees_text()
    worried = "If something here worries you: Call Mair &lt;3 on 01584 or &lt;!here&gt;."
    assert worried in asha.sees_text(), "the welcome says whom to turn to"
    for channel in (CO_LAB, "dm"):
        done = await asha.types("/together help", channel)
        assert (worried in words_of(done["response"])) == (channel == CO_LAB)


WRONG: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"name": "  "}, "name", "What do you call this circle?"),
    ({"conveners": []}, "conveners", "at least one convener"),
    ({"conveners": ["U0ASHA", "U0TOGETHER"]}, "conveners", "cannot convene yet"),
    (
        {"quiet_from": "2026-12-24", "quiet_until": "2026-12-01"},
        "quiet_until",
        "ends before it begins",
    ),
    ({"quiet_from": "2026-12-24"}, "quiet_until", "both dates"),
    ({"quiet_from": "2026-12-24", "quiet_until": "2029-12-24"}, "quiet_until", "a year at most"),
    ({"gathering_day": "Thursday"}, "gathering_at", "both the day and the time"),
    ({"sectors": ",".join("abcdefghijklm")}, "sectors", "Twelve sectors at most"),
)


async def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(town: Town) -> None:
    asha = town.person("asha")
    await asha.does("join", channel=CO_LAB, member=town.playground.bot_user)
    hello = asha.sees()[-1]["ts"]
    for values, field, sentence in WRONG:
        await asha.presses("Set it up", hello)
        done = await asha.submits(
            purpose="To learn.", **({"name": "Co-lab", "conveners": ["U0ASHA"]} | values)
        )
        slack_says = "Please complete this required field."  # before the bot is asked at all
        assert sentence in done["errors"][field] or done["errors"][field] == slack_says
        modal = asha.modal()
        assert modal
        assert modal["state"]["values"]["purpose"]["purpose"]["value"] == "To learn."
        await asha.does("close")


async def test_a_convener_who_is_not_in_the_channel_must_be_invited_first(town: Town) -> None:
    asha = town.person("asha")
    await asha.does("join", channel="C0STEWARD", member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees("C0STEWARD")[-1]["ts"], "C0STEWARD")
    done = await asha.submits(name="Stewards", conveners=["U0ASHA", "U0JO"])
    assert "Jo Merrick cannot convene yet" in done["errors"]["conveners"]


async def test_a_guest_cannot_set_up_a_circle(town: Town) -> None:
    hal = town.person("hal")
    await town.person("asha").does("join", channel=CO_LAB, member=town.playground.bot_user)
    await hal.types("/together circle")
    assert hal.modal() is None
    done = await hal.types("/together circle")
    assert "A guest cannot set up a circle" in str(done) + hal.sees_text()


@both_engines
async def test_only_a_convener_changes_a_circle(town: Town) -> None:
    await town.circle()
    done = await town.person("sam").types("/together circle")
    assert "Its conveners are Asha Patel and Mair Llŷr" in str(done)
    mair = town.person("mair")
    await mair.types("/together circle")
    await mair.submits(weekday="Wednesday", at="08:00")
    await mair.submits()
    assert "The rhythm of *Co-lab* has changed." in mair.sees_text()
    await town.until("2026-11-04 08:01")
    assert town.question()


async def test_a_word_nearly_right_is_taken_for_the_right_one(town: Town) -> None:
    await town.circle()
    sam = town.person("sam")
    assert "No question is open in this channel" in str(await sam.types("/together chekin"))
    await town.until("2026-11-03 09:31")
    done = await sam.types("/together chekin")
    assert sam.modal()
    assert "to mean `/together checkin`" in str(done)


async def test_an_unknown_word_gets_the_menu_and_its_buttons_work(town: Town) -> None:
    await town.circle()
    await town.until("2026-11-03 09:31")
    sam = town.person("sam")
    await sam.types("/together <!channel> xyzzy")
    menu = sam.sees()[-1]
    assert "I do not know" in str(menu)
    assert "<!channel>" not in str(menu)
    await sam.presses("Answer this week's question", menu["ts"])
    assert sam.modal()
    await sam.does("close")
    await sam.presses("Help", menu["ts"])
    assert "`/together circle`" in sam.sees_text()


@both_engines
async def test_a_question_missed_while_the_bot_was_away_waits_for_a_convener(town: Town) -> None:
    await town.circle()
    await town.until("2026-11-02 12:00")
    await town.close()
    await town.until("2026-11-04 10:00")
    await town.open()
    asha, mair = town.person("asha"), town.person("mair")
    assert "check-in:" not in asha.sees_text()
    assert "I was away when Tuesday 3 November 09:30 came" in asha.sees_text("dm")
    note = asha.sees("dm")[-1]
    await asha.does("press", channel="dm", ts=note["ts"], label="Ask now")
    assert "check-in:" in asha.sees_text()
    assert asha.sees_text().count("check-in:") == 1
    note = mair.sees("dm")[-1]
    await mair.does("press", channel="dm", ts=note["ts"], label="Ask now")
    assert "settled already" in mair.sees_text("dm")
    assert sum("check-in:" in m["text"] for m in asha.sees()) == 1


@both_engines
async def test_a_reply_sent_while_the_bot_was_away_is_a_voice_afterwards(town: Town) -> None:
    await town.circle()
    await town.until("2026-11-03 09:31")
    question = town.question()["ts"]
    gone = await town.person("jo").replies("I take this back.", question)
    await town.close()
    await town.person("sam").replies("Said into the silence.", question)
    await town.person("jo").does("delete", channel=CO_LAB, ts=gone)
    await town.open()
    await town.playground.move(advance=61)
    assert town.question()["blocks"][-1]["elements"][0]["text"].startswith("1 voice so far")


@both_engines
async def test_conveners_hear_when_the_bot_was_put_out_of_the_channel(town: Town) -> None:
    await town.circle()
    asha = town.person("asha")
    await asha.does("leave", channel=CO_LAB, member=town.playground.bot_user)
    await town.until("2026-11-03 09:31")
    assert "I could not ask this week's question" in asha.sees_text("dm")
    assert "Please invite me again" in asha.sees_text("dm")
    await asha.does("join", channel=CO_LAB, member=town.playground.bot_user)
    await town.until("2026-11-10 09:31")
    assert town.question()
