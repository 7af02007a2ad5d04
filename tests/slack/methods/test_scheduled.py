"""`chat.scheduleMessage` and `chat.startStream`: messages left for later, and messages that grow."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, Connected, section
from tests.slack.methods import error

HOUR = 3600


def in_an_hour(playground: Playground) -> int:
    return playground.slack.workspace.seconds() + HOUR


async def test_a_message_is_posted_when_the_clock_gets_there(
    client: AsyncWebClient, playground: Playground, bolt: Connected
) -> None:
    at = in_an_hour(playground)
    left = await client.chat_scheduleMessage(channel=LAB, text="later", blocks=[section("later")], post_at=at)
    assert (left["post_at"], left["message"]["type"], left["message"]["text"]) == (
        at,
        "delayed_message",
        "later",
    )
    await playground.move(advance=HOUR / 2)
    assert playground.messages(LAB, BEN) == []
    await playground.move(advance=HOUR)
    [message] = playground.messages(LAB, BEN)
    assert (message["text"], message["blocks"][0]["type"]) == ("later", "section")
    assert at <= float(message["ts"]) < at + 1
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_what_is_left_for_later_is_listed_and_taken_back(
    client: AsyncWebClient, playground: Playground
) -> None:
    at = in_an_hour(playground)
    second = (await client.chat_scheduleMessage(channel=LAB, text="two", post_at=at + 60))[
        "scheduled_message_id"
    ]
    await client.chat_scheduleMessage(channel=ASHA, text="one", post_at=at)
    listed = (await client.chat_scheduledMessages_list())["scheduled_messages"]
    assert [(one["text"], one["post_at"]) for one in listed] == [("one", at), ("two", at + 60)]
    there = (await client.chat_scheduledMessages_list(channel=LAB))["scheduled_messages"]
    assert [one["id"] for one in there] == [second]
    early = (await client.chat_scheduledMessages_list(latest=str(at)))["scheduled_messages"]
    assert [one["text"] for one in early] == ["one"]
    await client.chat_deleteScheduledMessage(channel=LAB, scheduled_message_id=second)
    again = client.chat_deleteScheduledMessage(channel=LAB, scheduled_message_id=second)
    assert await error(again) == "invalid_scheduled_message_id"
    await playground.move(advance=2 * HOUR)
    assert playground.messages(LAB, BEN) == []


async def test_later_is_neither_past_nor_too_far(client: AsyncWebClient, playground: Playground) -> None:
    now = playground.slack.workspace.seconds()
    schedule = client.chat_scheduleMessage
    assert await error(schedule(channel=LAB, text="x", post_at=now - 1)) == "time_in_past"
    assert await error(schedule(channel=LAB, text="x", post_at=now + 121 * 86_400)) == "time_too_far"
    assert await error(client.chat_scheduledMessages_list(channel="C0NONE")) == "invalid_channel"
    assert await error(client.chat_scheduledMessages_list(oldest="long ago")) == "invalid_arguments"


async def test_slack_takes_thirty_messages_for_five_minutes(
    client: AsyncWebClient, playground: Playground
) -> None:
    at = in_an_hour(playground)
    for number in range(30):
        await client.chat_scheduleMessage(channel=LAB, text=str(number), post_at=at + number)
    assert (
        await error(client.chat_scheduleMessage(channel=LAB, text="x", post_at=at)) == "restricted_too_many"
    )
    await client.chat_scheduleMessage(channel=LAB, text="x", post_at=at + 600)


async def test_what_cannot_be_said_any_more_is_left_unsaid(
    client: AsyncWebClient, playground: Playground
) -> None:
    await client.chat_scheduleMessage(channel=LAB, text="later", post_at=in_an_hour(playground))
    playground.slack.workspace.channels[LAB].archived = True
    await playground.move(advance=2 * HOUR)
    assert playground.messages(LAB, BEN) == []


async def test_a_message_grows_while_it_is_written(client: AsyncWebClient, playground: Playground) -> None:
    thread = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    to = {"recipient_user_id": BEN, "recipient_team_id": "T0SAMPLE"}
    ts = (await client.chat_startStream(channel=LAB, thread_ts=thread, markdown_text="One", **to))["ts"]
    await client.chat_appendStream(channel=LAB, ts=ts, markdown_text=" two")
    done = await client.chat_stopStream(channel=LAB, ts=ts, markdown_text=".", blocks=[section("Done")])
    assert (done["message"]["text"], "edited" in done["message"]) == ("One two.", False)
    assert playground.messages(LAB, BEN, thread=thread)[1]["blocks"][0]["text"]["text"] == "Done"
    late = client.chat_appendStream(channel=LAB, ts=ts, markdown_text="x")
    assert await error(late) == "message_not_in_streaming_state"


async def test_a_stream_is_for_somebody_and_belongs_to_its_app(
    client: AsyncWebClient, playground: Playground
) -> None:
    thread = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    start = client.chat_startStream
    assert await error(start(channel=LAB, thread_ts=thread)) == "missing_recipient_user_id"
    assert (
        await error(start(channel=LAB, thread_ts=thread, recipient_user_id=BEN))
        == "missing_recipient_team_id"
    )
    nobody = {"recipient_user_id": "U0NONE", "recipient_team_id": "T0SAMPLE"}
    assert await error(start(channel=LAB, thread_ts=thread, **nobody)) == "user_not_found"
    theirs = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "mine"}))["ts"]
    add = client.chat_appendStream
    assert await error(add(channel=LAB, ts=theirs, markdown_text="x")) == "message_not_owned_by_app"
    assert await error(add(channel=LAB, ts="1.000001", markdown_text="x")) == "message_not_found"
    direct = await client.chat_postMessage(channel=BEN, text="root")
    ts = (await start(channel=direct["channel"], thread_ts=direct["ts"]))["ts"]
    assert await error(add(channel=direct["channel"], ts=ts)) == "no_text"
    assert await error(add(channel=direct["channel"], ts=ts, chunks=["x"])) == "invalid_chunks"


async def test_an_agent_speaks_of_a_thread(client: AsyncWebClient) -> None:
    root = await client.chat_postMessage(channel=BEN, text="root")
    place = {"channel_id": root["channel"], "thread_ts": root["ts"]}
    await client.assistant_threads_setStatus(status="is thinking", **place)
    await client.assistant_threads_setTitle(title="Hope", **place)
    prompts = [{"title": "A question", "message": "What is hope?"}]
    suggest = client.assistant_threads_setSuggestedPrompts
    await suggest(prompts=prompts, **place)
    assert await error(suggest(prompts=prompts * 5, **place)) == "invalid_arguments"
    elsewhere = {**place, "thread_ts": "1.000001"}
    assert await error(client.assistant_threads_setTitle(title="x", **elsewhere)) == "invalid_thread_ts"
