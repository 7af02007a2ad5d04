"""Slack's rate limits: how many calls of a method a workspace takes in a minute, and how fast a channel fills."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.table import row

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL = 600  # Slack says "several hundred" of what stands in no tier
UNPAGED_COST = 2  # Slack is stricter with who asks for a whole list at once, without saying by how much
CHANNEL_PER_SECOND, CHANNEL_BURST = 1.0, 5.0

MOST_BUCKETS = 10_000  # then those that must be full again are let go
FULL_AFTER = 60.0  # seconds

Now = Callable[[], float]


@dataclass(slots=True)
class _Bucket:
    tokens: float
    since: float


class Limits:
    """Token buckets by real time. `scale` makes them wider than Slack's: 2 is twice as many; 0 is no limit."""

    def __init__(self, scale: float, now: Now) -> None:
        self.scale = scale
        self._now = now
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def __len__(self) -> int:
        """How many buckets are kept."""
        return len(self._buckets)

    def wait(self, team: str, app: str, method: str, args: dict[str, object]) -> int:
        """Whole seconds that this call has come too early; 0 lets it through and counts it."""
        if not self.scale:
            return 0
        found = row(method)
        if found is None or found.tier is None:
            return 0
        per_minute = PER_MINUTE[found.tier] if isinstance(found.tier, int) else SPECIAL
        cost = UNPAGED_COST if "cursor" in found.args and not args.get("limit") else 1
        early = self._take((team, app, method), per_minute / 60, float(per_minute), cost)
        if not early and method == "chat.postMessage":
            channel = str(args.get("channel", ""))
            early = self._take((team, app, method, channel), CHANNEL_PER_SECOND, CHANNEL_BURST, 1)
        return math.ceil(early)

    def _take(self, key: tuple[str, ...], per_second: float, most: float, cost: float) -> float:
        now = self._now()
        rate, most = per_second * self.scale, most * self.scale
        if len(self._buckets) > MOST_BUCKETS:
            self._let_go(now)
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        bucket.tokens = min(most, bucket.tokens + (now - bucket.since) * rate)
        bucket.since = now
        if bucket.tokens < cost:
            return (cost - bucket.tokens) / rate
        bucket.tokens -= cost
        return 0.0

    def _let_go(self, now: float) -> None:
        # Every bucket is full again after a minute.
        self._buckets = {key: kept for key, kept in self._buckets.items() if now - kept.since < FULL_AFTER}
