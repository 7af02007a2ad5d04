"""The Web API as slack-sdk meets it: tokens, arguments, Slack's own errors."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, GWEN, LAB, RANDOM, STEWARDS, button, section


async def refused(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    return dict(caught.value.response.data)


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


async def test_a_channel_the_bot_is_not_in_cannot_be_written_to(client: AsyncWebClient) -> None:
    assert (await refused(client.chat_postMessage(channel=RANDOM, text="x")))["error"] == "not_in_channel"
    assert (await refused(client.chat_postMessage(channel=STEWARDS, text="x")))[
        "error"
    ] == "channel_not_found"
    assert (await refused(client.chat_postMessage(channel="C0NONE", text="x")))[
        "error"
    ] == "channel_not_found"


async def test_an_archived_channel_cannot_be_written_to(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.slack.workspace.channels[LAB].archived = True
    assert (await refused(client.chat_postMessage(channel=LAB, text="x")))["error"] == "is_archived"


async def test_a_message_without_anything_in_it_is_refused(client: AsyncWebClient) -> None:
    assert (await refused(client.api_call("chat.postMessage", json={"channel": LAB})))["error"] == "no_text"


async def test_a_member_id_as_channel_means_direct_messages(
    client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel=BEN, text="just for you")
    opened = await client.conversations_open(users=BEN)
    assert posted["channel"] == opened["channel"]["id"]
    assert [m["text"] for m in playground.messages("dm", BEN)] == ["just for you"]
    info = await client.conversations_info(channel=posted["channel"])
    assert (info["channel"]["is_im"], info["channel"]["user"]) == (True, BEN)


async def test_every_ts_is_unique_and_ascending(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=LAB, text=str(n)))["ts"] for n in range(20)]
    assert stamps == sorted(set(stamps))


async def test_a_thread_counts_its_replies(client: AsyncWebClient, playground: Playground) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="a question"))["ts"]
    said = await playground.act({"as": ASHA, "do": "reply", "channel": LAB, "thread": parent, "text": "one"})
    mine = await client.chat_postMessage(channel=LAB, text="two", thread_ts=said["ts"])
    thread = await client.conversations_replies(channel=LAB, ts=parent)
    first, *rest = thread["messages"]
    assert (first["reply_count"], first["reply_users_count"], first["latest_reply"]) == (2, 2, mine["ts"])
    assert first["reply_users"] == [ASHA, playground.bot_user]
    assert [m["thread_ts"] for m in rest] == [parent, parent], "an answer to a reply hangs under its parent"
    history = await client.conversations_history(channel=LAB)
    assert [m["text"] for m in history["messages"]] == ["a question"]
    assert (await refused(client.conversations_replies(channel=LAB, ts="1.000001")))[
        "error"
    ] == "thread_not_found"
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", thread_ts="1.000001"))
    assert answer["error"] == "thread_not_found"


async def test_a_broadcast_reply_stands_in_the_channel_too(client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    await client.chat_postMessage(channel=LAB, text="look", thread_ts=parent, reply_broadcast=True)
    newest = (await client.conversations_history(channel=LAB))["messages"][0]
    assert (newest["subtype"], newest["root"]["text"]) == ("thread_broadcast", "root")


async def test_history_is_newest_first_in_pages(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=LAB, text=str(n)))["ts"] for n in range(5)]
    first = await client.conversations_history(channel=LAB, limit=2)
    assert ([m["text"] for m in first["messages"]], first["has_more"]) == (["4", "3"], True)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=LAB, limit=2, cursor=cursor)
    assert [m["text"] for m in second["messages"]] == ["2", "1"]
    between = await client.conversations_history(channel=LAB, oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in between["messages"]] == ["2"]
    inclusive = await client.conversations_history(
        channel=LAB, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [m["text"] for m in inclusive["messages"]] == ["3", "2", "1"]
    assert (await refused(client.conversations_history(channel=LAB, limit=1000)))["error"] == "invalid_limit"
    assert (await refused(client.conversations_history(channel=LAB, cursor="x")))["error"] == "invalid_cursor"


async def test_metadata_is_told_only_where_it_is_asked_for(client: AsyncWebClient) -> None:
    metadata = {"event_type": "together", "event_payload": {"outbox_id": "7"}}
    await client.chat_postMessage(channel=LAB, text="with a note", metadata=metadata)
    plain = await client.conversations_history(channel=LAB)
    assert "metadata" not in plain["messages"][0]
    whole = await client.conversations_history(channel=LAB, include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == metadata
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", metadata={"event_type": "only"}))
    assert answer["error"] == "invalid_metadata_schema"


async def test_an_app_changes_and_deletes_only_its_own_messages(
    client: AsyncWebClient, playground: Playground
) -> None:
    mine = (await client.chat_postMessage(channel=LAB, text="draft"))["ts"]
    theirs = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "mine"}))["ts"]
    await client.chat_update(channel=LAB, ts=mine, text="final", blocks=[section("final")])
    message = playground.messages("co-lab", BEN)[0]
    assert (message["text"], message["blocks"][0]["text"]["text"]) == ("final", "final")
    assert message["edited"]["user"] == playground.bot_user
    assert (await refused(client.chat_update(channel=LAB, ts=theirs, text="x")))[
        "error"
    ] == "cant_update_message"
    assert (await refused(client.chat_delete(channel=LAB, ts=theirs)))["error"] == "cant_delete_message"
    await client.chat_delete(channel=LAB, ts=mine)
    assert (await refused(client.chat_update(channel=LAB, ts=mine, text="x")))["error"] == "message_not_found"


async def test_an_update_with_text_alone_keeps_no_stale_blocks(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="a", blocks=[section("a")]))["ts"]
    await client.chat_update(channel=LAB, ts=ts, text="b")
    message = playground.messages("co-lab", BEN)[0]
    assert (message["text"], "blocks" in message) == ("b", False)


async def test_only_one_member_sees_an_ephemeral(client: AsyncWebClient, playground: Playground) -> None:
    await client.chat_postEphemeral(channel=LAB, user=BEN, text="psst")
    seen = playground.messages("co-lab", BEN)
    assert [(m["text"], m["ephemeral"]) for m in seen] == [("psst", True)]
    assert playground.messages("co-lab", ASHA) == []
    assert (await client.conversations_history(channel=LAB))["messages"] == []
    answer = await refused(client.chat_postEphemeral(channel=LAB, user=CLEO, text="psst"))
    assert answer["error"] == "user_not_in_channel"


async def test_a_permalink_opens_the_page(client: AsyncWebClient, playground: Playground) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    reply = (await client.chat_postMessage(channel=LAB, text="leaf", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=LAB, message_ts=reply))["permalink"]
    assert link.startswith(f"{playground.url}/archives/{LAB}/p{reply.replace('.', '')}?thread_ts={parent}")
    answer = await refused(client.chat_getPermalink(channel=LAB, message_ts="1.000001"))
    assert answer["error"] == "message_not_found"


async def test_members_are_described_as_slack_does(client: AsyncWebClient) -> None:
    user = (await client.users_info(user=CLEO))["user"]
    assert (user["name"], user["real_name"], user["tz"]) == ("cleo", "Cleo Marsh", "America/New_York")
    assert user["tz_offset"] in {-14400, -18000}
    assert (await client.users_info(user=GWEN))["user"]["is_restricted"] is True
    assert len((await client.users_list())["members"]) == 5
    page = await client.users_list(limit=2)
    assert (len(page["members"]), page["response_metadata"]["next_cursor"]) == (2, "next:2")
    assert (await refused(client.users_info(user="U0NONE")))["error"] == "user_not_found"


async def test_the_bot_sees_public_channels_and_its_own(
    client: AsyncWebClient, playground: Playground
) -> None:
    names = {c["name"] for c in (await client.conversations_list())["channels"]}
    assert names == {"co-lab", "random"}
    private = await client.conversations_list(types="private_channel")
    assert private["channels"] == []
    mine = await client.users_conversations(types="public_channel,private_channel")
    assert [c["name"] for c in mine["channels"]] == ["co-lab"]
    assert (await refused(client.conversations_list(types="secret")))["error"] == "invalid_types"
    assert ASHA in (await client.conversations_members(channel=LAB))["members"]


async def test_the_bot_joins_invites_kicks_and_leaves(client: AsyncWebClient, playground: Playground) -> None:
    assert (await client.conversations_join(channel=RANDOM))["channel"]["is_member"] is True
    assert (await client.conversations_join(channel=RANDOM))["warning"] == "already_in_channel"
    await client.conversations_invite(channel=LAB, users=[CLEO])
    assert CLEO in (await client.conversations_members(channel=LAB))["members"]
    assert (await refused(client.conversations_invite(channel=LAB, users=CLEO)))[
        "error"
    ] == "already_in_channel"
    await client.conversations_kick(channel=LAB, user=CLEO)
    assert (await refused(client.conversations_kick(channel=LAB, user=CLEO)))["error"] == "not_in_channel"
    await client.conversations_leave(channel=RANDOM)
    assert (await refused(client.conversations_history(channel=RANDOM)))["error"] == "not_in_channel"


async def test_several_members_are_a_group(client: AsyncWebClient, playground: Playground) -> None:
    group = (await client.conversations_open(users=[ASHA, BEN], return_im=True))["channel"]
    again = (await client.conversations_open(users=[BEN, ASHA]))["channel"]["id"]
    assert (group["is_mpim"], again) == (True, group["id"])
    await client.chat_postMessage(channel=group["id"], text="the two of you")
    assert playground.messages(group["id"], ASHA)[0]["text"] == "the two of you"
    assert (await refused(client.conversations_open(users="U0NONE")))["error"] == "user_not_found"
    assert (await refused(client.conversations_open(users=",")))["error"] == "users_list_not_supplied"


async def test_reactions_come_and_go(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="well done"))["ts"]
    await client.reactions_add(channel=LAB, timestamp=ts, name="tada")
    got = await client.reactions_get(channel=LAB, timestamp=ts)
    assert got["message"]["reactions"][0]["count"] == 1
    answer = await refused(client.reactions_add(channel=LAB, timestamp=ts, name="tada"))
    assert answer["error"] == "already_reacted"
    await client.reactions_remove(channel=LAB, timestamp=ts, name="tada")
    assert "reactions" not in (await client.reactions_get(channel=LAB, timestamp=ts))["message"]
    answer = await refused(client.reactions_add(channel=LAB, timestamp=ts, name="No Emoji"))
    assert answer["error"] == "invalid_name"


async def test_the_workspace_and_the_bot_are_described(
    client: AsyncWebClient, playground: Playground
) -> None:
    assert (await client.team_info())["team"]["id"] == "T0SAMPLE"
    assert (await client.bots_info(bot="B0TOGETHER"))["bot"]["app_id"] == playground.app_id
    assert (await refused(client.bots_info(bot="B0NONE")))["error"] == "bot_not_found"
    assert (await refused(client.api_test(error="on_purpose")))["error"] == "on_purpose"
    assert (await client.dnd_info(user=BEN))["dnd_enabled"] is False


BAD_BLOCKS = {
    "a text that is too long": ([section("x" * 3001)], "/blocks/0/text/text"),
    "an empty text": ([section("")], "/blocks/0/text/text"),
    "an unknown block": ([{"type": "poem"}], "/blocks/0/type"),
    "a block of no type": ([{"text": "x"}], "/blocks/0"),
    "a modal's block in a message": (
        [{"type": "alert", "text": {"type": "plain_text", "text": "x"}}],
        "/blocks/0/type",
    ),
    "an unknown property": ([{**section("x"), "colour": "blue"}], "/blocks/0"),
    "a button without text": (
        [{"type": "actions", "elements": [{"type": "button"}]}],
        "/blocks/0/elements/0",
    ),
    "an input element among actions": (
        [{"type": "actions", "elements": [{"type": "plain_text_input"}]}],
        "/blocks/0/elements/0/type",
    ),
    "markdown in a button": (
        [{"type": "actions", "elements": [{"type": "button", "text": {"type": "mrkdwn", "text": "x"}}]}],
        "/blocks/0/elements/0/text/type",
    ),
    "the same block_id twice": (
        [{**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}],
        "/blocks/1/block_id",
    ),
    "the same action_id twice": (
        [{"type": "actions", "elements": [button("A", "a"), button("B", "a")]}],
        "/blocks/0/elements/1/action_id",
    ),
    "too many blocks": ([section("x")] * 51, "/blocks"),
    "two tables": ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2, "/blocks"),
    "too much markdown": ([{"type": "markdown", "text": "x" * 7000}] * 2, "/blocks"),
    "an initial option that is not offered": (
        [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "static_select",
                        "options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}],
                        "initial_option": {"text": {"type": "plain_text", "text": "B"}, "value": "b"},
                    }
                ],
            }
        ],
        "/blocks/0/elements/0/initial_option",
    ),
}


@pytest.mark.parametrize("what", BAD_BLOCKS)
async def test_blocks_are_refused_with_a_pointer_to(client: AsyncWebClient, what: str) -> None:
    blocks, pointer = BAD_BLOCKS[what]
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", blocks=blocks))
    assert answer["error"] == "invalid_blocks"
    assert any(said.endswith(f"[json-pointer:{pointer}]") for said in answer["response_metadata"]["messages"])
    checked = await refused(client.api_call("blocks.validate", json={"blocks": blocks}))
    assert checked["response_metadata"] == answer["response_metadata"]


async def test_blocks_that_are_no_json_are_refused(client: AsyncWebClient) -> None:
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", blocks="{nope"))
    assert answer["error"] == "invalid_blocks_format"


async def test_missing_ids_are_added(client: AsyncWebClient) -> None:
    blocks = [section("x"), {"type": "actions", "elements": [{**button("A", ""), "action_id": "a"}]}]
    posted = await client.chat_postMessage(channel=LAB, text="x", blocks=blocks)
    first, second = posted["message"]["blocks"]
    assert first["block_id"]
    assert second["block_id"] != first["block_id"]
    assert "block_id" not in blocks[0]
