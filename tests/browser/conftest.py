"""A browser for the page, and a workspace with a small app that shares no code with the bot."""

import re
from base64 import b64decode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground

Json = dict[str, Any]

ASHA, SAM, MAIR = "U0ASHA", "U0SAM", "U0MAIR"
CO_LAB, STEWARDSHIP, RANDOM = "C0COLAB", "C0STEWARD", "C0RANDOM"
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)

DOT = b64decode(  # a picture of one dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)

PATIENCE_MS = 20_000  # however busy the machine is
expect.set_options(timeout=PATIENCE_MS)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower().replace(" ", "-")}


def question() -> list[Json]:
    return [
        {"type": "header", "text": plain("Tuesday check-in")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*What felt too fast?* _And_ too slow?"}},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": plain("Answer"), "action_id": "answer", "style": "primary"},
                {"type": "overflow", "action_id": "more", "options": [option("Why this question?")]},
            ],
        },
    ]


def form(submit: str = "Share") -> Json:
    seen_by = [option("Just me"), option("This circle")]
    return {
        "type": "modal",
        "callback_id": "answer",
        "title": plain("Tuesday check-in"),
        "submit": plain(submit),
        "close": plain("Not now"),
        "blocks": [
            {
                "type": "input",
                "block_id": "words",
                "label": plain("Your answer"),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "text",
                    "multiline": True,
                    "focus_on_load": True,
                    "max_length": 1200,
                },
            },
            {
                "type": "input",
                "block_id": "seen",
                "label": plain("Who sees this"),
                "dispatch_action": True,
                "element": {
                    "type": "radio_buttons",
                    "action_id": "seen",
                    "options": seen_by,
                    "initial_option": seen_by[1],
                },
            },
            {
                "type": "input",
                "block_id": "helped",
                "label": plain("Who helped"),
                "optional": True,
                "element": {"type": "multi_users_select", "action_id": "helped", "max_selected_items": 2},
            },
            {
                "type": "actions",
                "block_id": "drafts",
                "elements": [{"type": "button", "text": plain("Save draft"), "action_id": "draft"}],
            },
        ],
    }


class Stranger:
    """A tiny Bolt app: a question with a form, a command, an App Home.

    `/together NAME` opens the modal of that name in `views`; what is sent from one is in `sent`, and the
    view in `after` of the same `callback_id` takes its place.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self.app = AsyncApp(client=client)
        self.drafts: list[str | None] = []
        self.answers: list[Json] = []
        self.views: dict[str, Json] = {}
        self.sent: list[Json] = []
        self.after: dict[str, Json] = {}
        self.asked: list[str] = []
        blocks = [{"type": "header", "text": plain("What is open for me now")}]
        self.home: Json = {"type": "home", "blocks": blocks}
        self.app.action("answer")(self._open)
        self.app.action("seen")(self._seen)
        self.app.action("draft")(self._draft)
        self.app.action("more")(self._why)
        self.app.view("answer")(self._submitted)
        self.app.command("/together")(self._command)
        self.app.view(re.compile(".*"))(self._taken)
        self.app.options(re.compile(".*"))(self._offer)
        self.app.event("app_home_opened")(self._home)
        self.app.event("message")(_nothing)
        self.app.event(re.compile(".*"))(_nothing)

    async def _open(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def _seen(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        view = form("Keep" if chosen == "just-me" else "Share")
        await client.views_update(view_id=body["view"]["id"], view=view)

    async def _draft(self, ack: Any, body: Json) -> None:
        self.drafts.append(body["view"]["state"]["values"]["words"]["text"]["value"])
        await ack()

    async def _why(self, ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="It was its turn.", response_type="ephemeral", replace_original=False)

    async def _submitted(self, ack: Any, body: Json, client: Any) -> None:
        values = body["view"]["state"]["values"]
        text = values["words"]["text"]["value"]
        if "everything" in text:
            await ack(response_action="errors", errors={"words": "One thing is plenty: which one?"})
            return
        await ack()
        self.answers.append(values)
        await client.chat_postMessage(channel=CO_LAB, text=f"An answer: {text}")

    async def _command(self, ack: Any, command: Json, client: Any) -> None:
        if view := self.views.get(command["text"]):
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=view)
            return
        await ack(f"You asked for {command['text'] or 'nothing'}.")

    async def _home(self, event: Json, client: Any) -> None:
        await client.views_publish(user_id=event["user"], view=self.home)

    async def _taken(self, ack: Any, view: Json) -> None:
        if after := self.after.pop(view["callback_id"], None):
            await ack(response_action="update", view=after)
        else:
            await ack()
        self.sent.append(view["state"]["values"])

    async def _offer(self, ack: Any, payload: Json) -> None:
        self.asked.append(payload["value"])
        near = [option(f"{payload['value']} {place}") for place in ("hub", "bank")]
        far = [option("Allotment")]
        await ack(
            option_groups=[
                {"label": plain("Near"), "options": near},
                {"label": plain("Far"), "options": far},
            ]
        )


async def _nothing() -> None:
    pass


class House:
    """The playground that a test looks at, and the app in it."""

    def __init__(self, playground: Playground, stranger: Stranger) -> None:
        self.playground = playground
        self.stranger = stranger
        self.url = playground.url

    def at(self, member: str, channel: str = CO_LAB) -> str:
        return f"{self.url}/?as={member}&channel={channel}"

    def say(self, text: str, user: str = SAM, channel: str = CO_LAB, **more: Any) -> str:
        return self.playground.add_message(channel, user, text, self.playground.clock.now(), **more)

    async def picture(self) -> str:
        """Upload a picture as an app does; its id."""
        answer = await self.stranger.app.client.files_upload_v2(content=DOT, filename="dot.png")
        return str(answer["file"]["id"])

    async def ask(self) -> None:
        client = self.stranger.app.client
        await client.chat_postMessage(channel=CO_LAB, text="Tuesday check-in", blocks=question())


@pytest_asyncio.fixture(loop_scope="module")
async def house() -> AsyncIterator[House]:
    playground = Playground(now=MONDAY)
    playground.add_member(ASHA, "Asha Patel", "asha", sector="VCSE", convener=True)
    playground.add_member(SAM, "Sam Whitcombe", "sam", sector="NHS")
    playground.add_member(MAIR, "Mair Llŷr", "mair", sector="Local government")
    app = playground.add_app(
        "Together",
        commands=[{"command": "/together", "description": "The circle", "usage_hint": "recall hope | help"}],
    )
    everyone = [ASHA, SAM, MAIR, app.bot_user]
    playground.add_channel(CO_LAB, "co-lab", members=everyone, topic="checks in on Tuesdays")
    playground.add_channel(STEWARDSHIP, "stewardship", private=True, members=[ASHA, SAM])
    playground.add_channel(RANDOM, "random", members=[SAM])
    await playground.start()
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url)
    stranger = Stranger(client)
    handler = AsyncSocketModeHandler(stranger.app, playground.app_token)
    await handler.connect_async()
    yield House(playground, stranger)
    await handler.close_async()
    await playground.stop()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        await browser.close()


class Windows:
    """Opens pages and keeps what they complained about and whom they asked."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.strangers: list[str] = []

    async def open(self, address: str, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = await self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("request", self._asked)
        await page.goto(address)
        await page.locator(".bar-who .person-name").wait_for()
        return page

    def _heard(self, message: Any) -> None:
        refused = "Failed to load resource" in message.text and "/_/act" in message.location["url"]
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith("http://127.0.0.1:"):
            self.strangers.append(request.url)

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def windows(chromium: Browser, house: House) -> AsyncIterator[Windows]:
    opened = Windows(chromium)
    yield opened
    await opened.close()
    assert not opened.complaints, opened.complaints
    assert not opened.strangers, opened.strangers


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Windows]:
    """Windows on the real bot, for a story: pages that complain about nothing and ask nobody else."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        windows = Windows(chromium)
        yield windows
        await windows.close()
        await chromium.close()
    assert not windows.complaints, windows.complaints
    assert not windows.strangers, windows.strangers
