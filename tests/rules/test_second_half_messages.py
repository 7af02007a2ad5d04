"""The messages of a map's second half, by plain calls: within Slack's limits, and buttons only while they work."""

from dataclasses import replace
from datetime import date

import pytest

from practices.polarities.gathering import Gathered
from practices.polarities.map import CORNERS, Found, Line, Standing
from practices.polarities.revealing import Wording
from practices.polarities.steps import Planned
from practices.polarities.walking import Polarity
from practices.polarities.way import State
from practices.polarities.whole import Post, Whole, empty
from workspace.blocks import Block
from workspace.polarities import words
from workspace.polarities.posts import DRAWN

LONG = "W" * 32
MINE: tuple[State, ...] = ("reveal", "assess", "learn", "steps", "watching", "closed", "stopped")
STOOD = Standing(date(2026, 11, 30), {one: Found(2, 0.5) for one in CORNERS})


def whole(state: State) -> Whole:
    """A map as full as it may be: sixty people wrote three lines at each stop."""
    one = Polarity("M", "T", LONG, LONG[:-1] + "<", ("U0",), state=state, channel="C1", ts="1.1")
    lines = [
        Gathered(f"{corner}{n}", corner, "<!here> " * 8 + str(n)) for corner in CORNERS for n in range(180)
    ]
    bare = empty(one)
    many = tuple(Line("<!here> " * 9, 3) for _ in range(180))
    left, right = (replace(side, gifts=many, fears=many) for side in (bare.left, bare.right))
    planned = [
        Planned(what, pole, n, "<" * 70, name="N" * 40, by=date(2026, 12, 4), id=f"{pole}{n}")
        for what in ("step", "sign")
        for pole in ("L", "R")
        for n in range(3)
    ]
    wordings = [Wording(str(n), "fear" if n % 2 else "purpose", "&" * 80) for n in range(120)]
    return Whole(
        one,
        replace(bare, left=left, right=right),
        people=60,
        lines=lines,
        wordings=wordings,
        planned=planned,
        standings={0: STOOD, 1: STOOD},
    )


def buttons(blocks: tuple[Block, ...]) -> list[str]:
    return [
        element["action_id"]
        for block in blocks
        for element in [*(block.get("elements") or ()), block.get("accessory") or {}]
        if "action_id" in element
    ]


@pytest.mark.parametrize(
    "kind", [*MINE, "wordings", "words reveal 1", "words reveal 6", "words learn", "look 1"]
)
def test_however_much_there_is_a_message_stays_within_what_slack_takes(kind: str) -> None:
    state: State = next((one for one in MINE if one == kind), "reveal")
    drawing = DRAWN[kind.partition(" ")[0]](whole(state), Post(kind, "C1", None, None, 0))
    assert drawing is not None
    assert len(drawing.blocks) + bool(drawing.map) <= 50
    texts = [block["text"]["text"] for block in drawing.blocks if block["type"] == "section"]
    assert max(map(len, texts)) <= 3000
    assert sum(map(len, texts)) <= 12_000 or kind == "wordings"
    assert not any("<!here>" in text for text in texts), "nobody is called"
    assert len(drawing.twin) <= 12_000
    assert len(buttons(drawing.blocks)) == len(set(buttons(drawing.blocks)) | set()) or state == "steps"


@pytest.mark.parametrize(
    ("kind", "once"),
    [
        ("reveal", "polarity_offer"),
        ("assess", "polarity_stand"),
        ("learn", "polarity_move"),
        ("steps", "polarity_add_step"),
        ("watching", "polarity_story"),
    ],
)
def test_a_button_stands_only_while_its_step_is_open(kind: State, once: str) -> None:
    found = replace(whole(kind), wordings=())
    gone_on = replace(found, polarity=replace(found.polarity, state="closed"))
    for each, there in ((found, True), (gone_on, False)):
        drawing = DRAWN[kind](each, Post(kind, "C1", None, None, 0))
        assert drawing
        assert (once in buttons(drawing.blocks)) is there, kind


def test_too_few_answers_are_not_drawn_and_that_is_said() -> None:
    found = replace(whole("learn"), standings={})
    drawing = DRAWN["learn"](found, Post("learn", "C1", None, None, 0))
    assert drawing
    assert "Fewer than five people answered" in str(drawing.blocks)
    assert drawing.map
    assert drawing.map.now is None
    look = DRAWN["look"](found, Post("look 1", "C1", None, None, 0))
    assert look
    assert look.map is None


def test_words_that_are_no_more_leave_a_word_where_they_stood_and_nothing_where_they_never_did() -> None:
    few = replace(whole("reveal"), map=empty(whole("reveal").polarity))
    assert words.words(few, Post("words reveal 6", "C1", "1.1", None, 0)) is None
    stood = words.words(few, Post("words reveal 6", "C1", "1.1", "2.2", 1))
    assert stood
    assert "has gone" in str(stood.blocks)
