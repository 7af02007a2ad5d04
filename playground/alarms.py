"""What Slack itself does later by the playground's clock, such as sending an event once more."""

import asyncio
import heapq
import itertools
from collections.abc import Callable


class Alarms:
    """Each rings once its time has come, whether the clock ran there or jumped; in order, and only once."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._heap: list[tuple[float, int, Callable[[], object]]] = []
        self._number = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    def after(self, seconds: float, do: Callable[[], object]) -> None:
        """Call `do` so many seconds from now, by the playground's clock."""
        heapq.heappush(self._heap, (self._now() + seconds, next(self._number), do))
        self._wind()

    def earliest(self) -> float | None:
        """When the next one rings, in seconds since 1970."""
        return self._heap[0][0] if self._heap else None

    def ring(self) -> None:
        """Do all that is due by now."""
        while self._heap and self._heap[0][0] <= self._now() and not self._closed:
            heapq.heappop(self._heap)[2]()
        self._wind()

    def close(self) -> None:
        """None rings any more."""
        self._closed = True
        self._wind()

    def _wind(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._heap and not self._closed:
            wait = self._heap[0][0] - self._now()
            self._timer = asyncio.get_running_loop().call_later(max(0.0, wait), self.ring)
