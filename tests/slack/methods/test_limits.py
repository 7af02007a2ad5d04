"""Slack's rate limits: how often an app may ask, and what it hears when it asks too often."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from playground.limits import Limits
from playground.server import Playground
from tests.slack.conftest import ASHA, LAB, fill
from tests.slack.methods.conftest import Post


class Hand:
    """A time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """The workspace with Slack's own limits, whose seconds do not pass by themselves."""
    served = await fill(Playground()).start()
    served.slack.ground.limits = Limits(1, Hand())
    yield served
    await served.stop()


async def test_a_sixth_message_at_once_in_one_channel_comes_too_early(post: Post) -> None:
    said = [await post("chat.postMessage", json={"channel": LAB, "text": str(n)}) for n in range(6)]
    assert [answer.status for answer in said] == [200] * 5 + [429]
    assert (said[-1].body, said[-1].headers["Retry-After"]) == ({"ok": False, "error": "ratelimited"}, "1")
    assert (await post("chat.postMessage", json={"channel": ASHA, "text": "another channel"})).body["ok"]
    assert (await post("chat.update", json={"channel": LAB, "ts": said[0].body["ts"], "text": "x"})).body[
        "ok"
    ]


async def test_a_method_of_tier_2_answers_twenty_times_a_minute(post: Post) -> None:
    asked = [await post("conversations.list", json={"limit": 10}) for _ in range(21)]
    assert [answer.status for answer in asked] == [200] * 20 + [429]
    assert int(asked[-1].headers["Retry-After"]) == 3
    assert (await post("team.info", json={})).status == 200


async def test_a_refusal_for_haste_is_seen_in_the_inspector(post: Post, playground: Playground) -> None:
    for number in range(6):
        await post("chat.postMessage", json={"channel": LAB, "text": str(number)})
    last = playground.log()[-1]
    assert (last["what"], last["ok"]) == ("chat.postMessage", False)
    assert "HTTP 429" in last["answer"]
    assert "ratelimited" in last["answer"]
    assert len(playground.messages(LAB, ASHA)) == 5


async def test_the_playgrounds_clock_frees_nothing(post: Post, playground: Playground) -> None:
    playground.slack.ground.limits = Playground(limits=1).slack.ground.limits
    for _ in range(21):
        await post("conversations.list", json={"limit": 10})
    await playground.move(advance=86_400)
    assert (await post("conversations.list", json={"limit": 10})).status == 429


# The buckets themselves, at a time of our own


def ask(limits: Limits, method: str, team: str = "T1", **args: object) -> int:
    return limits.wait(team, "A1", method, args)


def test_after_the_burst_a_channel_takes_one_message_a_second() -> None:
    hand = Hand()
    limits = Limits(1, hand)
    assert [ask(limits, "chat.postMessage", channel="C1") for _ in range(7)] == [0] * 5 + [1] * 2
    for second in range(1, 10):
        hand.now = float(second)
        assert ask(limits, "chat.postMessage", channel="C1") == 0
        assert ask(limits, "chat.postMessage", channel="C1") == 1


def test_each_workspace_has_limits_of_its_own() -> None:
    limits = Limits(1, Hand())
    asked = [ask(limits, "users.list", limit=5) for _ in range(21)]
    assert asked == [0] * 20 + [3]
    assert ask(limits, "users.list", team="T2", limit=5) == 0


def test_a_whole_list_at_once_costs_twice() -> None:
    limits = Limits(1, Hand())
    assert [ask(limits, "users.list") for _ in range(11)] == [0] * 10 + [6]


def test_limits_can_be_wider_or_off() -> None:
    wider, off = Limits(2, Hand()), Limits(0, Hand())
    assert [ask(wider, "users.list", limit=5) for _ in range(41)] == [0] * 40 + [2]
    assert {ask(off, "users.list") for _ in range(1000)} == {0}


def test_many_channels_do_not_fill_the_memory() -> None:
    hand = Hand()
    limits = Limits(1, hand)
    for number in range(30_000):
        hand.now = number / 10
        assert ask(limits, "chat.postMessage", channel=f"C{number}") == 0
    assert len(limits) < 10_500


async def test_slack_sdk_waits_as_long_as_it_is_told(playground: Playground, client: AsyncWebClient) -> None:
    playground.slack.ground.limits = Playground(limits=1).slack.ground.limits
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    for number in range(6):
        await client.chat_postMessage(channel=LAB, text=str(number))
    assert [message["text"] for message in playground.messages(LAB, ASHA)] == list("012345")
    assert sum("HTTP 429" in str(entry["answer"]) for entry in playground.log()) >= 1
