"""Pictures in a channel: beside the same in words, once each, and never at the price of the words."""

from typing import Any

from tests.flows.test_learning import november
from tests.flows.test_pulse_flow import PEOPLE, answers, offered
from tests.people import Town, words_of


def said(town: Town, words: str) -> list[dict[str, Any]]:
    """Messages in the channel that say this."""
    return [message for message in town.person("sam").sees() if words in words_of(message)]


def images(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in message["blocks"] if block["type"] == "image"]


def files(town: Town) -> list[str]:
    """The ids of the pictures that Slack has."""
    return [file.id for file in town.playground.slack.files.all() if file.mimetype == "image/png"]


def shown(pictures: list[dict[str, Any]]) -> list[str]:
    """The files that these blocks show."""
    return [one["slack_file"]["id"] for one in pictures]


async def take_back(town: Town, name: str, words: str) -> None:
    """Somebody deletes a check-in of hers."""
    person = town.person(name)
    questions = [message["ts"] for message in person.sees() if "check-in:" in message["text"]]
    cards = [card for ts in questions for card in person.sees(thread=ts) if words in words_of(card)]
    await person.chooses("Delete", cards[0]["ts"])
    await town.playground.settle()


async def all_answer(town: Town, ts: str) -> None:
    """Five say one thing and five another, so there is something to draw."""
    for n, name in enumerate((*PEOPLE, "idris", "nadia", "leo", "ceri")):
        await answers(town, name, ts, purpose="Not yet" if n % 2 else "Strongly")
        await town.person(name).does("close")


async def test_a_picture_that_cannot_be_uploaded_comes_later_and_the_words_stand_at_once(town: Town) -> None:
    await all_answer(town, await offered(town))
    town.playground.faults({"api": {"files.getUploadURLExternal": {"status": 500}}})
    await town.until("2026-12-16 10:00")
    (result,) = said(town, "what we said")
    assert "trongly: 5 people" in words_of(result)
    assert not images(result)
    town.playground.faults({})
    await town.eventually(lambda: bool(images(said(town, "what we said")[0])))
    (result,) = said(town, "what we said")
    (image,) = images(result)
    assert [image["slack_file"]["id"]] == files(town)
    assert "October to December 2026" not in image["alt_text"]
    assert "Oct to Dec 2026" in image["alt_text"]
    assert "trongly: 5 people" in words_of(result)


async def test_a_digest_that_changes_shows_the_same_pictures_and_does_not_upload_them_twice(
    town: Town,
) -> None:
    draft = await november(town)
    await town.person("asha").presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    (before,) = map(images, said(town, "What Co-lab learned"))
    assert sorted(shown(before)) == sorted(files(town))
    assert len(before) == 2
    await take_back(town, "sam", "The lift is mended.")
    await town.eventually(lambda: len(files(town)) == 2)
    (after,) = map(images, said(town, "What Co-lab learned"))
    assert shown(after)[0] != shown(before)[0], "there is a voice less"
    assert shown(after)[1] == shown(before)[1]
    assert not {image["block_id"] for image in before} & {image["block_id"] for image in after}
    assert sorted(shown(after)) == sorted(files(town)), "and what is not shown any more is gone"


async def test_a_picture_that_somebody_deleted_in_slack_is_brought_again(town: Town) -> None:
    draft = await november(town)
    await town.person("asha").presses("Post it", draft["ts"], "dm")
    await town.playground.settle()
    (before,) = map(images, said(town, "What Co-lab learned"))
    gone = town.playground.slack.files.get(shown(before)[1])
    assert gone
    town.playground.slack.files.delete(gone)
    await take_back(town, "sam", "The lift is mended.")
    await town.eventually(lambda: "lift" not in words_of(said(town, "What Co-lab learned")[0]))
    (after,) = map(images, said(town, "What Co-lab learned"))
    assert len(after) == 2
    assert shown(after)[1] in files(town)
