"""Structured logs: ids, counts and codes, never anybody's words."""

import logging
import sys
import traceback
from typing import Any

import structlog

from bot.config import Config


class Others(logging.Handler):
    """What libraries log is reduced to where it happened: their messages may quote what members said."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger(record.name).log(
            record.levelno, "library", where=f"{record.module}:{record.lineno}", error=kind
        )


def start(config: Config) -> None:
    """Log as the host asked, to stderr. Safe to call twice."""
    level = logging.getLevelNamesMapping()[config.log_level.upper()]
    shape: Any = (
        structlog.processors.JSONRenderer()
        if config.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    _write(level, shape)
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, Others)] + [Others()]
    root.setLevel(logging.WARNING)
    for name in ("slack_bolt", "slack_sdk", "apscheduler", "aiohttp", "asyncio", "uvicorn", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)


def early() -> None:
    """Log to stderr as long as no settings are read: what is printed on stdout is data."""
    _write(logging.INFO, structlog.dev.ConsoleRenderer(colors=False))


def _write(level: int, shape: Any) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # as it is then
    )


def stack(error: BaseException) -> str:
    """Where an error happened, its chain included, without what it says."""
    parts = []
    link: BaseException | None = error
    while link:
        frames = traceback.extract_tb(link.__traceback__)
        places = " < ".join(
            f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}:{frame.name}" for frame in reversed(frames)
        )
        parts.append(f"{type(link).__name__} at {places}")
        link = link.__cause__
    return " | caused by ".join(parts)


early()
