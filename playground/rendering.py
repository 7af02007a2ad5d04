"""Messages written down as JSON once: a long channel is read again and again while little in it changes."""

import json
from typing import Any

Json = dict[str, Any]

MOST = 50_000  # messages remembered


class Rendering:
    """Remembers how messages were written; each is compared with what it was, so nothing stale is ever told."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Json, str]] = {}

    def text(self, message: Json, author: str) -> str:
        """A message as JSON, with its author's JSON at the end."""
        ts = message["ts"]
        kept = self._kept.get(ts)
        if kept is None or kept[0] != message:
            if len(self._kept) >= MOST:
                self._kept.clear()
            kept = self._kept[ts] = (_frozen(message), json.dumps(message)[:-1])
        return f'{kept[1]}, "author": {author}}}'


def _frozen(message: Json) -> Json:
    """A copy that later changes to the message do not reach."""
    return {
        name: json.loads(json.dumps(value)) if isinstance(value, dict | list) else value
        for name, value in message.items()
    }
