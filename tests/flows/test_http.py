"""Without Socket Mode, Slack calls us: signed requests only, small ones only."""

import json
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from slack_sdk.signature import SignatureVerifier

from bot.app import Bot, build
from bot.clock import PlaygroundClock, real
from store import reflections as kept
from store.migrate import migrate
from tests.people import CO_LAB, Town, config_for

SECRET = "a secret between Slack and us"


@pytest_asyncio.fixture
async def over_http(town: Town) -> AsyncIterator[tuple[Town, Bot, str]]:
    """The same circle, looked after in HTTP mode."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    await town.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = config_for(town.playground, town.config.database_url, http_port=port)
    config = given.model_copy(update={"app_token": "", "signing_secret": SECRET})
    migrate(config.database_url)
    bot = build(config, await PlaygroundClock(config.clock_url).open())
    await bot.start()
    await town.playground.settle()  # the thread has been read again: what Slack then brings is not in it
    yield town, bot, f"http://127.0.0.1:{port}"
    await bot.stop()


def signed(body: str, secret: str = SECRET) -> dict[str, str]:
    """Slack's headers for a body."""
    stamp = str(int(real().timestamp()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }


def reply_event(thread: str, ts: str) -> str:
    """Sam's reply in a thread, as Slack would send it."""
    event = {
        "type": "message",
        "channel": CO_LAB,
        "user": "U0SAM",
        "text": "Over HTTP.",
        "ts": ts,
        "thread_ts": thread,
        "channel_type": "channel",
    }
    envelope = {"type": "event_callback", "team_id": "T0SAMPLE", "event_id": "Ev0HTTP", "event": event}
    return json.dumps(envelope)


async def test_slack_calls_us_and_only_slack(over_http: tuple[Town, Bot, str]) -> None:
    town, bot, url = over_http
    question = town.question()["ts"]
    ts = await town.person("sam").replies("Over HTTP.", question)
    body = reply_event(question, ts)
    async with aiohttp.ClientSession() as slack:
        challenge = json.dumps({"type": "url_verification", "challenge": "are you there"})
        async with slack.post(f"{url}/slack/events", data=challenge, headers=signed(challenge)) as answer:
            assert answer.status == 200
            assert "are you there" in await answer.text()
        async with slack.post(f"{url}/slack/events", data=body, headers=signed(body, "guessed")) as answer:
            assert answer.status == 401
        for _ in range(2):  # Slack repeats what it thinks was lost
            async with slack.post(f"{url}/slack/events", data=body, headers=signed(body)) as answer:
                assert answer.status == 200
        async with slack.post(f"{url}/slack/events", data="x" * 1_020_000, headers=signed("x")) as answer:
            assert answer.status == 413
        async with slack.get(f"{url}/healthz") as answer:
            assert (await answer.json()) == {"ok": True}
    found = await bot.db.read(kept.at, "T0SAMPLE", CO_LAB, ts)
    assert found
    assert found.text == "Over HTTP."
