"""`files.*`: uploads as slack-sdk does them, end to end."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, RANDOM, STEWARDS, Connected, until
from tests.slack.methods import error, refused
from tests.slack.methods.conftest import Post

NOTES = b"What we learnt this week.\n"


async def announced(client: AsyncWebClient, name: str = "notes.txt", length: int = len(NOTES)) -> Any:
    return await client.files_getUploadURLExternal(filename=name, length=length)


async def test_slack_sdk_uploads_a_file_into_a_channel(
    client: AsyncWebClient, playground: Playground
) -> None:
    done = await client.files_upload_v2(
        content=NOTES.decode(), filename="notes.txt", title="Our notes", channel=LAB, initial_comment="Read!"
    )
    [message] = playground.messages(LAB, BEN)
    assert (message["text"], message["subtype"], message["upload"]) == ("Read!", "file_share", True)
    [file] = message["files"]
    assert (file["id"], file["title"], file["mimetype"]) == (done["file"]["id"], "Our notes", "text/plain")
    shares = (await client.files_info(file=file["id"]))["file"]["shares"]
    assert shares == {"public": {LAB: [{"ts": message["ts"], "channel_name": "co-lab"}]}}


async def test_several_files_are_one_message_in_a_thread(
    client: AsyncWebClient, playground: Playground
) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    uploads = [{"content": "one", "filename": "1.txt"}, {"content": "two", "filename": "2.txt"}]
    await client.files_upload_v2(file_uploads=uploads, channel=LAB, thread_ts=parent)
    _, reply = playground.messages(LAB, BEN, thread=parent)
    assert [file["name"] for file in reply["files"]] == ["1.txt", "2.txt"]


async def test_a_message_shows_a_picture_that_is_there_and_no_other(
    client: AsyncWebClient, playground: Playground
) -> None:
    done = await client.files_upload_v2(content=b"a picture", filename="one.png", title="One")
    there = {"type": "image", "alt_text": "One", "slack_file": {"id": done["files"][0]["id"]}}
    await client.chat_postMessage(channel=LAB, text="Look", blocks=[there])
    gone = await error(
        client.chat_postMessage(
            channel=LAB, text="Look", blocks=[{**there, "slack_file": {"id": "F0NOWHERE"}}]
        )
    )
    assert gone == "invalid_blocks"
    assert [message["text"] for message in playground.messages(LAB, BEN)] == ["Look"]


async def test_the_bytes_come_back_to_who_may_have_them(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    done = await client.files_upload_v2(content="<b>bold</b>", filename="page.html", channel=LAB)
    address = done["file"]["url_private"]
    token = {"Authorization": f"Bearer {playground.bot_token}"}
    async with session.get(address, headers=token) as answer:
        assert (await answer.read(), answer.content_type) == (b"<b>bold</b>", "text/html")
        assert answer.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    async with session.get(address, headers={"Sec-Fetch-Site": "same-origin"}) as answer:
        assert answer.status == 200
    for headers in ({}, {"Authorization": "Bearer xoxb-nobody"}, {"Sec-Fetch-Site": "cross-site"}):
        async with session.get(address, headers=headers, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, "/")
    playground.slack.workspace.app.scopes.remove("files:read")
    async with session.get(address, headers=token, allow_redirects=False) as answer:
        assert answer.status == 302


async def test_a_file_of_another_length_is_not_taken(
    client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    expected = await announced(client)
    async with session.post(expected["upload_url"], data=b"short") as answer:
        assert answer.status == 400
    files = [{"id": expected["file_id"]}]
    assert await error(client.files_completeUploadExternal(files=files, channel_id=LAB)) == (
        "file_update_failed"
    )


async def test_a_form_may_bring_the_bytes_too(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    expected = await announced(client)
    form = aiohttp.FormData()
    form.add_field("filename", NOTES, filename="notes.txt")
    async with session.post(expected["upload_url"], data=form) as answer:
        assert (answer.status, await answer.text()) == (200, f"OK - {len(NOTES)}")
    done = await client.files_completeUploadExternal(files=[{"id": expected["file_id"]}])
    assert (done["files"][0]["shares"], done["files"][0]["title"]) == ({}, "notes.txt")


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ({"length": 5}, "missing_argument"),
        ({"filename": "x.txt"}, "missing_argument"),
        ({"filename": "", "length": 5}, "missing_argument"),
        ({"filename": "x.txt", "length": 0}, "invalid_arguments"),
        ({"filename": "x.txt", "length": 8_000_001}, "file_upload_size_restricted"),
        ({"filename": "x.png", "length": 5, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ],
)
async def test_an_announcement_is_judged(post: Post, args: dict[str, Any], wanted: str) -> None:
    assert (await post("files.getUploadURLExternal", data=args)).body["error"] == wanted


async def test_the_playground_has_only_so_much_room(client: AsyncWebClient) -> None:
    for _ in range(8):
        await announced(client, length=8_000_000)
    assert await error(announced(client, length=8_000_000)) == "storage_limit_reached"


async def test_a_file_is_shared_only_where_the_bot_is(client: AsyncWebClient, playground: Playground) -> None:
    async def upload(channel: str) -> str:
        return await error(client.files_upload_v2(content="x", filename="x.txt", channel=channel))

    assert (await upload(RANDOM), await upload(STEWARDS)) == ("not_in_channel", "channel_not_found")
    playground.slack.workspace.channels[LAB].archived = True
    assert await upload(LAB) == "posting_to_channel_denied"
    assert await error(client.files_completeUploadExternal(files=[{"id": "F0NONE"}])) == "file_not_found"


async def test_blocks_beside_files_are_judged(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    expected = await announced(client)
    async with session.post(expected["upload_url"], data=NOTES):
        pass
    args = {"files": [{"id": expected["file_id"]}], "channel_id": LAB, "blocks": '[{"type": "poem"}]'}
    answer = await refused(client.api_call("files.completeUploadExternal", json=args))
    assert answer["error"] == "invalid_blocks"


async def test_files_are_listed_by_channel_kind_and_page(
    client: AsyncWebClient, playground: Playground
) -> None:
    for name in ("a.txt", "b.png", "c.pdf"):
        await client.files_upload_v2(content=name, filename=name, channel=LAB)
    assert [file["name"] for file in (await client.files_list())["files"]] == ["c.pdf", "b.png", "a.txt"]
    assert [file["name"] for file in (await client.files_list(types="images,pdfs"))["files"]] == [
        "c.pdf",
        "b.png",
    ]
    page = await client.files_list(count=2, page=2)
    assert ([file["name"] for file in page["files"]], page["paging"]["pages"]) == (["a.txt"], 2)
    assert (await client.files_list(channel=RANDOM))["files"] == []
    assert (await client.files_list(user=ASHA))["files"] == []
    assert len((await client.files_list(user=playground.bot_user))["files"]) == 3
    assert await error(client.files_list(types="poems")) == "unknown_type"
    assert await error(client.files_list(user="U0NONE")) == "user_not_found"
    assert await error(client.files_list(ts_from="long ago")) == "invalid_arguments"


async def test_a_deleted_file_leaves_its_message(client: AsyncWebClient, playground: Playground) -> None:
    file = (await client.files_upload_v2(content="x", filename="x.txt", channel=LAB))["file"]["id"]
    await client.files_delete(file=file)
    assert playground.messages(LAB, BEN)[0]["files"] == []
    assert await error(client.files_info(file=file)) == "file_deleted"
    assert await error(client.files_delete(file="F0NONE")) == "file_not_found"


async def test_apps_hear_of_files(client: AsyncWebClient, playground: Playground, bolt: Connected) -> None:
    file = (await client.files_upload_v2(content="x", filename="x.txt", channel=LAB))["file"]["id"]
    await client.files_delete(file=file)

    # Bolt lets no listener hear of what its own bot did, so look at the wire.
    def sent() -> set[str]:
        return {entry["what"] for entry in playground.log() if entry["direction"] == "out"}

    await until(lambda: {"message.file_share", "file_shared", "file_deleted"} <= sent())


async def test_another_app_cannot_delete_it(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    other = playground.add_app("Other")
    file = (await client.files_upload_v2(content="x", filename="x.txt", channel=LAB))["file"]["id"]
    stranger = AsyncWebClient(token=other.bot_token, base_url=playground.api_url, session=session)
    assert (await stranger.files_info(file=file))["ok"]
    assert await error(stranger.files_delete(file=file)) == "cant_delete_file"
