"""`pins.*` and `bookmarks.*`: what stays at hand in a channel."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, LAB, RANDOM, Connected, until
from tests.slack.methods import error


async def test_a_message_is_pinned_and_let_go(client: AsyncWebClient, playground: Playground) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="keep this"))["ts"]
    await client.pins_add(channel=LAB, timestamp=ts)
    [pinned] = (await client.pins_list(channel=LAB))["items"]
    assert (pinned["message"]["text"], pinned["created_by"]) == ("keep this", playground.bot_user)
    history = await client.conversations_history(channel=LAB)
    assert (history["pin_count"], history["messages"][0]["pinned_to"]) == (1, [LAB])
    assert await error(client.pins_add(channel=LAB, timestamp=ts)) == "already_pinned"
    await client.pins_remove(channel=LAB, timestamp=ts)
    assert (await client.pins_list(channel=LAB))["items"] == []
    assert await error(client.pins_remove(channel=LAB, timestamp=ts)) == "no_pin"


async def test_a_deleted_message_takes_its_pin_along(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    await client.pins_add(channel=LAB, timestamp=ts)
    await client.chat_delete(channel=LAB, ts=ts)
    assert (await client.conversations_history(channel=LAB))["pin_count"] == 0


async def test_only_a_message_of_the_channel_can_be_pinned(
    client: AsyncWebClient, playground: Playground
) -> None:
    assert await error(client.pins_add(channel=LAB)) == "no_item_specified"
    assert await error(client.pins_add(channel=LAB, timestamp="now")) == "bad_timestamp"
    assert await error(client.pins_add(channel=LAB, timestamp="1.000001")) == "message_not_found"
    said = await playground.act({"as": ASHA, "do": "say", "channel": RANDOM, "text": "elsewhere"})
    assert await error(client.pins_add(channel=RANDOM, timestamp=said["ts"])) == "not_in_channel"
    await client.conversations_invite(channel=LAB, users="U0CLEO")
    joined = (await client.conversations_history(channel=LAB))["messages"][0]["ts"]
    assert await error(client.pins_add(channel=LAB, timestamp=joined)) == "not_pinnable"


async def test_apps_hear_of_pins(client: AsyncWebClient, playground: Playground, bolt: Connected) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    await client.pins_add(channel=LAB, timestamp=ts)
    await client.pins_remove(channel=LAB, timestamp=ts)

    # Bolt lets no listener hear of what its own bot did, so look at the wire.
    def sent() -> set[str]:
        return {entry["what"] for entry in playground.log() if entry["direction"] == "out"}

    await until(lambda: {"pin_added", "pin_removed"} <= sent())


async def test_a_bookmark_is_added_changed_and_removed(client: AsyncWebClient) -> None:
    added = await client.bookmarks_add(
        channel_id=LAB, title="Notes", type="link", link="https://example.org", emoji=":memo:"
    )
    bookmark = added["bookmark"]["id"]
    await client.bookmarks_edit(channel_id=LAB, bookmark_id=bookmark, title="Our notes")
    [listed] = (await client.bookmarks_list(channel_id=LAB))["bookmarks"]
    assert (listed["title"], listed["link"], listed["emoji"]) == (
        "Our notes",
        "https://example.org",
        ":memo:",
    )
    await client.bookmarks_remove(channel_id=LAB, bookmark_id=bookmark)
    assert (await client.bookmarks_list(channel_id=LAB))["bookmarks"] == []
    assert await error(client.bookmarks_remove(channel_id=LAB, bookmark_id=bookmark)) == "not_found"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"type": "file", "link": "https://example.org"}, "invalid_bookmark_type"),
        ({"type": "link"}, "invalid_link"),
        ({"type": "link", "link": "example"}, "invalid_link"),
        ({"type": "link", "link": "https://example.org", "emoji": "memo"}, "invalid_emoji"),
        ({"type": "link", "link": "https://example.org", "emoji": ":nope:"}, "invalid_emoji"),
    ],
)
async def test_a_bookmark_that_cannot_be_is_refused(
    client: AsyncWebClient, more: dict[str, str], wanted: str
) -> None:
    assert await error(client.bookmarks_add(channel_id=LAB, title="Notes", **more)) == wanted


async def test_bookmarks_belong_to_those_in_the_channel(client: AsyncWebClient) -> None:
    link = {"title": "x", "type": "link", "link": "https://example.org"}
    assert await error(client.bookmarks_add(channel_id="C0NONE", **link)) == "channel_not_found"
    assert await error(client.bookmarks_add(channel_id=RANDOM, **link)) == "permission_denied"
