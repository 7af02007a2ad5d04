"""Whatever a body holds, each door refuses what is no JSON or no form, in its own words, and keeps nothing of it."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, connect
from tests.slack.methods.conftest import Post

JSON_TYPE = {"Content-Type": "application/json; charset=utf-8"}
NO_JSON = ["NaN", "Infinity", "-Infinity", "1e999", r'"\ud800"', r'{"\uDC00": 1}', "[" * 100_000]
LARGE = b"x" * (8 * 1024 * 1024 + 1)
NO_FORM = {
    "no end of a part's headers": ({}, b"--x\r\nfoo"),
    "an unknown charset": (
        {},
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Type: text/plain; charset=zz\r\n\r\nx\r\n'
        b"--x--\r\n",
    ),
    "an unknown transfer encoding": (
        {},
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: zz\r\n\r\nx\r\n--x--\r\n',
    ),
    "a part without a name": ({}, b"--x\r\nContent-Type: text/plain\r\n\r\nx\r\n--x--\r\n"),
    "no boundary": ({"Content-Type": "multipart/form-data"}, b"--x--\r\n"),
    "gzip that is none": (
        {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"},
        b"text=x",
    ),
    "more than is taken": ({"Content-Type": "application/x-www-form-urlencoded"}, LARGE),
    "more than is taken in parts": (
        {},
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + LARGE + b"\r\n--x--\r\n",
    ),
}

Sent = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.fixture
def send(playground: Playground, session: aiohttp.ClientSession) -> Sent:
    """`await send("/_/act", data)` answers status and body."""

    async def post_(path: str, data: str | BytesIO, **headers: str) -> tuple[int, dict[str, Any]]:
        url = f"{playground.url}{path}"
        async with session.post(url, data=data, headers={**JSON_TYPE, **headers}) as response:
            return response.status, await response.json()

    return post_


@pytest.mark.parametrize("value", NO_JSON, ids=lambda value: str(value)[:12])
async def test_what_only_looks_like_json_is_invalid_json_at_every_door(
    post: Post,
    send: Sent,
    playground: Playground,
    value: str,
) -> None:
    metadata = f'{{"event_type": "a", "event_payload": {{"x": {value}}}}}'
    sent = f'{{"channel": "{LAB}", "text": "x", "metadata": {metadata}}}'
    assert (await post("chat.postMessage", data=sent, headers=JSON_TYPE)).body["error"] == "invalid_json"
    in_a_form = await post("chat.postMessage", data={"channel": LAB, "text": "x", "metadata": metadata})
    assert in_a_form.body["error"] == "invalid_arguments"
    status, refused = await send("/_/act", f'{{"as": "{BEN}", "do": "say", "text": {value}}}')
    assert (status, refused["error"]) == (400, "invalid_json")
    app = playground.slack.workspace.app
    lab = playground.slack.workspace.channels[LAB]
    url = playground.slack.response_urls.new(app, ASHA, lab).removeprefix(playground.url)
    assert (await send(url, f'{{"text": "x", "metadata": {metadata}}}'))[0] == 400
    assert playground.messages(LAB, ASHA) == []


@pytest.mark.usefixtures("three_seconds")
async def test_an_ack_that_is_no_json_is_no_ack(
    client: Any, playground: Playground, session: aiohttp.ClientSession
) -> None:
    socket = await connect(playground, client, session)
    await socket.send_str('{"envelope_id": "x", "payload": {"text": NaN}}')
    await socket.send_str("[" * 100_000)
    await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "still here"})
    refused = [e for e in playground.log() if e["what"] == "socket: not an ack"]
    assert len(refused) == 2
    await socket.close()


@pytest.mark.parametrize(("headers", "data"), NO_FORM.values(), ids=NO_FORM)
async def test_a_form_that_cannot_be_read_is_invalid_form_data(
    post: Post,
    playground: Playground,
    headers: dict[str, str],
    data: bytes,
) -> None:
    sent = {"Content-Type": "multipart/form-data; boundary=x", **headers}
    answer = await post("chat.postMessage", headers=sent, data=BytesIO(data))
    assert (answer.status, answer.body["error"]) == (200, "invalid_form_data")
    async with aiohttp.ClientSession() as session:
        upload = f"{playground.url}/_slack/upload/{playground.slack.workspace.id}/none"
        async with session.post(upload, headers=sent, data=BytesIO(data)) as refused:
            assert refused.status == 400


@pytest.mark.parametrize("path", ["/_/act", f"/_/upload?as={BEN}&name=x.txt"])
async def test_the_control_api_says_why_a_body_is_not_taken(send: Sent, path: str) -> None:
    status, refused = await send(path, BytesIO(LARGE))
    assert (status, refused["error"]) == (400, "body_too_large")
    status, refused = await send(path, "{}", **{"Content-Encoding": "gzip"})
    assert (status, refused["error"]) == (400, "invalid_body")
    assert refused["detail"].endswith(".")
