"""Signed HTTP: an app that registers a request URL is posted to there, and answers in the response."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, Control, modal, text_input, until

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Listener:
    """A plain web server that keeps what it was sent, checks each signature and answers as told."""

    url: str
    secret: str
    answer: Answer
    got: list[tuple[web.Request, str]] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        assert SignatureVerifier(self.secret).is_valid_request(text, dict(request.headers))
        if request.content_type == "application/json":
            sent = json.loads(text)
            if sent["type"] == "url_verification":
                return web.json_response({"challenge": sent["challenge"]})
        self.got.append((request, text))
        return await self.answer(request)


async def ok(_request: web.Request) -> web.StreamResponse:
    return web.Response()


@pytest.fixture
async def listener(playground: Playground) -> AsyncIterator[Listener]:
    """An app over HTTP, not registered yet."""
    heard = Listener("", playground.signing_secret, ok)
    site = web.Application()
    site.router.add_post("/{way:.*}", heard.serve)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    heard.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield heard
    await runner.cleanup()


async def say(playground: Playground, text: str = "hello") -> str:
    return str((await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": text}))["ack"])


async def test_an_event_is_posted_as_signed_json(playground: Playground, listener: Listener) -> None:
    await playground.register(listener.url)
    assert playground.state()["apps"][0]["request_url"] == listener.url
    assert await say(playground) == "ok"
    [(request, text)] = listener.got
    assert request.content_type == "application/json"
    assert json.loads(text)["event"]["text"] == "hello"
    assert "X-Slack-Retry-Num" not in request.headers


async def test_what_a_person_does_is_posted_as_a_form(playground: Playground, listener: Listener) -> None:
    await playground.register(listener.url)
    await playground.act({"as": BEN, "do": "command", "channel": LAB, "text": "/together help me"})
    await playground.act({"as": BEN, "do": "shortcut", "callback_id": "reflect"})
    command, shortcut = (parse_qs(text, strict_parsing=True) for _, text in listener.got)
    assert (command["command"], command["text"], command["user_id"]) == (["/together"], ["help me"], [BEN])
    assert json.loads(shortcut["payload"][0])["callback_id"] == "reflect"
    assert {request.content_type for request, _ in listener.got} == {"application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (lambda: web.Response(text="Plain words"), "Plain words"),
        (lambda: web.json_response({"text": "From JSON"}), "From JSON"),
    ],
)
async def test_a_command_is_answered_in_the_response(
    playground: Playground, listener: Listener, answer: Callable[[], web.Response], shown: str
) -> None:
    async def words(_request: web.Request) -> web.StreamResponse:
        return answer()

    listener.answer = words
    await playground.register(listener.url)
    done = await playground.act({"as": BEN, "do": "command", "channel": LAB, "text": "/together"})
    assert (done["ack"], done["response"]["text"]) == ("ok", shown)


async def test_what_fails_is_posted_again_with_headers_that_say_why(
    playground: Playground, listener: Listener
) -> None:
    async def broken(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=500)

    listener.answer = broken
    await playground.register(listener.url)
    assert await say(playground) == "error"
    await playground.move(advance=3600)
    told = [
        (request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason"))
        for request, _ in listener.got
    ]
    assert told == [(None, None), *((str(number), "http_error") for number in (1, 2, 3))]
    assert len({json.loads(text)["event_id"] for _, text in listener.got}) == 1


async def test_an_app_can_ask_for_no_retry(playground: Playground, listener: Listener) -> None:
    async def enough(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    listener.answer = enough
    await playground.register(listener.url)
    await say(playground)
    await playground.move(advance=3600)
    assert len(listener.got) == 1


@pytest.mark.usefixtures("three_seconds")
async def test_an_answer_after_three_seconds_is_too_late(playground: Playground, listener: Listener) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        if "X-Slack-Retry-Num" not in request.headers:
            await asyncio.sleep(4)
        return web.Response()

    listener.answer = slow
    await playground.register(listener.url)
    assert await say(playground) == "timeout"
    await until(lambda: len(listener.got) == 2)
    assert listener.got[1][0].headers["X-Slack-Retry-Reason"] == "http_timeout"


@pytest.mark.parametrize(("hops", "ack"), [(2, "ok"), (3, "error")])
async def test_no_more_than_two_redirects_are_followed(
    playground: Playground, listener: Listener, hops: int, ack: str
) -> None:
    async def onwards(request: web.Request) -> web.StreamResponse:
        hop = request.path.count("x")
        if hop < hops:
            raise web.HTTPFound("/" + "x" * (hop + 1))
        return web.Response()

    listener.answer = onwards
    await playground.register(listener.url)
    assert await say(playground) == ack
    if ack == "error":
        await playground.settle()
        again = [r for r, _ in listener.got if "X-Slack-Retry-Num" in r.headers]
        assert again[0].headers["X-Slack-Retry-Reason"] == "too_many_redirects"


async def test_a_redirect_away_from_this_machine_is_not_followed(
    playground: Playground, listener: Listener
) -> None:
    async def away(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("http://192.0.2.1/slack/events")

    listener.answer = away
    await playground.register(listener.url)
    assert await say(playground) == "error"


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1:3000/slack/events",
        "https://127.0.0.1/slack/events",
        "ftp://localhost/",
        "http://example.org",
        "http://127.0.0.1.example.org/",
        "http://[::1",
        "nonsense",
    ],
)
async def test_only_this_machine_can_be_posted_to(playground: Playground, control: Control, url: str) -> None:
    status, refusal = await control("POST", "request_url", {"url": url})
    assert (status, refusal["error"]) == (400, "invalid_request_url")
    with pytest.raises(ControlError):
        playground.add_app("Elsewhere", request_url=url)
    assert playground.state()["apps"][0]["request_url"] == ""


async def test_an_address_that_does_not_echo_the_challenge_is_refused(
    playground: Playground, control: Control
) -> None:
    status, refusal = await control("POST", "request_url", {"url": f"{playground.url}/_/settle"})
    assert (status, refusal["error"]) == (400, "url_verification_failed")
    for wrong in ({"url": 7}, {"url": "", "app": 7}, {}):
        assert (await control("POST", "request_url", wrong))[1]["error"] == "invalid_request_url"
    assert (await control("POST", "request_url", {"url": "", "app": "A0NOBODY"}))[0] == 404
    assert playground.state()["apps"][0]["request_url"] == ""


async def test_an_app_can_begin_with_its_request_url(playground: Playground, listener: Listener) -> None:
    playground.add_app("Together", request_url=listener.url)
    assert await say(playground) == "ok"
    await playground.register("")
    assert await say(playground) == "none"
    assert len(listener.got) == 1


async def test_bolt_over_http_opens_a_modal_and_gets_its_submission(
    playground: Playground, client: AsyncWebClient
) -> None:
    bolt = AsyncApp(client=client, signing_secret=playground.signing_secret)
    got: list[str] = []

    @bolt.shortcut("reflect")
    async def reflect(ack: Any, body: Json) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("What?", "what")))

    @bolt.view("form")
    async def form(ack: Any, view: Json) -> None:
        said = view["state"]["values"]["what"]["entered"]["value"]
        got.append(said)
        if said == "wrong":
            await ack(response_action="errors", errors={"what": "Something else, please."})
        else:
            await ack()

    runner = web.AppRunner(bolt.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await playground.register(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    assert (await playground.act({"as": ASHA, "do": "shortcut", "callback_id": "reflect"}))["ack"] == "ok"
    await until(lambda: playground.views(ASHA))
    refused = await playground.act({"as": ASHA, "do": "submit", "values": {"What?": "wrong"}})
    assert refused["errors"] == {"what": "Something else, please."}
    done = await playground.act({"as": ASHA, "do": "submit", "values": {"What?": "right"}})
    assert (done["ack"], playground.views(ASHA), got) == ("ok", [], ["wrong", "right"])
    await runner.cleanup()
