"""Reads what was sent - bytes, forms, JSON - or says that it cannot be read."""

import json
import math
from typing import Any

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import BadHttpMessage

LARGEST = 8 * 1024 * 1024  # bytes


class Unreadable(ValueError):
    """What was sent is not what it says it is."""


class TooLarge(Unreadable):
    """More than `LARGEST` bytes."""


async def raw(request: web.Request) -> bytes:
    """The body, unpacked. Raises TooLarge, and Unreadable where its packing is broken."""
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise TooLarge from None
    except (web.RequestPayloadError, ClientPayloadError, BadHttpMessage) as broken:
        raise Unreadable(str(broken)) from None


async def form(request: web.Request) -> dict[str, Any]:
    """The fields of a form in several parts: texts, and FileField for files. Raises as `raw` does."""
    try:
        return dict(await request.post())
    except web.HTTPRequestEntityTooLarge:
        raise TooLarge from None
    # The last three are how aiohttp says: an unknown charset, an unknown encoding, a part without a name.
    except (
        *(web.RequestPayloadError, ClientPayloadError, BadHttpMessage),
        *(ValueError, LookupError, RuntimeError, AssertionError),
    ) as broken:
        raise Unreadable(str(broken)) from None


def parsed(text: str | bytes) -> Any:
    """What JSON means, as Slack reads it: no NaN, nothing infinite, no half of a character. Raises Unreadable."""
    try:
        if isinstance(text, bytes):
            text = text.decode()
        value = json.loads(text, parse_constant=_refused, parse_float=_finite)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as broken:
        raise Unreadable(str(broken)) from None
    return value


def _refused(constant: str) -> float:
    raise Unreadable(f"{constant} is no JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refused(digits)
