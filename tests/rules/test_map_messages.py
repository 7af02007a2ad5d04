"""However many write, every line of a map can be read in its thread, and dotted."""

import json
from dataclasses import replace

from practices.model import Message
from practices.polarities.gathering import Gathered
from practices.polarities.map import CORNERS
from practices.polarities.walking import Polarity
from practices.polarities.way import STATES
from practices.polarities.whole import Post, Whole, empty
from workspace.polarities.gathering import dotting
from workspace.polarities.moving import not_posted
from workspace.polarities.posts import say

ONE = Polarity("map", "T1", "moving quickly", "taking time", ("U1",), state="gathering", seed="seed")
MANY = 180  # sixty people, three lines each
LINES = [
    Gathered(f"{corner}{n:030}", corner, f"{n:03} " + "żółć & <b> " * 6 + "koniec")
    for corner in CORNERS
    for n in range(MANY)
]


def test_180_lines_of_a_corner_can_all_be_dotted_in_one_form() -> None:
    view = dotting(ONE, LINES, {"DL": [LINES[0].id]})
    assert len(json.dumps(view, ensure_ascii=False).encode()) < 250_000, "Slack takes no larger form"
    for corner, block in zip(CORNERS, (one for one in view["blocks"] if one["type"] == "input"), strict=True):
        groups = block["element"]["option_groups"]
        offered = [option["value"] for group in groups for option in group["options"]]
        assert sorted(offered) == sorted(line.id for line in LINES if line.corner == corner)
        assert max(len(group["options"]) for group in groups) <= 100
        assert all(len(option["text"]["text"]) <= 75 for group in groups for option in group["options"])


def test_180_lines_of_a_corner_stand_in_one_message_of_the_thread() -> None:
    found = Whole(ONE, empty(ONE), lines=LINES)
    (message,) = say(found, Post("lines DL", "C1", "1.1", None, 0))
    texts = [str(block["text"]["text"]) for block in message.blocks]  # type: ignore[index]
    assert len(texts) <= 50
    assert max(map(len, texts)) <= 3000
    assert "\n".join(texts).count("•") == MANY


def test_who_holds_a_map_hears_that_a_message_failed_whatever_its_state_even_its_last() -> None:
    failed = Message("last", "T1", "map", "map/closed", "", channel="C1")
    for state in STATES:
        (word,) = not_posted(replace(ONE, state=state, channel="C1"), failed, "Invite me again.", ("U1",))
        presses = [block["elements"] for block in word.blocks if block["type"] == "actions"]
        over = state in ("draft", "closed", "stopped")  # nothing can be moved on there
        assert all(presses), "Slack takes no row of no buttons"
        assert bool(presses) is not over, state
        assert ("you can stop the map here" in word.text) is not over, state
