"""`conversations.*`: channels, who is in them, what was said."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, LAB, RANDOM
from tests.slack.methods import error, refused


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


async def test_direct_messages_that_are_open_say_so(client: AsyncWebClient) -> None:
    assert await error(client.conversations_open(users=BEN, prevent_creation=True)) == "channel_not_found"
    first = await client.conversations_open(users=BEN)
    again = await client.conversations_open(users=BEN)
    assert ("already_open" in first.data, again["already_open"], again["no_op"]) == (False, True, True)
    assert (await client.conversations_open(channel=first["channel"]["id"]))["already_open"] is True


async def test_nobody_opens_a_conversation_with_too_many_or_with_somebody_who_is_gone(
    client: AsyncWebClient, playground: Playground
) -> None:
    for number in range(9):
        playground.add_member(f"U0{number}", f"Member {number}", f"m{number}")
    assert await error(client.conversations_open(users=[f"U0{n}" for n in range(9)])) == "too_many_users"
    await playground.act({"as": CLEO, "do": "deactivate"})
    assert await error(client.conversations_open(users=CLEO)) == "user_disabled"
    assert await error(client.conversations_open(channel=LAB)) == "method_not_supported_for_channel_type"


async def test_an_invitation_names_everybody_who_cannot_come(
    client: AsyncWebClient, playground: Playground
) -> None:
    answer = await refused(client.conversations_invite(channel=LAB, users=["U0NONE", CLEO, ASHA]))
    assert (answer["error"], [one["error"] for one in answer["errors"]]) == (
        "user_not_found",
        ["user_not_found", "already_in_channel"],
    )
    assert CLEO not in playground.slack.workspace.channels[LAB].members
    forced = await client.conversations_invite(channel=LAB, users=["U0NONE", CLEO], force=True)
    assert [one["user"] for one in forced["errors"]] == ["U0NONE"]
    assert CLEO in playground.slack.workspace.channels[LAB].members
    assert await error(client.conversations_invite(channel=LAB, users=playground.bot_user)) == (
        "cant_invite_self"
    )
    assert await error(client.conversations_invite(channel=LAB, users=",")) == "no_user"
    assert await error(client.conversations_kick(channel=LAB, user=playground.bot_user)) == "cant_kick_self"
    assert await error(client.conversations_kick(channel=LAB, user="U0NONE")) == "user_not_found"


async def test_a_moment_that_is_none_is_refused(client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=LAB, text="x")
    assert await error(client.conversations_history(channel=LAB, oldest="long ago")) == "invalid_ts_oldest"
    assert await error(client.conversations_history(channel=LAB, latest="soon")) == "invalid_ts_latest"
