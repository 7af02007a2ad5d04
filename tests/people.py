"""People who use the bot, and what they do: so that a test reads like what happened."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import Bot, build
from bot.clock import PlaygroundClock
from bot.config import Config
from playground import scene
from playground.server import Playground
from workspace.pace import Pace

LONDON = ZoneInfo("Europe/London")
CO_LAB = scene.CO_LAB
PATIENCE = 30.0  # s: however busy the machine is, nobody here is late
KEY = "tests:dGhlc2UgdGVzdHMgbG9jayB3aXRoIHRoaXMgb25lISE="


def london(text: str) -> datetime:
    """A moment on London's clocks: "2026-11-03 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass
class Person:
    """Somebody in the playground."""

    id: str
    town: "Town"

    async def does(self, do: str, **more: Any) -> dict[str, Any]:
        done = await self.town.playground.act({"as": self.id, "do": do, **more})
        await self.town.playground.settle()
        return done

    async def types(self, text: str, channel: str = CO_LAB) -> dict[str, Any]:
        return await self.does("command", channel=channel, text=text)

    async def says(self, text: str, channel: str = CO_LAB) -> str:
        return str((await self.does("say", channel=channel, text=text))["ts"])

    async def replies(self, text: str, thread: str, channel: str = CO_LAB) -> str:
        return str((await self.does("reply", channel=channel, thread=thread, text=text))["ts"])

    async def presses(self, label: str, ts: str, channel: str = CO_LAB) -> dict[str, Any]:
        return await self.does("press", channel=channel, ts=ts, label=label)

    async def chooses(self, option: str, ts: str, channel: str = CO_LAB) -> dict[str, Any]:
        return await self.does("choose", channel=channel, ts=ts, label="...", option=option)

    async def submits(self, **values: Any) -> dict[str, Any]:
        return await self.does("submit", values=values)

    def sees(self, channel: str = CO_LAB, thread: str | None = None) -> list[dict[str, Any]]:
        """The messages of a channel or a thread, oldest first."""
        return self.town.playground.messages(channel, self.id, thread=thread)

    def sees_text(self, channel: str = CO_LAB, thread: str | None = None) -> str:
        """Everything she can read there, blocks included."""
        return "\n".join(words_of(message) for message in self.sees(channel, thread))

    def modal(self) -> dict[str, Any] | None:
        """The modal in front of her."""
        views = self.town.playground.views(self.id)
        return views[-1] if views else None


@dataclass
class Town:
    """The sample community with the bot at work in it, from its first Monday on, before anything has happened."""

    playground: Playground
    config: Config
    bot: Bot | None = None
    channel: str = CO_LAB

    async def open(self) -> "Town":
        clock = await PlaygroundClock(self.config.clock_url).open()
        pace = Pace(per_second=1000, burst=1000, at_once=1000)  # weeks pass in a second here
        self.playground.clock.patience = PATIENCE
        self.playground.clock.forget_after = PATIENCE
        file = self.config.database_url.startswith("sqlite")  # which nobody else keeps busy
        self.bot = build(self.config, clock, pace, PATIENCE, hurry=file)
        await self.bot.start()
        await self.playground.settle()
        return self

    async def close(self) -> None:
        if self.bot:
            await self.bot.stop()
            self.bot = None

    async def eventually(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something holds that nobody parked on the clock."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not holds():
            assert loop.time() < until, "it never came"
            await self.playground.settle()
            await asyncio.sleep(0.01)

    async def away_until(self, text: str) -> None:
        """The bot is switched off, time passes on London's clocks, and it is back."""
        await self.close()
        await self.until(text)
        await self.open()

    def person(self, name: str) -> Person:
        return Person(f"U0{name.upper()}", self)

    async def until(self, text: str) -> None:
        """Let time pass on London's clocks."""
        await self.playground.move(to=london(text))

    def question(self, channel: str = CO_LAB) -> dict[str, Any]:
        """The newest question in a channel."""
        asked = [m for m in self.playground.messages(channel, "U0ASHA") if "check-in:" in m["text"]]
        return asked[-1]

    async def circle(self, **values: Any) -> None:
        """Asha sets up the co-lab's circle."""
        asha = self.person("asha")
        await asha.does("join", channel=CO_LAB, member=self.playground.bot_user)
        await asha.presses("Set it up", asha.sees()[-1]["ts"])
        done = await asha.submits(name="Co-lab", conveners=["U0ASHA", "U0MAIR"], **values)
        assert not done.get("errors"), done
        await asha.submits()


def config_for(playground: Playground, database: Path | str, **more: Any) -> Config:
    """Settings of a bot that works in this playground; `database` is a file, or an address."""
    return Config(
        database_url=database if isinstance(database, str) else f"sqlite+aiosqlite:///{database}",
        bot_token=playground.bot_token,
        app_token=playground.app_token,
        api_url=playground.api_url,
        clock_url=f"{playground.url}/_/clock",
        **{"keys": KEY, "send_timeout": 2 * PATIENCE} | more,
    )


def words_of(message: dict[str, Any]) -> str:
    """All text of a message."""
    found: list[str] = [message.get("text") or ""]

    def look(part: Any) -> None:
        if isinstance(part, dict) and part.get("type") == "rich_text_section":
            found.append("".join(map(_piece, part["elements"])))
        elif isinstance(part, dict):
            if isinstance(part.get("text"), str):
                found.append(part["text"])
            for value in part.values():
                look(value)
        elif isinstance(part, list):
            for value in part:
                look(value)

    look(message.get("blocks") or [])
    return "\n".join(found)


def _piece(piece: dict[str, Any]) -> str:
    """A piece of rich text; *bold* as Slack's own notation has it."""
    said = str(
        piece.get("text") or piece.get("user_id") or piece.get("channel_id") or f":{piece.get('name')}:"
    )
    return f"*{said}*" if piece.get("style", {}).get("bold") else said
