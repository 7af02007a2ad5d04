"""The control API over HTTP: what a member sees, what is refused, and how."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from playground.site import PAGE
from playground.wire_log import MOST_BYTES
from tests.slack.conftest import (
    ASHA,
    AT_ONCE,
    BEN,
    CLEO,
    GWEN,
    LAB,
    RANDOM,
    STEWARDS,
    Connected,
    Control,
    button,
    fill,
    section,
)


async def test_the_state_says_all_that_a_page_needs(playground: Playground, control: Control) -> None:
    status, state = await control("GET", "state")
    assert (status, state["ok"], state["workspace"]["id"]) == (200, True, "T0SAMPLE")
    lab = next(channel for channel in state["channels"] if channel["id"] == LAB)
    assert (lab["name"], lab["kind"], lab["topic"]) == ("co-lab", "public", "Where we try things")
    asha = next(member for member in state["members"] if member["id"] == ASHA)
    assert (asha["sector"], asha["organisation"], asha["convener"]) == ("VCSE", "Hackney CVS", True)
    [bot] = [member for member in state["members"] if member["bot"]]
    assert state["apps"] == [
        {
            "id": playground.app_id,
            "name": "Together",
            "bot_user": bot["id"],
            "connections": 0,
            "request_url": "",
            "retrying": 0,
        }
    ]
    assert state["commands"][0]["command"] == "/together"
    assert state["shortcuts"][0] == {"name": "Reflect", "callback_id": "reflect", "type": "global"}
    assert (state["parked"], state["idle"]) == ([], True)


async def test_messages_are_told_with_their_author(playground: Playground, control: Control) -> None:
    await control("POST", "act", {"as": ASHA, "do": "say", "channel": "co-lab", "text": "hello"})
    status, told = await control("GET", "messages", **{"channel": "co-lab", "as": BEN})
    assert (status, told["channel"]["id"]) == (200, LAB)
    [message] = told["messages"]
    assert message["author"] == {"id": ASHA, "name": "Asha Rao", "sector": "VCSE", "bot": False}


async def test_messages_come_in_pages(playground: Playground, control: Control) -> None:
    for number in range(5):
        await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": str(number)})
    _, newest = await control("GET", "messages", **{"channel": LAB, "as": BEN, "limit": "2"})
    assert [m["text"] for m in newest["messages"]] == ["3", "4"]
    before = newest["messages"][0]["ts"]
    _, older = await control("GET", "messages", **{"channel": LAB, "as": BEN, "limit": "2", "before": before})
    assert [m["text"] for m in older["messages"]] == ["1", "2"]


async def test_what_is_read_again_is_never_stale(
    playground: Playground, control: Control, client: AsyncWebClient
) -> None:
    async def act(do: str, **more: Any) -> dict[str, Any]:
        done: dict[str, Any] = await playground.act({"as": ASHA, "do": do, "channel": "co-lab", **more})
        return done

    async def read() -> list[dict[str, Any]]:
        _, told = await control("GET", "messages", channel="co-lab", **{"as": ASHA})
        messages: list[dict[str, Any]] = told["messages"]
        assert messages == playground.messages("co-lab", ASHA)
        return messages

    first, second = [(await act("say", text=text))["ts"] for text in ("one", "two")]
    assert [message["text"] for message in await read()] == ["one", "two"]
    await act("edit", ts=first, text="one more")
    assert (await read())[0]["edited"]["user"] == ASHA
    for emoji in ("tada", "wave"):
        await act("react", ts=first, emoji=emoji)
        assert (await read())[0]["reactions"][-1]["users"] == [ASHA]
        await playground.act({"as": BEN, "do": "react", "channel": LAB, "ts": first, "emoji": emoji})
        assert (await read())[0]["reactions"][-1]["users"] == [ASHA, BEN]
    await act("reply", thread=first, text="in the thread", broadcast=True)
    assert [message["text"] for message in await read()] == ["one more", "two", "in the thread"]
    assert (await read())[0]["reply_count"] == 1
    await act("edit", ts=first, text="one again")
    assert (await read())[2]["root"]["text"] == "one again"
    await client.chat_postEphemeral(channel=LAB, user=ASHA, text="only for you")
    assert (await read())[-1]["ephemeral"] is True
    await act("delete", ts=first)
    await act("delete", ts=second)
    assert (await read())[0]["text"] == "This message was deleted."
    playground.add_member(ASHA, "Asha Rao-Marsh", "asha")
    await act("say", text="a new name")
    assert (await read())[-1]["author"]["name"] == "Asha Rao-Marsh"


async def test_a_guest_sees_only_their_own_channels(playground: Playground, control: Control) -> None:
    assert (await control("GET", "messages", **{"channel": "co-lab", "as": GWEN}))[0] == 200
    assert (await control("GET", "messages", **{"channel": "random", "as": GWEN}))[0] == 404
    assert (await control("GET", "messages", **{"channel": "co-lab", "as": CLEO}))[0] == 200
    status, refusal = await control("GET", "messages", **{"channel": "stewardship", "as": BEN})
    assert (status, refusal["error"]) == (404, "channel_not_found")
    assert "co-lab" in refusal["detail"]


REFUSED: dict[str, tuple[Any, int, str]] = {
    "nothing": ({}, 404, "member_not_found"),
    "no object": ([1], 400, "invalid_json"),
    "an unknown act": ({"as": ASHA, "do": "dance"}, 400, "unknown_act"),
    "nobody": ({"as": "U0NONE", "do": "say"}, 404, "member_not_found"),
    "a list as a member": ({"as": [ASHA], "do": "say"}, 404, "member_not_found"),
    "no channel": ({"as": ASHA, "do": "say", "text": "x"}, 400, "missing_channel"),
    "an unknown channel": ({"as": ASHA, "do": "say", "channel": "nowhere", "text": "x"}, 404, "channel_not_found"),
    "a channel they are not in": ({"as": CLEO, "do": "say", "channel": LAB, "text": "x"}, 400, "not_in_channel"),
    "a number as text": ({"as": ASHA, "do": "say", "channel": LAB, "text": 7}, 400, "invalid_text"),
    "an empty text": ({"as": ASHA, "do": "say", "channel": LAB, "text": " \n"}, 400, "no_text"),
    "far too much": ({"as": ASHA, "do": "say", "channel": LAB, "text": "x" * 40_001}, 400, "msg_too_long"),
    "a thread that is none": (
        {"as": ASHA, "do": "reply", "channel": LAB, "thread": "1.2", "text": "x"}, 404, "thread_not_found",
    ),
    "a ts as a number": ({"as": ASHA, "do": "edit", "channel": LAB, "ts": 1.5, "text": "x"}, 400, "missing_ts"),
    "an unknown ts": ({"as": ASHA, "do": "delete", "channel": LAB, "ts": "1.5"}, 404, "message_not_found"),
    "an unknown command": ({"as": ASHA, "do": "command", "channel": LAB, "text": "/nope"}, 400, "unknown_command"),
    "a command without a slash": (
        {"as": ASHA, "do": "command", "channel": LAB, "text": "nope"}, 400, "invalid_command",
    ),
    "an unknown shortcut": ({"as": ASHA, "do": "shortcut", "name": "Nope"}, 404, "shortcut_not_found"),
    "no modal": ({"as": ASHA, "do": "submit"}, 404, "view_not_found"),
    "joining twice": ({"as": ASHA, "do": "join", "channel": LAB}, 400, "already_in_channel"),
    "leaving what one is not in": ({"as": CLEO, "do": "leave", "channel": LAB}, 400, "not_in_channel"),
    "a list as a shortcut": ({"as": ASHA, "do": "shortcut", "name": ["x"]}, 404, "shortcut_not_found"),
    "a number as label": ({"as": ASHA, "do": "press", "home": True, "label": 5}, 404, "home_not_found"),
    "deactivating others": ({"as": BEN, "do": "deactivate", "member": ASHA}, 400, "not_an_admin"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
async def test_an_act_is_refused_with_a_sentence_when_it_is(
    playground: Playground, control: Control, what: str
) -> None:
    body, status, error = REFUSED[what]
    before = playground.slack.workspace.channels[LAB].messages.copy()
    answered, refusal = await control("POST", "act", body)
    assert (answered, refusal["ok"], refusal["error"]) == (status, False, error)
    assert refusal["detail"].endswith(".")
    assert playground.slack.workspace.channels[LAB].messages == before
    assert await playground.settle(1) is True


async def test_a_body_that_is_no_json_is_refused(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    async with session.post(f"{playground.url}/_/act", data=b"{nope") as response:
        assert (response.status, (await response.json())["error"]) == (400, "invalid_json")


async def test_only_the_author_edits_and_only_admins_delete_for_others(
    playground: Playground, control: Control
) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "mine"}))["ts"]
    by_gwen = {"as": GWEN, "channel": LAB, "ts": ts}
    assert (await control("POST", "act", {**by_gwen, "do": "edit", "text": "x"}))[1][
        "error"
    ] == "cant_update_message"
    assert (await control("POST", "act", {**by_gwen, "do": "delete"}))[1]["error"] == "cant_delete_message"
    assert (await control("POST", "act", {"as": ASHA, "do": "delete", "channel": LAB, "ts": ts}))[0] == 200


async def test_a_deactivated_member_can_do_nothing(playground: Playground, control: Control) -> None:
    await playground.act({"as": ASHA, "do": "deactivate", "member": BEN})
    status, refusal = await control("POST", "act", {"as": BEN, "do": "say", "channel": LAB, "text": "x"})
    assert (status, refusal["error"]) == (400, "member_deactivated")


async def test_the_log_tells_both_directions(
    playground: Playground, control: Control, bolt: Connected, client: AsyncWebClient
) -> None:
    _, before = await control("GET", "log")
    last = before["entries"][-1]["n"]
    await client.chat_postMessage(channel=LAB, text="hello")
    await playground.settle()
    _, log = await control("GET", "log", after=str(last))
    told = [
        (entry["direction"], entry["what"], entry["ok"])
        for entry in log["entries"]
        if entry["what"] != "auth.test"
    ]
    assert told == [("in", "chat.postMessage", True), ("out", "message", True)]
    assert log["entries"][0]["answer"]["message"]["text"] == "hello"
    assert playground.bot_token not in json.dumps(log)


async def test_a_page_is_told_what_to_look_at_again(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{playground.url}/_/events", params={"as": BEN}) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        await stream.content.readuntil(b"\n\n")
        await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": "hi"})
        hint = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), AT_ONCE)
        event, data = hint.decode().strip().split("\n")
        assert event == "event: changed"
        assert json.loads(data.removeprefix("data: ")) == {"what": "messages", "channel": LAB}


async def test_a_page_does_not_hear_of_what_only_others_see(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    async with session.get(f"{playground.url}/_/events", params={"as": BEN}) as stream:
        await stream.content.readuntil(b"\n\n")
        await client.chat_postEphemeral(channel=LAB, user=ASHA, text="psst")
        await client.chat_postEphemeral(channel=LAB, user=BEN, text="psst")
        hints = ""
        async with asyncio.timeout(AT_ONCE):
            while BEN not in hints:
                hints += (await stream.content.readany()).decode()
        assert ASHA not in hints


@pytest.mark.parametrize(
    ("headers", "error"),
    [({"Host": "evil.example"}, "wrong_host"), ({"Origin": "http://evil.example"}, "wrong_origin")],
)
async def test_other_sites_are_kept_out(
    playground: Playground, session: aiohttp.ClientSession, headers: dict[str, str], error: str
) -> None:
    act = {"as": ASHA, "do": "say", "channel": LAB, "text": "x"}
    async with session.post(f"{playground.url}/_/act", json=act, headers=headers) as response:
        assert (response.status, (await response.json())["error"]) == (400, error)
    async with session.post(
        f"{playground.url}/_/act", json=act, headers={"Origin": playground.url}
    ) as response:
        assert response.status == 200


async def test_the_page_is_served_and_nothing_outside_it(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    assert PAGE.name == "page"
    async with session.get(f"{playground.url}/page/%2e%2e/server.py") as response:
        assert response.status == 404
    async with session.get(f"{playground.url}/page/none.js") as response:
        assert response.status == 404


async def test_a_taken_port_is_an_oserror(playground: Playground) -> None:
    port = int(playground.url.rpartition(":")[2])
    with pytest.raises(OSError):  # noqa: PT011
        await fill(Playground()).start(port=port)


async def test_a_call_there_is_not_is_refused_as_every_other(control: Control) -> None:
    assert await control("GET", "weather") == (
        404,
        {"ok": False, "error": "unknown_call", "detail": "docs/reference/playground.md lists the calls."},
    )
    assert (await control("GET", "act"))[0] == 404


@pytest.mark.parametrize("before", ["zzz", "", "1.0.0", "-1.5"])
async def test_messages_before_what_is_no_ts_are_refused(control: Control, before: str) -> None:
    asked = {"channel": "co-lab", "as": BEN, "before": before}
    status, refusal = await control("GET", "messages", **asked)
    assert (status, refusal["error"]) == (400, "invalid_before")


async def test_the_log_keeps_no_more_than_its_megabytes(playground: Playground) -> None:
    for _ in range(60):
        text = "\N{SEEDLING}" * 40_000
        await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": text})
    assert await playground.settle()
    entries = playground.log()
    kept = sum(len(json.dumps(entry["body"])) for entry in entries)
    assert MOST_BYTES / 2 < kept <= MOST_BYTES
    numbers = [entry["n"] for entry in entries]
    assert numbers == list(range(121 - len(entries), 121))  # each was tried twice, since nobody heard it


@pytest.mark.parametrize(
    "wrong", [{"label": 5}, {"label": ["x"]}, {"action_id": {}}, {"label": "Go", "block_id": 1}]
)
async def test_a_name_that_is_no_text_is_refused(
    playground: Playground, control: Control, client: AsyncWebClient, wrong: Any
) -> None:
    blocks = [{"type": "actions", "elements": [button("Go", "go")]}]
    await client.views_publish(user_id=ASHA, view={"type": "home", "blocks": blocks})
    status, refusal = await control("POST", "act", {"as": ASHA, "do": "press", "home": True, **wrong})
    assert (status, refusal["error"].startswith("invalid_")) == (400, True)


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b"\xff\xfe", b"5"], ids=["endless brackets", "no text at all", "a number"]
)
async def test_broken_bodies_harm_nothing(
    playground: Playground, session: aiohttp.ClientSession, body: bytes
) -> None:
    async with session.post(f"{playground.url}/_/act", data=body) as response:
        assert (response.status, (await response.json())["error"]) == (400, "invalid_json")
    headers = {"Authorization": f"Bearer {playground.bot_token}", "Content-Type": "application/json"}
    async with session.post(f"{playground.api_url}chat.postMessage", data=body, headers=headers) as response:
        assert (await response.json())["error"] == "invalid_json"


# Keeping


async def test_a_restart_goes_on_where_it_stopped(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    assert first.restored is False
    ts = (await first.act({"as": ASHA, "do": "say", "channel": LAB, "text": "root"}))["ts"]
    await first.act({"as": BEN, "do": "reply", "channel": LAB, "thread": ts, "text": "leaf"})
    await first.act({"as": CLEO, "do": "join", "channel": LAB})
    await first.move(advance=86400)
    stopped = first.clock.now()
    await first.stop()

    second = await fill(Playground()).start(data=kept)
    assert second.restored is True
    assert 0 <= (second.clock.now() - stopped).total_seconds() < 5
    texts = [m["text"] for m in second.messages("co-lab", CLEO)]
    assert texts == ["root", f"<@{CLEO}> has joined the channel"]
    assert second.messages("co-lab", CLEO)[0]["reply_count"] == 1
    later = (await second.act({"as": CLEO, "do": "say", "channel": LAB, "text": "later"}))["ts"]
    assert later > ts
    await second.stop()


async def test_after_a_crash_time_has_not_gone_backwards(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    await first.move(advance=3600)
    seen = first.clock.now()
    crashed = kept.read_text()
    await first.stop()
    kept.write_text(crashed)
    second = await fill(Playground()).start(data=kept)
    assert second.clock.now() >= seen
    await second.stop()


async def test_a_file_of_another_kind_is_refused_with_a_sentence(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    kept.write_text('{"format": 99}')
    with pytest.raises(ValueError, match="was not written by this version"):
        await fill(Playground()).start(data=kept)


async def test_a_scene_can_have_a_past(playground: Playground, client: AsyncWebClient) -> None:
    now = playground.clock.now()
    root = playground.add_message(
        LAB, playground.bot_user, "last week", now.replace(year=now.year - 1), blocks=[section("x")]
    )
    playground.add_message(
        LAB, BEN, "answer", now.replace(year=now.year - 1), thread=root, reactions={"tada": [ASHA]}
    )
    thread = (await client.conversations_replies(channel=LAB, ts=root))["messages"]
    assert (thread[0]["reply_count"], thread[1]["reactions"][0]["users"]) == (1, [ASHA])
    assert {RANDOM, STEWARDS} <= playground.slack.workspace.channels.keys()
