"""A call as plain HTTP, for what slack-sdk's client would never send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from playground.server import Playground


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]


Post = Callable[..., Awaitable[Answered]]


@pytest.fixture
def post(playground: Playground, session: aiohttp.ClientSession) -> Post:
    """`await post("chat.postMessage", json=...)` with the bot's token."""

    async def send(method: str, *, headers: dict[str, str] | None = None, **how: Any) -> Answered:
        token = {"Authorization": f"Bearer {playground.bot_token}"}
        url = f"{playground.api_url}{method}"
        async with session.post(url, headers={**token, **(headers or {})}, **how) as response:
            return Answered(response.status, dict(response.headers), await response.json())

    return send
