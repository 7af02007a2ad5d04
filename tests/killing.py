"""Weeks in which the bot is killed again and again at seeded moments, and a count of what came of them."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playground import scene
from playground.server import Playground
from tests.people import Person, Town, config_for, london
from tests.processes import BotProcess, until

CIRCLES = (scene.CO_LAB, scene.STEWARDSHIP, scene.RANDOM)
PEOPLE = ("sam", "ruth", "leo", "priya", "mair")  # who are in all three
FIRST_TUESDAY = "2026-11-03 09:30"
SEND_TIMEOUT = 0.3  # s: a lease of 1.8 s is soon over

FAULTS: tuple[dict[str, Any], ...] = (
    {},
    {"chat.postMessage": {"status": 500, "after": False, "times": 2}},
    {"chat.postMessage": {"status": 500, "after": True, "times": 2}},
    {},
    {"chat.postMessage": {"drop": True, "after": True, "times": 2}},
    {"chat.postMessage": {"drop": True, "after": False, "times": 2}},
    {"chat.postMessage": {"drop": True, "after": True, "times": 2}, "conversations.history": {"times": 2}},
)


@dataclass
class Tally:
    """What came of it."""

    kills: int = 0
    weeks: int = 0
    questions: int = 0  # that there should be
    digests: int = 0
    cards: int = 0
    voices: int = 0
    twice: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


@dataclass
class Killing:
    """One community with three circles, and a bot that does not live long."""

    playground: Playground
    bot: BotProcess
    town: Town
    chance: random.Random
    kills: int = 0
    weeks: int = 0
    cards: int = 0
    replies: list[tuple[str, str]] = field(default_factory=list)  # (channel, ts)

    async def open(self) -> "Killing":
        """Three circles, each asked on Tuesdays at 09:30."""
        await self.bot.start()
        asha = self.town.person("asha")
        for channel in CIRCLES:
            await asha.does("join", channel=channel, member=self.playground.bot_user)
            await self.bot.speaks()
            await asha.presses("Set it up", asha.sees(channel)[-1]["ts"], channel)
            done = await asha.submits(name=channel, conveners=["U0ASHA", "U0MAIR"], holidays="None")
            assert not done.get("errors"), done
            await asha.submits()
        await self.bot.speaks()
        return self

    async def live_a_week(self) -> None:
        """The bot is killed about the question, about a check-in, and about the digest."""
        tuesday = london(FIRST_TUESDAY) + timedelta(weeks=self.weeks)
        self._break(FAULTS[self.weeks % len(FAULTS)])
        await self._kill_about(tuesday)
        for channel in CIRCLES:  # those that can be seen already are answered while nobody listens
            if self._asked(channel, tuesday) and self.chance.random() < 0.6:
                await self._reply(channel, tuesday)
        await self._raise()
        await self._reply(self.chance.choice(CIRCLES), tuesday)
        await self._check_in(tuesday)
        await self._kill_about((tuesday + timedelta(days=3)).replace(hour=12, minute=0))
        await self._raise()
        self.weeks += 1

    async def close(self) -> None:
        """Stop everything."""
        self.playground.faults({})
        await self.bot.kill()
        await self.playground.stop()

    # Killing

    async def _kill_about(self, due: datetime) -> None:
        how = self.chance.choice(("before", "jump", "call", "call", "call", "boot"))
        if how == "before":
            await self._kill()
            await self.playground.move(to=due + timedelta(minutes=1))
            return
        await self._kill_while(self.playground.move(to=due + timedelta(seconds=30)), how)
        if how == "boot":  # ... and once more while it comes back
            await self.bot.launch()
            await self._rest(0.5, 2.5)
            await self._kill()

    async def _kill_while(self, work: Awaitable[Any], how: str) -> Any:
        task = asyncio.ensure_future(work)
        if how == "jump":
            await self._rest(0, 0.06)
        else:
            nth = self.chance.randint(1, len(CIRCLES))
            before = self._calls()
            called = asyncio.ensure_future(
                until(lambda: self._calls() >= before + nth, "a call arrives", pause=0.0005)
            )
            await asyncio.wait((task, called), return_when=asyncio.FIRST_COMPLETED)
            called.cancel()
            await self._rest(0, self.chance.choice((0.0, 0.004, 0.02)))
        await self._kill()
        return await task

    async def _kill(self) -> None:
        self.kills += 1
        await self.bot.kill()

    async def _raise(self) -> None:
        await self.bot.start()
        await self.bot.speaks()

    async def _rest(self, least: float, most: float) -> None:
        """The moment of a kill is chance: this is what is tried, not something waited for."""
        await asyncio.sleep(self.chance.uniform(least, most))

    def _break(self, api: dict[str, Any]) -> None:
        self.playground.faults({"api": api, "seed": self.chance.randrange(1000)})

    def _calls(self) -> int:
        return sum(entry["what"] == "chat.postMessage" for entry in self.playground.slack.log._entries)

    # Answering

    async def _reply(self, channel: str, tuesday: datetime) -> None:
        question = self._asked(channel, tuesday)[-1]
        ts = await self._person().replies(f"Word {len(self.replies)}", question["ts"], channel)
        self.replies.append((channel, ts))

    async def _check_in(self, tuesday: datetime) -> None:
        """Through the modal, and the bot dies at it; what is not acked is submitted again."""
        channel = self.chance.choice(CIRCLES)
        question = self._asked(channel, tuesday)[-1]
        asha = self.town.person("asha")
        await asha.presses("Answer", question["ts"], channel)
        submitting = asha.submits(answer=f"Slowly, in week {self.weeks}.")
        done = await self._kill_while(submitting, self.chance.choice(("jump", "jump", "call")))
        await self._raise()
        while done["ack"] != "ok":
            done = await asha.submits()
            await self.bot.speaks()
        assert not done.get("errors"), done
        self.cards += 1

    def _person(self) -> Person:
        return self.town.person(self.chance.choice(PEOPLE))

    def _asked(self, channel: str, tuesday: datetime) -> list[dict[str, Any]]:
        """The questions of this Tuesday that stand in the channel."""
        since = f"{tuesday.timestamp() - 60:.6f}"
        return [m for m in self._messages(channel) if "check-in:" in m["text"] and m["ts"] > since]

    def _messages(self, channel: str) -> list[dict[str, Any]]:
        """All that the bot said there, threads included."""
        said = self.playground.slack.workspace.channels[channel].messages.values()
        return [message for message in said if message.get("bot_id")]

    # Judging

    def judge(self) -> Tally:
        """Count what stands in Slack and in the database against what should."""
        tally = Tally(self.kills, self.weeks, questions=self.weeks * len(CIRCLES), cards=self.cards)
        for channel in CIRCLES:
            self._judge_messages(channel, tally)
        kept = {tuple(row) for row in self.bot.ask("SELECT channel, ts FROM reflection WHERE via = 'thread'")}
        tally.voices = len(self.replies)
        self._missing(tally, "reply", set(self.replies) - kept)
        cards = self.bot.ask("SELECT id FROM reflection WHERE via = 'modal' AND ts IS NOT NULL")
        self._missing(tally, "check-in", range(self.cards - len(cards)))
        return tally

    def _judge_messages(self, channel: str, tally: Tally) -> None:
        said = self._messages(channel)
        ids = Counter(m["metadata"]["event_payload"]["oid"] for m in said if m.get("metadata"))
        for one, times in ids.items():
            if times > 1:
                tally.twice += times - 1
                tally.wrong.append(f"{channel}: {one} stands there {times} times")
        promised = self.bot.ask(f"SELECT id FROM outbox WHERE kind = 'post' AND channel = '{channel}'")
        self._missing(tally, "promised message", {row[0] for row in promised} - set(ids))
        said = list({m["metadata"]["event_payload"]["oid"]: m for m in said if m.get("metadata")}.values())
        days = Counter(
            (london(FIRST_TUESDAY) + timedelta(weeks=week)).date()
            for week in range(self.weeks)
            for _ in self._on(said, "check-in:", week)
        )
        tally.twice += sum(times - 1 for times in days.values())
        self._missing(tally, f"question in {channel}", range(self.weeks - len(days)))
        for week in range(self.weeks):
            digests, heard = self._on(said, "What we heard", week), self._heard(channel, week)
            tally.digests += heard
            tally.twice += max(0, len(digests) - heard)
            what = f"digest of week {week} in {channel} ({self._fate(channel, week)})"
            self._missing(tally, what, range(heard - len(digests)))

    def _fate(self, channel: str, week: int) -> str:
        """What the bot did about a digest."""
        day = (london(FIRST_TUESDAY) + timedelta(weeks=week)).date()
        found = self.bot.ask(
            "SELECT occurrence.state FROM occurrence JOIN circle ON circle.id = circle_id WHERE kind = 'digest' "
            f"AND channel = '{channel}' AND local_date = '{day}'"
        )
        return str(found[0][0]) if found else "never due"

    def _on(self, said: list[dict[str, Any]], words: str, week: int) -> list[dict[str, Any]]:
        begins = (london(FIRST_TUESDAY) + timedelta(weeks=week)).timestamp() - 60
        ends = (london(FIRST_TUESDAY) + timedelta(weeks=week + 1)).timestamp() - 60
        return [m for m in said if words in m["text"] and begins < float(m["ts"]) < ends]

    def _heard(self, channel: str, week: int) -> int:
        day = (london(FIRST_TUESDAY) + timedelta(weeks=week)).date()
        found = self.bot.ask(
            f"SELECT 1 FROM reflection JOIN prompt ON prompt.id = prompt_id WHERE prompt.channel = '{channel}' "
            f"AND local_date = '{day}' LIMIT 1"
        )
        return len(found)

    @staticmethod
    def _missing(tally: Tally, what: str, those: Any) -> None:
        tally.lost += len(those)
        tally.wrong += [f"lost: {what} {one}" for one in those]


async def weeks_of_killing(
    folder: Path, seed: int, kills: int, told: Callable[[Killing], None] = lambda _: None
) -> Tally:
    """Live on until the bot has been killed so many times; `told` hears of every week."""
    playground = Playground(now=scene.BEGINS)
    scene.cast(playground)
    await playground.start()
    bot = BotProcess(playground, folder, SEND_TIMEOUT)
    town = Town(playground, config_for(playground, bot.database))
    killing = Killing(playground, bot, town, random.Random(seed))
    try:
        await killing.open()
        while killing.kills < kills:
            await killing.live_a_week()
            told(killing)
        return killing.judge()
    finally:
        await killing.close()
