"""What went over the wire, newest last, for the page's inspector and for tests."""

import json
from collections import deque
from typing import Any

from playground.clock import Clock
from playground.hints import Hints

Json = dict[str, Any]

KEPT = 1000
MOST_BYTES = 16_000_000  # in all bodies and answers, which are ASCII


class Written(str):
    """A body that is JSON already."""

    __slots__ = ()


class WireLog:
    """The last 1000 exchanges, fewer where they are long. `in` is a call to Slack, `out` a delivery from it."""

    def __init__(self, clock: Clock, hints: Hints) -> None:
        self._clock = clock
        self._hints = hints
        self._entries: deque[Json] = deque()
        self._bytes = 0
        self._n = 0

    def add(
        self, direction: str, what: str, *, ok: bool, ms: float, body: Any, answer: Any, **more: Any
    ) -> None:
        """Keep one exchange, as text, since the messages in it may change later; `more` as it is."""
        self._n += 1
        self._keep(
            {
                "n": self._n,
                "at": self._clock.now().isoformat(),
                "direction": direction,
                "what": what,
                "ok": ok,
                "ms": round(ms, 2),
                **more,
                "body": str(body) if isinstance(body, Written) else json.dumps(body),
                "answer": json.dumps(answer),
            }
        )
        self._hints.changed("log")

    def _keep(self, entry: Json) -> None:
        self._entries.append(entry)
        self._bytes += _length(entry)
        while len(self._entries) > KEPT or (self._bytes > MOST_BYTES and len(self._entries) > 1):
            self._bytes -= _length(self._entries.popleft())

    def entries(self, after: int = 0) -> list[Json]:
        """The entries newer than number `after`."""
        newer = [entry for entry in self._entries if entry["n"] > after]
        return [{**e, "body": json.loads(e["body"]), "answer": json.loads(e["answer"])} for e in newer]


def _length(entry: Json) -> int:
    return len(entry["body"]) + len(entry["answer"])
