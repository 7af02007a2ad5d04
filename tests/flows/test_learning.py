"""The learning digest: a draft for the conveners, their words, the channel, the memory, and Markdown for others."""

from typing import Any

import aiohttp

from tests.flows.test_lost_keys import with_keys
from tests.people import CO_LAB, Town, words_of

QUOTING = "This may be quoted in the digest"
CANARIES = ("CANARY-ME", "CANARY-CONVENERS", "CANARY-NOT-TICKED")


async def november(town: Town) -> dict[str, Any]:
    """A month with two voices, one of which may be quoted, and ripples for some and for all; then the draft."""
    await town.circle(memory="Our practice threads")
    asha, sam, jo = town.person("asha"), town.person("sam"), town.person("jo")
    await asha.does("home")
    await asha.does("press", home=True, label="Learning digest")
    done = await asha.submits(every="Every month")
    assert not done.get("errors"), done
    await asha.does("close")
    await town.until("2026-11-03 09:31")
    ts = town.question()["ts"]
    await sam.presses("Answer", ts)
    await sam.submits(answer="The lift is mended.", quote=["This may be quoted in the digest, with my name"])
    await jo.presses("Answer", ts)
    await jo.submits(answer="CANARY-NOT-TICKED")
    for seen, mark in (
        ("Just me", "CANARY-ME"),
        ("Me and conveners", "CANARY-CONVENERS"),
        ("This circle", "x"),
    ):
        await sam.types("/together ripple")
        done = await sam.submits(noticed=mark, where="Elsewhere", together="Yes", seen=seen)
        assert not done.get("errors"), done
        await sam.does("close")
    await town.until("2026-12-01 10:01")
    (draft,) = [m for m in asha.sees("dm") if "A learning digest of" in words_of(m)]
    return draft


def digest(town: Town) -> str:
    found = [m for m in town.person("jo").sees() if "What Co-lab learned" in words_of(m)]
    return words_of(found[-1]) if found else ""


async def test_a_convener_looks_edits_and_posts_and_no_private_word_is_in_it(town: Town) -> None:
    draft = await november(town)
    asha = town.person("asha")
    await asha.presses("Look at it", draft["ts"], "dm")
    seen = str(asha.modal())
    assert "1 November to 30 November 2026" in seen
    assert "The lift is mended." in seen
    assert "Elsewhere: 1" in seen
    await asha.does("close")
    await asha.presses("Edit", draft["ts"], "dm")
    mair = town.person("mair")
    (hers,) = [m for m in mair.sees("dm") if "A learning digest of" in words_of(m)]
    await mair.presses("Edit", hers["ts"], "dm")
    await mair.submits(note="Mair was quicker.")
    await asha.submits(note="We asked before we came.")
    assert "Another convener has changed it meanwhile" in str(asha.modal())
    assert "Mair was quicker." in str(asha.modal())
    done = await asha.submits(note="We asked before we came. Mair was quicker.")
    assert not done.get("errors"), done
    assert not asha.modal()
    await asha.presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    posted = digest(town)
    assert ": quiet" in posted
    assert "0 voices" not in posted
    assert "We asked before we came." in posted
    assert "> The lift is mended.\nSam Whitcombe" in posted
    assert not any(mark in seen + posted for mark in CANARIES)
    found = words_of((await town.person("jo").types("/together recall asked before we came"))["response"])
    assert "Our learning digest" in found
    await asha.presses("Post it", draft["ts"], "dm")
    assert "has been posted or let go" in asha.sees_text("dm")


async def test_a_quote_that_is_taken_back_leaves_the_posted_digest(town: Town) -> None:
    draft = await november(town)
    await town.person("asha").presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    assert "The lift is mended." in digest(town)
    sam = town.person("sam")
    thread = next(
        m["ts"]
        for m in sam.sees()
        if "check-in:" in m["text"] and any("lift" in words_of(r) for r in sam.sees(thread=m["ts"]))
    )
    card = next(m for m in sam.sees(thread=thread) if "The lift is mended." in words_of(m))
    await sam.chooses("Delete", card["ts"])
    await town.playground.settle()
    assert "The lift is mended." not in digest(town)
    assert "Elsewhere: 1" in digest(town)


async def test_what_is_shared_in_a_form_is_quoted_only_with_a_name_and_a_tick_and_leaves_when_it_is_narrowed(
    town: Town,
) -> None:
    await town.circle()
    asha, sam = town.person("asha"), town.person("sam")
    await asha.does("home")
    await asha.does("press", home=True, label="Learning digest")
    await asha.submits(every="Every month")
    await asha.does("close")
    may = {"quote": ["This may be quoted in the digest, with my name"]}
    told = {"happened": "A bench.", "make_of_it": "We sat down.", "link": "https://who.example/sam"}
    for words, seen, quote in (
        ({"happened": "CANARY-NOT-TICKED", "make_of_it": "x"}, "This circle", {}),
        ({"happened": "CANARY-CONVENERS", "make_of_it": "x"}, "Me and conveners", {}),
        (told, "This circle", may),
    ):
        await sam.types("/together reflect")
        await sam.presses("A moment worth keeping", sam.sees()[-1]["ts"])
        await sam.does("choose", view=True, label="Who sees this", option=seen)
        assert (QUOTING in str(sam.modal())) == (seen == "This circle"), (
            "only what has a name can be quoted with it"
        )
        done = await sam.submits(**words, **quote)
        assert not done.get("errors"), done
        await sam.does("close")
    await town.until("2026-12-01 10:01")
    (draft,) = [m for m in asha.sees("dm") if "A learning digest of" in words_of(m)]
    await asha.presses("Look at it", draft["ts"], "dm")
    seen = str(asha.modal())
    assert "> A bench.\\n> We sat down.\\nSam Whitcombe" in seen
    assert not any(mark in seen for mark in (*CANARIES, "who.example"))
    await asha.presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    assert "> A bench." in digest(town)
    card = next(m for m in sam.sees() if "A bench." in words_of(m) and "learned" not in words_of(m))
    await sam.chooses("Edit", card["ts"])
    await sam.submits(seen="Me and conveners")
    await town.playground.settle()
    assert "A bench." not in digest(town), "it is for the conveners alone now"
    assert "What we talked about" in digest(town)


async def test_a_card_that_is_deleted_in_slack_is_quoted_no_more(town: Town) -> None:
    await november(town)
    asha, sam = town.person("asha"), town.person("sam")
    await sam.types("/together ripple")
    await sam.submits(noticed="A borrowed kettle.", quote=["This may be quoted in the digest, with my name"])
    await sam.does("close")
    await town.until("2027-01-01 10:01")
    draft = [m for m in asha.sees("dm") if "A learning digest of" in words_of(m)][-1]
    await asha.presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    assert "> A borrowed kettle." in digest(town)
    card = next(m for m in sam.sees() if "A ripple" in m["text"] and "A borrowed kettle." in words_of(m))
    admin = next(m["id"] for m in town.playground.state()["members"] if m["admin"])
    await town.playground.act({"as": admin, "do": "delete", "channel": CO_LAB, "ts": card["ts"]})
    await town.playground.settle()
    assert "A borrowed kettle." not in digest(town)


async def test_the_markdown_names_nobody_and_holds_no_private_word(town: Town) -> None:
    draft = await november(town)
    asha = town.person("asha")
    await asha.presses("Send me the Markdown", draft["ts"], "dm")
    (sent,) = [m for m in asha.sees("dm") if m.get("files")]
    file = sent["files"][0]
    headers = {"Sec-Fetch-Site": "same-origin"}  # in the browser of whoever was sent it
    async with aiohttp.ClientSession(headers=headers) as session, session.get(file["url_private"]) as answer:
        text = await answer.text()
    assert file["name"] == "learning-2026-11-01.md"
    assert text.startswith("# What Co-lab learned\n")
    assert "> The lift is mended." in text
    assert "Sam" not in text
    assert not any(mark in text for mark in CANARIES)


async def test_a_quote_can_be_left_out_and_a_draft_let_go(town: Town) -> None:
    draft = await november(town)
    asha = town.person("asha")
    await asha.presses("Edit", draft["ts"], "dm")
    await asha.submits(left_out=["Sam Whitcombe: The lift is mended."])
    await asha.presses("Look at it", draft["ts"], "dm")
    assert "The lift is mended." not in str(asha.modal())
    await asha.does("close")
    await asha.presses("Let it go", draft["ts"], "dm")
    await town.playground.settle()
    assert digest(town) == ""


async def test_a_member_who_is_no_convener_finds_no_way_to_it(town: Town) -> None:
    await november(town)
    sam = town.person("sam")
    await sam.does("home")
    assert "Learning digest" not in str(town.playground.home(sam.id))
    assert "A learning digest of" not in "".join(words_of(m) for m in sam.sees("dm"))
    assert "A learning digest of" not in town.person("jo").sees_text(CO_LAB)


async def test_a_missing_key_takes_no_convener_s_words_out_of_a_digest_for_good(town: Town) -> None:
    draft = await november(town)
    asha, sam, right = town.person("asha"), town.person("sam"), town.config.keys
    await asha.presses("Edit", draft["ts"], "dm")
    await asha.submits(note="We asked before we came.")
    await asha.presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    thread = next(
        m["ts"] for m in sam.sees() if "check-in:" in m["text"] and "lift" in sam.sees_text(thread=m["ts"])
    )
    card = next(m for m in sam.sees(thread=thread) if "The lift is mended." in words_of(m))
    await with_keys(town, "")
    await sam.chooses("Delete", card["ts"])
    await town.playground.settle()
    assert "The lift is mended." not in digest(town), "what was taken back goes at once"
    assert "cannot be opened just now" in digest(town)
    await with_keys(town, right)
    await town.until("2026-12-02 10:05")
    assert "We asked before we came." in digest(town)
    assert "cannot be opened just now" not in digest(town)
    assert "The lift is mended." not in digest(town)


async def test_a_digest_is_not_posted_without_the_words_that_a_convener_wrote(town: Town) -> None:
    draft = await november(town)
    asha, right = town.person("asha"), town.config.keys
    await asha.presses("Edit", draft["ts"], "dm")
    await asha.submits(note="We asked before we came.")
    await with_keys(town, "")
    await asha.presses("Post it", draft["ts"], "dm")
    assert "the key that locks it is missing" in asha.sees_text("dm")
    assert digest(town) == ""
    await with_keys(town, right)
    await asha.presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    assert "We asked before we came." in digest(town)
