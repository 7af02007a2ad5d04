"""Shows how far a long piece of work is."""

import sys
from time import monotonic


class Progress:
    """How far we are, on a terminal and only there."""

    def __init__(self, what: str) -> None:
        self.done = 0
        self._what = what
        self._shown = sys.stderr.isatty()
        self._next = 0.0

    def step(self, many: int) -> None:
        self.done += many
        if self._shown and monotonic() >= self._next:
            self._next = monotonic() + 0.2
            print(f"\r\033[K{self.done:,} {self._what}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._shown = False
