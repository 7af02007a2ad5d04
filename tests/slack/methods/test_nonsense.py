"""Whatever an app sends, Slack answers: never with a broken page, never with a state that is half changed."""

import json
from typing import Any

import pytest

from playground.server import Playground
from playground.table import row
from playground.web_api import METHODS
from tests.slack.conftest import ASHA, LAB
from tests.slack.methods.conftest import Post

NONSENSE: list[Any] = [
    *("", "x", "-1", "1e400", "[", "\u202e\u0000", "x" * 5000, LAB, ASHA, "C0NONE,U0NONE"),
    *(
        0,
        -1,
        10**30,
        1.5,
        True,
        [],
        [1],
        [[]],
        ["x"],
        {},
        {"a": 1},
        [{"type": 1}],
        {"type": "modal", "blocks": [1]},
    ),
]
SENSE = {
    "channel": LAB,
    "channel_id": LAB,
    "user": ASHA,
    "user_id": ASHA,
    "text": "x",
    "name": "x",
    "title": "x",
}
HARMFUL = {"auth.revoke"}  # leaves nobody who could ask again


@pytest.mark.parametrize("method", sorted(set(METHODS) - HARMFUL))
async def test_nonsense_is_answered_in_slacks_words(post: Post, playground: Playground, method: str) -> None:
    found = row(method)
    assert found is not None
    ts = (await post("chat.postMessage", json={"channel": LAB, "text": "x"})).body["ts"]
    sense = {**SENSE, "ts": ts, "timestamp": ts, "thread_ts": ts, "message_ts": ts}
    known = {name: value for name, value in sense.items() if name in found.args}
    for name in found.args:
        for value in NONSENSE:
            answer = await post(method, json={**known, name: value})
            assert answer.status == 200, (name, value, answer.body)
            assert answer.body["ok"] or answer.body["error"], (name, value)
    json.dumps([playground.state(), playground.messages(LAB, ASHA)])


@pytest.mark.parametrize("method", sorted(set(METHODS) - HARMFUL))
async def test_nothing_at_all_is_answered_in_slacks_words(post: Post, method: str) -> None:
    answer = await post(method, json={})
    assert answer.status == 200
    assert isinstance(answer.body["ok"], bool)
