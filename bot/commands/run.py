"""connect to Slack and serve until SIGTERM"""

import argparse
import asyncio
import signal

import aiohttp
import structlog

from bot import log
from bot.app import Bot, build
from bot.clock import Clock, PlaygroundClock, SystemClock
from bot.config import Config, settings
from store.migrate import migrate
from workspace.gateway import Declined, NotSent, Unsure

EXAMPLE = "Example: SLACK_BOT_TOKEN=xoxb-... SLACK_APP_TOKEN=xapp-... togetherness run"


class NotLetIn(Exception):
    """The bot cannot start; the message is one line for the host."""


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
    """Start, wait for a signal, stop. Raises NotLetIn."""
    bot = build(config, await clock_of(config))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    try:
        await _start(bot)
        structlog.get_logger().info("running", mode="socket" if config.app_token else "http")
        running = asyncio.ensure_future(bot.run())
        waiting = asyncio.ensure_future(stopping.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            running.result()
        running.cancel()
    finally:
        await bot.stop()


async def clock_of(config: Config) -> Clock:
    """The machine's clock, or the playground's if we are told to follow one. Raises NotLetIn."""
    if not config.clock_url:
        return SystemClock()
    try:
        return await PlaygroundClock(config.clock_url).open()
    except aiohttp.ClientError as error:
        raise NotLetIn(f"TOGETHERNESS_CLOCK_URL: no playground answers at {config.clock_url}.") from error


async def _start(bot: Bot) -> None:
    try:
        await bot.start()
    except Declined as refusal:
        raise NotLetIn(
            f"Slack refused us ({refusal.code}). Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN on your app's page."
        ) from refusal
    except (NotSent, Unsure) as error:
        raise NotLetIn(f"Slack cannot be reached at {bot.config.api_url}. Try again in a moment.") from error
    except OSError as error:
        raise NotLetIn(f"{error}. Choose another with TOGETHERNESS_HTTP_PORT.") from error
