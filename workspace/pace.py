"""How fast Slack may be spoken to: a message a second in a channel, and so many direct messages opened a minute."""

from dataclasses import dataclass, field
from math import ceil

PER_SECOND, BURST = 1.0, 2.0  # messages in a channel
PER_MINUTE, AT_ONCE = 45.0, 30.0  # direct messages that are opened; Slack takes 50 of them in a minute
SOON = 0.05  # s: as good as now
MOST_TURNS, LONG_PAST = 50_000, 3600.0  # s
OPENS = ""  # in the place of a channel


@dataclass(slots=True)
class Pace:
    """A token bucket for each channel, and one for all that are opened. Moments are seconds, monotonic."""

    per_second: float = PER_SECOND
    burst: float = BURST
    per_minute: float = PER_MINUTE
    at_once: float = AT_ONCE
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _turns: dict[str, float] = field(default_factory=dict)  # by message: when it may open one
    _held: float = 0.0  # until when none is opened

    def wait(self, key: str, now: float) -> float:
        """Take a token at `now`; says how many seconds to wait before using it."""
        return self._take(key, self.per_second, self.burst, now)

    def opening(self, message: str, now: float) -> float:
        """How many seconds this message has to wait before it may open direct messages; 0, and it may now. Whoever
        asks again keeps her turn."""
        turn = self._turns.pop(message, None)
        if turn is None:
            turn = now + self._take(OPENS, self.per_minute / 60, self.at_once, now)
        turn = max(turn, self._held)
        if turn - now < SOON:
            return 0.0
        if len(self._turns) >= MOST_TURNS:  # of messages that were taken back
            self._turns = {one: at for one, at in self._turns.items() if at > now - LONG_PAST}
        self._turns[message] = turn
        return turn - now

    def hold(self, seconds: float, now: float) -> None:
        """Slack asks us to open none for so long."""
        self._held = max(self._held, now + seconds)

    def hurry(self) -> None:
        """Hold up nobody, where weeks pass in a second."""
        self.burst = self.at_once = 100_000.0

    def reset(self) -> None:
        """Begin again, at Slack's own pace."""
        self.burst, self.at_once, self._held = BURST, AT_ONCE, 0.0
        self._buckets.clear()
        self._turns.clear()

    def _take(self, key: str, per_second: float, burst: float, now: float) -> float:
        tokens, since = self._buckets.get(key, (burst, now))
        tokens = min(burst, tokens + (now - since) * per_second) - 1
        self._buckets[key] = (tokens, now)
        return max(0.0, -tokens / per_second)


def minutes_to_open(many: int) -> int:
    """About how long it takes to open so many; 0 where it is less than a minute."""
    minutes = max(0.0, many - AT_ONCE) / PER_MINUTE
    return ceil(minutes) if minutes >= 1 else 0
