"""Who may call, and what every call may come as: tokens, scopes, arguments, bodies."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, LAB, STEWARDS, section
from tests.slack.methods import error, refused
from tests.slack.methods.conftest import Post


async def test_the_bot_learns_who_it_is(client: AsyncWebClient, playground: Playground) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (playground.bot_user, "T0SAMPLE")
    assert answer["bot_id"].startswith("B")


@pytest.mark.parametrize(("token", "error"), [("xoxb-nobody", "invalid_auth"), ("", "not_authed")])
async def test_a_wrong_token_is_refused(playground: Playground, token: str, error: str) -> None:
    async with aiohttp.ClientSession() as session:
        stranger = AsyncWebClient(token=token or None, base_url=playground.api_url, session=session)
        assert (await refused(stranger.auth_test()))["error"] == error


async def test_each_token_opens_only_its_own_methods(client: AsyncWebClient, playground: Playground) -> None:
    assert (await refused(client.auth_test(token=playground.app_token)))["error"] == "not_allowed_token_type"
    answer = await refused(client.apps_connections_open(app_token=playground.bot_token))
    assert answer["error"] == "not_allowed_token_type"


async def test_a_method_slack_does_not_have_is_unknown(client: AsyncWebClient) -> None:
    answer = await refused(client.api_call("chat.shout", json={}))
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.shout")


async def test_an_argument_slack_does_not_know_is_named(client: AsyncWebClient) -> None:
    answer = await refused(client.chat_postMessage(channel=LAB, text="hello", colour="blue"))
    assert answer["error"] == "invalid_arguments"
    assert "colour" in answer["response_metadata"]["messages"][0]


async def test_a_missing_argument_is_named(client: AsyncWebClient) -> None:
    answer = await refused(client.api_call("conversations.history", params={}))
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]
    assert (await refused(client.api_call("chat.postMessage", json={"text": "hi"})))[
        "error"
    ] == "channel_not_found"


@pytest.mark.parametrize("how", ["json", "form", "get"])
async def test_a_call_may_come_as_json_as_a_form_or_in_the_address(
    playground: Playground, session: aiohttp.ClientSession, how: str
) -> None:
    blocks, url = [section("*hello*")], f"{playground.api_url}chat.postMessage"
    headers = {"Authorization": f"Bearer {playground.bot_token}"}
    flat = {"channel": LAB, "text": "hello", "blocks": json.dumps(blocks), "mrkdwn": "1"}
    if how == "json":
        sent = session.post(url, json={"channel": LAB, "text": "hello", "blocks": blocks}, headers=headers)
    elif how == "form":
        sent = session.post(url, data={**flat, "token": playground.bot_token})
    else:
        sent = session.get(url, params=flat, headers=headers)
    async with sent as response:
        answer = await response.json()
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["text"]["text"] == "*hello*"


async def test_a_body_that_is_no_json_is_refused(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    headers = {"Authorization": f"Bearer {playground.bot_token}", "Content-Type": "application/json"}
    async with session.post(f"{playground.api_url}auth.test", data=b"{nope", headers=headers) as response:
        assert (await response.json())["error"] == "invalid_json"


# Bodies


async def test_json_without_a_charset_is_warned_of(post: Post) -> None:
    answer = (await post("auth.test", json={})).body
    assert (answer["ok"], answer["warning"]) == (True, "missing_charset")
    assert answer["response_metadata"]["warnings"] == ["missing_charset"]
    told = await post("auth.test", data=b"{}", headers={"Content-Type": "application/json; charset=utf-8"})
    assert "warning" not in told.body


async def test_a_form_with_a_charset_is_warned_of(post: Post) -> None:
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    assert (await post("auth.test", data=b"", headers={"Content-Type": kind})).body["warning"] == (
        "superfluous_charset"
    )


async def test_a_warning_comes_with_a_refusal_too(post: Post) -> None:
    answer = (await post("users.info", json={"user": "U0NONE"})).body
    assert (answer["error"], answer["warning"]) == ("user_not_found", "missing_charset")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("text/plain", "invalid_post_type"),
        ("", "missing_post_type"),
        ("application/json; charset=utf-7", "invalid_charset"),
    ],
)
async def test_a_body_of_another_kind_is_refused(post: Post, kind: str, error: str) -> None:
    answer = await post("auth.test", data=b"hello", headers={"Content-Type": kind})
    assert answer.body["error"] == error


# Arguments


@pytest.mark.parametrize(
    ("method", "args", "pointer"),
    [
        ("conversations.history", {"channel": LAB, "limit": "many"}, "/limit"),
        ("conversations.history", {"channel": LAB, "limit": True}, "/limit"),
        ("conversations.history", {"channel": LAB, "inclusive": "perhaps"}, "/inclusive"),
        ("chat.postMessage", {"channel": LAB, "text": {"a": 1}}, "/text"),
        ("chat.postMessage", {"channel": [LAB, 7], "text": "x"}, "/channel"),
        ("views.publish", {"user_id": ASHA, "view": "{nope"}, "/view"),
    ],
)
async def test_an_argument_of_the_wrong_type_is_named(
    client: AsyncWebClient, method: str, args: dict[str, Any], pointer: str
) -> None:
    answer = await refused(client.api_call(method, json=args))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"][0].endswith(f"[json-pointer:{pointer}]")


async def test_an_argument_left_out_and_an_empty_one_differ(client: AsyncWebClient) -> None:
    left_out = client.api_call("conversations.info", json={})
    empty = client.api_call("conversations.info", json={"channel": ""})
    assert (await error(left_out), await error(empty)) == ("invalid_arguments", "channel_not_found")


# Scopes and tokens


async def test_a_scope_that_is_missing_is_named(client: AsyncWebClient, playground: Playground) -> None:
    playground.slack.workspace.app.scopes = ["chat:write", "users:read"]
    answer = await refused(client.reactions_get(channel=LAB, timestamp="1.0"))
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "reactions:read",
        "chat:write,users:read",
    )
    await client.users_info(user=ASHA)


async def test_each_kind_of_channel_needs_a_scope_of_its_own(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.slack.workspace.channels[STEWARDS].members.append(playground.bot_user)
    playground.slack.workspace.app.scopes = ["channels:history", "channels:read"]
    await client.conversations_history(channel=LAB)
    answer = await refused(client.conversations_history(channel=STEWARDS))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")
    answer = await refused(client.conversations_list(types="public_channel,private_channel"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:read")


async def test_an_answer_says_which_scopes_there_are(client: AsyncWebClient, playground: Playground) -> None:
    playground.slack.workspace.app.scopes = ["users:read"]
    headers = (await client.users_info(user=ASHA)).headers
    assert (headers["X-OAuth-Scopes"], headers["X-Accepted-OAuth-Scopes"]) == ("users:read", "users:read")


@pytest.mark.parametrize(
    "method",
    [
        "search.messages",
        "users.profile.set",
        "users.identity",
        "dnd.setSnooze",
        "reminders.add",
        "openid.connect.userInfo",
        "admin.users.list",
    ],
)
async def test_what_only_a_person_may_do_is_refused_to_a_bot(client: AsyncWebClient, method: str) -> None:
    assert await error(client.api_call(method, json={})) == "not_allowed_token_type"


async def test_a_method_that_is_not_pretended_is_unknown(client: AsyncWebClient) -> None:
    assert await error(client.canvases_create(title="x")) == "unknown_method"


async def test_whatever_is_asked_the_test_method_says_it_back(client: AsyncWebClient) -> None:
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert await error(client.api_test(error="on_purpose")) == "on_purpose"
