"""Where pictures stand in a message, and what stands there until they come."""

from practices.model import Message
from workspace.blocks import section
from workspace.pictures import Picture, posting

BEFORE, AFTER = section("Before"), section("After")
SAID = Message("said", "T1", "notice", "it", "In words", (BEFORE, AFTER), channel="C1")
ONE, TWO = (Picture(name, name, f"{name}, heard. " * 200, f"<svg>{name}</svg>") for name in ("one", "two"))
SHOWN = posting.show(SAID, (ONE, TWO), at=1, twins=("One in words.",))


def kinds(message: Message) -> list[object]:
    """What its blocks are: words, or the file that is shown."""
    return [
        block["slack_file"]["id"] if "slack_file" in block else block["text"]["text"]  # type: ignore[index]
        for block in message.blocks
    ]


def test_a_picture_stands_where_it_belongs_and_its_twin_until_then() -> None:
    first, second = SHOWN.pictures

    assert kinds(posting.placed(SHOWN, {})) == ["Before", "One in words.", "After"]
    assert kinds(posting.placed(SHOWN, {second.id: "F2"})) == ["Before", "One in words.", "F2", "After"]
    assert kinds(posting.placed(SHOWN, {first.id: "F1", second.id: "F2"})) == ["Before", "F1", "F2", "After"]
    assert kinds(posting.placed(posting.show(SAID, (ONE,)), {})) == ["Before", "After"]


def test_the_same_message_with_its_pictures_is_an_update_whose_blocks_have_ids_of_their_own() -> None:
    first, second = SHOWN.pictures
    whole = posting.completed(SHOWN, {second.id: second})

    assert (whole.kind, whole.id != SHOWN.id) == ("update", True)
    (moved,) = whole.pictures
    assert moved.id not in (first.id, second.id)
    assert moved.sha == second.sha
    assert kinds(posting.placed(whole, {moved.id: "F2"})) == ["Before", "One in words.", "F2", "After"]


def test_what_is_heard_is_as_long_as_slack_takes_it() -> None:
    alts = [str(block["alt_text"]) for block in SHOWN.blocks if "alt_text" in block]

    assert len(alts) == 2
    assert all(1900 < len(alt) <= 2000 and alt.endswith("heard.") for alt in alts)
    assert all(900 < len(one.alt) <= 1000 for one in SHOWN.pictures)
