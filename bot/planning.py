"""Draws a round in a process of its own: the search for the best pairs holds Python's lock, and others would wait.

The two speak JSON over pipes, a line for each piece, so that neither asking nor hearing holds up anybody else.
"""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from practices.matches.draw import Asked, Plan, drawn
from practices.matches.plain import Piece, asked_in_pieces, asked_of, plan_in_pieces, plan_of
from practices.refusals.matches import NotDrawn

WITHIN = 120.0  # s; 10,000 people take about one, on a machine that has nothing else to do
LINE = 1 << 24  # bytes of one piece, at most
HERE = Path(__file__).resolve().parent.parent


@dataclass(slots=True, eq=False)
class Planner:
    """One draw at a time; who comes meanwhile waits for her turn. `within` are the seconds one draw may take;
    `process` is the one that draws, or drew last."""

    within: float = WITHIN
    process: Process | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _closed: bool = False

    async def planned(self, asked: Asked) -> Plan:
        """The plan for what is asked. Raises NotDrawn where it takes too long or the bot stops; RuntimeError where the
        process fails, which it never should."""
        async with self._turn:
            if self._closed:
                raise NotDrawn
            try:
                async with asyncio.timeout(self.within):
                    return await self._told(asked)
            except TimeoutError as late:
                raise NotDrawn from late

    async def perhaps(self, asked: Asked) -> Plan | None:
        """The same for somebody who looks on; None where it does not come to its end."""
        try:
            return await self.planned(asked)
        except NotDrawn:
            return None

    async def close(self) -> None:
        """Draw nothing more; what is being drawn ends now."""
        self._closed = True
        if self.process and self.process.returncode is None:
            self.process.kill()

    async def _told(self, asked: Asked) -> Plan:
        self.process = process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.planning", stdin=PIPE, stdout=PIPE, cwd=HERE, limit=LINE
        )
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it is gone already; its exit code says so
                await _ask(process, asked)
            pieces = await _hear(process)
            code = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if self._closed:
            raise NotDrawn
        if code:
            raise RuntimeError(f"the process that draws ended with {code}")
        return plan_of(pieces)


async def _ask(process: Process, asked: Asked) -> None:
    assert process.stdin
    for piece in asked_in_pieces(asked):
        process.stdin.write(_line(piece))
        await process.stdin.drain()
        await asyncio.sleep(0)  # others first
    process.stdin.close()


async def _hear(process: Process) -> list[Piece]:
    assert process.stdout
    pieces: list[Piece] = []
    async for line in process.stdout:
        pieces.append(json.loads(line))
        await asyncio.sleep(0)
    return pieces


def main() -> None:
    """The other process: hears what is asked, draws, and tells the plan."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked will end us
    plan = drawn(asked_of(json.loads(line) for line in sys.stdin.buffer))
    try:
        for piece in plan_in_pieces(plan):
            sys.stdout.buffer.write(_line(piece))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody listens any more


def _line(piece: Piece) -> bytes:
    return json.dumps(piece, separators=(",", ":")).encode("ascii") + b"\n"


if __name__ == "__main__":
    main()
