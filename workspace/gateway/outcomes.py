"""How one call to Slack goes: what it answers becomes one of a few outcomes."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from workspace.blocks import Block

# Codes after which part of the work may have been done all the same (Slack's documentation says so).
DOUBTFUL = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
SLOW_DOWN = {"ratelimited", "rate_limited", "message_limit_exceeded"}


class Declined(Exception):
    """Slack refused for good; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class NotSent(Exception):
    """It certainly did not arrive; worth trying again after `wait` seconds."""

    def __init__(self, wait: float) -> None:
        self.wait = wait
        super().__init__(f"again after {wait:g} s")


class Unsure(Exception):
    """It may or may not have arrived."""


async def called(
    method: Callable[..., Awaitable[AsyncSlackResponse]], **arguments: Any
) -> AsyncSlackResponse:
    """Call once, never again by itself, and say plainly how it went."""
    try:
        return await method(**arguments)
    except SlackApiError as error:
        raise _outcome(error) from None  # Slack's answer may hold what was said
    except SlackRequestError:  # a file did not go up; its words stand in the error
        raise NotSent(5) from None
    except aiohttp.ClientConnectorError as error:
        raise NotSent(5) from error
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise Unsure(type(error).__name__) from error


async def called_hook(
    hook: AsyncWebhookClient, text: str, blocks: list[Block] | None, *, replace: bool = False
) -> WebhookResponse:
    """The same, by the way that Slack gave with a press or a command."""
    try:
        return await hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=replace)
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise Unsure(type(error).__name__) from error


async def pages(method: Callable[..., Awaitable[AsyncSlackResponse]], **arguments: Any) -> Any:
    """Call as often as there is more, and give page by page."""
    cursor = ""
    while True:
        page = await called(method, **arguments, **({"cursor": cursor} if cursor else {}))
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _outcome(error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", 0)
    said = getattr(response, "data", None)  # an answer that was no JSON has none
    code = str(said.get("error", "")) if isinstance(said, dict) else ""
    if status == 429 or code in SLOW_DOWN:
        headers = {name.lower(): value for name, value in (response.headers or {}).items()}
        wait = headers.get("retry-after", "1")
        return NotSent(float(wait[0] if isinstance(wait, list) else wait))
    if status >= 500 or code in DOUBTFUL or not code:
        return Unsure(code or str(status))
    return Declined(code)
