"""Signed HTTP: letters to the request URL that an app has registered, and the acks in the answers."""

import asyncio
import hashlib
import hmac
import json
import secrets
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp

from playground.bodies import Unreadable, parsed
from playground.clock import Clock
from playground.errors import ControlError
from playground.letters import COMMAND, EVENT, Ack, Attempt, Letter
from playground.people import App

OURS = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_REDIRECTS = 2
REDIRECTS = frozenset({301, 302, 307, 308})
JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


class RequestUrl:
    """One app's request URL; the app has `request_url` "" while it has none."""

    def __init__(self, app: App, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._proved: dict[str, asyncio.Task[bool]] = {}  # by URL: whether it has answered the challenge

    async def register(self, url: str) -> None:
        """Challenge an address and, if it answers, send letters there from now on; "" goes back to Socket Mode.

        Raises ControlError for an address beyond this machine and for one that does not answer the challenge.
        """
        allowed(url)
        self._proved.clear()
        if url and not await self._proof(url):
            raise ControlError(
                "url_verification_failed",
                f"{url} did not answer the challenge within 3 s: start the app first, and let it echo `challenge`.",
            )
        self._app.request_url = url

    def carry(self, letter: Letter, attempt: Attempt) -> asyncio.Future[Ack]:
        """Post a letter once; ends after 3 s at the latest."""
        return asyncio.ensure_future(self._carried(letter, attempt))

    async def _carried(self, letter: Letter, attempt: Attempt) -> Ack:
        url = self._app.request_url
        if not await self._proof(url):
            self._proved.pop(url, None)  # the next letter asks again
            return Ack("error", reason="connection_failed")
        headers = {}
        if letter.kind == EVENT and attempt.number:
            reason = "http_timeout" if attempt.reason == "timeout" else attempt.reason
            headers = {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": reason}
        if letter.kind == EVENT:
            return await self._posted(url, letter.text, JSON_TYPE, headers)
        fields = json.loads(letter.text) if letter.kind == COMMAND else {"payload": letter.text}
        return await self._posted(url, urlencode(fields), FORM_TYPE, headers)

    async def _proof(self, url: str) -> bool:
        if url not in self._proved:
            self._proved[url] = asyncio.ensure_future(self._challenged(url))
        return await asyncio.shield(self._proved[url])

    async def _challenged(self, url: str) -> bool:
        challenge = secrets.token_urlsafe(32)
        asked = {"token": self._app.verification_token, "challenge": challenge, "type": "url_verification"}
        ack = await self._posted(url, json.dumps(asked), JSON_TYPE, {})
        said = ack.payload.get("challenge") if isinstance(ack.payload, dict) else ack.payload
        return ack.status == "ok" and said in {challenge, f"challenge={challenge}"}

    # Over the wire

    def _signed(self, text: str, content_type: str) -> dict[str, str]:
        """Signatures follow real time: whoever checks them has no other."""
        stamp = str(int(self._clock.real()))
        base = f"v0:{stamp}:{text}".encode()
        digest = hmac.new(self._app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
            "Content-Type": content_type,
            "User-Agent": AGENT,
        }

    async def _posted(self, url: str, text: str, content_type: str, headers: dict[str, str]) -> Ack:
        sent = {**self._signed(text, content_type), **headers}
        try:
            async with asyncio.timeout(self._clock.patience):
                return await self._followed(url, text, sent)
        except TimeoutError:
            return Ack("timeout", reason="http_timeout")
        except aiohttp.ClientError:
            return Ack("error", reason="connection_failed")

    async def _followed(self, url: str, text: str, headers: dict[str, str]) -> Ack:
        self._session = self._session or aiohttp.ClientSession()
        for _ in range(MOST_REDIRECTS + 1):
            request = self._session.post(url, data=text.encode(), headers=headers, allow_redirects=False)
            async with request as answer:
                if answer.status not in REDIRECTS:
                    return await _acked(answer)
                url = urljoin(url, answer.headers.get("Location", ""))
            if not _is_ours(url):
                return Ack("error", reason="connection_failed")
        return Ack("error", reason="too_many_redirects")

    async def close(self) -> None:
        """Let the connections go."""
        if self._session:
            await self._session.close()
            self._session = None


def allowed(url: str) -> None:
    """Judge an address. Raises ControlError: nothing may leave this machine."""
    if url and not _is_ours(url):
        raise ControlError(
            "invalid_request_url",
            "A request URL is on this machine, such as http://127.0.0.1:3000/slack/events.",
        )


def _is_ours(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and parts.hostname in OURS and parts.port != 0
    except ValueError:
        return False


async def _acked(answer: aiohttp.ClientResponse) -> Ack:
    final = answer.headers.get("X-Slack-No-Retry") == "1"
    if not 200 <= answer.status < 300:
        return Ack("error", reason="http_error", final=final)
    text = (await answer.read()).decode("utf-8", "replace")
    if answer.content_type == JSON_TYPE:
        try:
            return Ack("ok", parsed(text))
        except Unreadable:
            pass  # Slack takes such an answer for plain words
    return Ack("ok", text or None)
