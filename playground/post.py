"""Brings one app its letters, over HTTP or Socket Mode; an event that is not acked is brought again."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from playground.faults import Fate, Faults
from playground.letters import EVENT, Ack, Attempt, Letter
from playground.people import App
from playground.request_url import RequestUrl
from playground.socket_mode import SocketMode
from playground.stillness import Stillness
from playground.wire_log import WireLog, Written

Json = dict[str, Any]

RETRIES = (0.0, 60.0, 300.0)  # seconds after the failure before, by the playground's clock
OVERTAKEN_WITHIN = 1.0  # seconds that a letter waits for another to overtake it


class Post:
    """One app's letters: to its request URL where it has one, else over Socket Mode."""

    def __init__(
        self, app: App, still: Stillness, log: WireLog, faults: Faults, on_connections: Callable[[], None]
    ) -> None:
        self.socket = SocketMode(app, still.clock, log, on_connections)
        self.url = RequestUrl(app, still.clock)
        self._app = app
        self._still = still
        self._log = log
        self._faults = faults
        self._waiting: set[asyncio.Future[Ack]] = set()  # letters on a hindered way
        self._gap: asyncio.Event | None = None  # set once the letter that is held back has been overtaken
        self.retrying = 0  # events that wait for their next attempt

    def send(self, letter: Letter) -> asyncio.Future[Ack]:
        """Bring a letter; the future ends with its first attempt."""
        return self._try(letter, Attempt())

    def _try(self, letter: Letter, attempt: Attempt) -> asyncio.Future[Ack]:
        fate = self._faults.fate()
        if self._gap and fate.reorder:
            fate = replace(fate, reorder=False)  # it overtakes: two that are both held would keep their order
        if fate.duplicate and letter.kind == EVENT:
            self._once(letter, attempt, Fate(), fault="duplicate")
        sent = self._once(letter, attempt, fate, fault=fate.said)
        sent.add_done_callback(lambda done: self._ended(letter, attempt, _ack(done)))
        return sent

    def _once(self, letter: Letter, attempt: Attempt, fate: Fate, fault: str) -> asyncio.Future[Ack]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        self._still.begin()
        sent: asyncio.Future[Ack]
        if fate.drop:
            sent = asyncio.ensure_future(_lost(self._still.clock.patience))
        else:
            before, self._gap = self._gap, asyncio.Event() if fate.reorder else None
            gap = before or self._gap
            if fate.hinders:
                sent = asyncio.ensure_future(self._hindered(letter, attempt, fate, gap))
            else:
                sent = self._carried(letter, attempt, gap)

        def note(done: asyncio.Future[Ack]) -> None:
            self._note(letter, attempt, _ack(done), (loop.time() - began) * 1000, fault)
            # One turn later, so that a retry at once has begun before this ends.
            loop.call_soon(self._still.end)

        sent.add_done_callback(note)
        return sent

    def _note(self, letter: Letter, attempt: Attempt, ack: Ack, ms: float, fault: str) -> None:
        answer = ack.payload if ack.status == "ok" else ack.status
        more: Json = {"retry": attempt.number} if attempt.number else {}
        if said := ", ".join(filter(None, (letter.fault, fault))):
            more["fault"] = said
        ok = ack.status == "ok"
        self._log.add("out", letter.what, ok=ok, ms=ms, body=Written(letter.text), answer=answer, **more)

    # Again

    def _ended(self, letter: Letter, attempt: Attempt, ack: Ack) -> None:
        if ack.status == "ok" or ack.final or letter.kind != EVENT or attempt.number == len(RETRIES):
            return
        following = Attempt(attempt.number + 1, ack.reason)
        if wait := RETRIES[attempt.number]:
            self.retrying += 1
            self._still.clock.alarms.after(wait, lambda: self._retry(letter, following))
        else:
            self._try(letter, following)

    def _retry(self, letter: Letter, attempt: Attempt) -> None:
        self.retrying -= 1
        self._try(letter, attempt)

    def _carried(self, letter: Letter, attempt: Attempt, gap: asyncio.Event | None) -> asyncio.Future[Ack]:
        carried = (self.url if self._app.request_url else self.socket).carry(letter, attempt)
        if gap:
            gap.set()
        return carried

    # Hindered

    async def _hindered(self, letter: Letter, attempt: Attempt, fate: Fate, gap: asyncio.Event | None) -> Ack:
        arriving = asyncio.ensure_future(self._arrives(letter, attempt, fate, gap))
        self._waiting.add(arriving)
        arriving.add_done_callback(self._waiting.discard)
        done, _ = await asyncio.wait({arriving}, timeout=self._still.clock.patience)
        return arriving.result() if done else Ack("timeout", reason="timeout")

    async def _arrives(self, letter: Letter, attempt: Attempt, fate: Fate, gap: asyncio.Event | None) -> Ack:
        await asyncio.sleep(fate.delay)
        if fate.reorder and gap:
            with suppress(TimeoutError):
                await asyncio.wait_for(gap.wait(), OVERTAKEN_WITHIN)
            if self._gap is gap:
                self._gap = None
        return await self._carried(letter, attempt, gap)

    async def close(self) -> None:
        """End every connection to the app."""
        for arriving in self._waiting:
            arriving.cancel()
        await self.socket.close()
        await self.url.close()


async def _lost(within: float) -> Ack:
    await asyncio.sleep(within)
    return Ack("timeout", reason="timeout")


def _ack(done: asyncio.Future[Ack]) -> Ack:
    """Whoever waited for it may have gone away."""
    return Ack("error", reason="unknown_error") if done.cancelled() else done.result()
