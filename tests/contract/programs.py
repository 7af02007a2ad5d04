"""Programs beside the tests that say what they did, one line of JSON each."""

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from playground.people import Installation
from playground.server import Playground

HERE = Path(__file__).parent
NODE = HERE.parent / "node"
WITHIN = 30.0  # s; the machine may be busy with other things

Json = dict[str, Any]


class Program:
    """A running program and what it has said so far."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.said: list[Json] = []
        self.ended = False
        self._more = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout
        async for line in self.process.stdout:
            async with self._more:
                self.said.append(json.loads(line))
                self._more.notify_all()
        async with self._more:
            self.ended = True
            self._more.notify_all()

    async def did(self, what: str, /, **more: Any) -> Json:
        """Wait until it has said that it did this, with these values; answers the whole line."""
        wanted = {"did": what, **more}.items()

        def found() -> Json | None:
            return next((line for line in self.said if wanted <= line.items()), None)

        with suppress(TimeoutError):
            async with self._more, asyncio.timeout(WITHIN):
                await self._more.wait_for(lambda: found() or self.ended)
        done = found()
        assert done, f"it has not {what} {more}; it said {self.said}"
        return done

    def nudge(self) -> None:
        """Send it an empty line."""
        assert self.process.stdin
        self.process.stdin.write(b"\n")

    async def end(self) -> None:
        """Let it end by itself, or end it."""
        assert self.process.stdin
        self.process.stdin.close()
        try:
            await asyncio.wait_for(self.process.wait(), WITHIN)
        finally:
            if self.process.returncode is None:
                self.process.kill()
                await self.process.wait()
            await self._reader


@asynccontextmanager
async def running(*command: str, **settings: Any) -> AsyncIterator[Program]:
    """Run a program with settings as JSON in STRANGER."""
    environment = {**os.environ, "STRANGER": json.dumps(settings)}
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment)
    program = Program(process)
    try:
        yield program
    finally:
        await program.end()


def node(script: str) -> tuple[str, str]:
    """The command that runs a script of tests/node."""
    found = shutil.which("node")
    assert found, "These tests need Node 18 or newer; `make test` says how to get it."
    assert (NODE / "node_modules").exists(), "Run `make test` once: it installs Slack's Node packages."
    return found, str(NODE / script)


def stranger(language: str) -> tuple[str, str]:
    """The command that runs the small app in this language: `py` or `js`."""
    return node("stranger.js") if language == "js" else (sys.executable, str(HERE / "stranger.py"))


def settings(playground: Playground, app: Installation, mode: str, channel: str) -> Json:
    """What a stranger has to know."""
    return {
        "mode": mode,
        "apiUrl": playground.api_url,
        "token": app.bot_token,
        "appToken": app.app.app_token,
        "signingSecret": app.app.signing_secret,
        "channel": channel,
    }
