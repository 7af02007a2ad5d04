"""connect to Slack and serve until SIGTERM"""

import argparse
import asyncio
import signal
from contextlib import AsyncExitStack, suppress

import structlog

from bot import log
from bot.app import NotLetIn, build
from bot.clock import Clock, NoClock, PlaygroundClock, SystemClock
from bot.config import WHERE, Config, about, settings
from store.migrate import migrate

EXAMPLE = "Example: SLACK_BOT_TOKEN=xoxb-... SLACK_APP_TOKEN=xapp-... togetherness run"


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def execute(chosen: argparse.Namespace) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    del chosen
    config = settings()
    log.start(config)
    migrate(config.database_url, structlog.get_logger().info)
    asyncio.run(serve(config))


async def serve(config: Config) -> None:
    """Start, wait for a signal, stop: a signal ends the start as well. Raises NotLetIn, NotKept."""
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    structlog.get_logger().info("starting")
    async with AsyncExitStack() as opened:
        work = asyncio.ensure_future(_work(config, opened))
        waiting = asyncio.ensure_future(stopping.wait())
        await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def _work(config: Config, opened: AsyncExitStack) -> None:
    """Start, and run; whoever waits closes what was opened."""
    clock = await clock_of(config)
    opened.push_async_callback(clock.close)
    bot = build(config, clock)
    opened.push_async_callback(bot.stop)
    await bot.start()
    structlog.get_logger().info("running", mode="socket" if config.app_token else "http")
    await bot.run()


async def clock_of(config: Config) -> Clock:
    """The machine's clock, or the playground's if we are told to follow one. Raises NotLetIn."""
    if not config.clock_url:
        return SystemClock()
    try:
        return await PlaygroundClock(config.clock_url).open()
    except NoClock as error:
        raise NotLetIn(
            f"TOGETHERNESS_CLOCK_URL: no playground answers at {config.clock_url}. {about('clock_url')} {WHERE}"
        ) from error
