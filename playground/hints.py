"""Tells open pages that something is worth looking at again; hints that have not been sent yet are merged."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

Json = dict[str, Any]
Key = tuple[tuple[str, str], ...]

PAUSE = 0.03  # seconds between two batches, so that a storm of changes is a handful of hints


class Hints:
    """The open pages and what each still has to hear."""

    def __init__(self) -> None:
        self._pages: set[_Page] = set()
        self._closed = False

    def changed(self, what: str, **where: str | None) -> None:
        """Something changed: `messages`, `views`, `home`, `state`, `clock` or `log`, and where."""
        if not self._pages:
            return
        hint = {"what": what, **{name: value for name, value in where.items() if value}}
        for page in self._pages:
            if page.member is None or hint.get("as") in {None, page.member}:
                page.pending[tuple(hint.items())] = hint
                page.woken.set()

    async def listen(self, member: str | None) -> AsyncIterator[list[Json]]:
        """Batches of hints for one page, until the playground closes; an empty one every 15 s."""
        page = _Page(member)
        self._pages.add(page)
        try:
            while not self._closed:
                try:
                    await asyncio.wait_for(page.woken.wait(), 15)
                except TimeoutError:
                    yield []
                    continue
                page.woken.clear()
                batch, page.pending = list(page.pending.values()), {}
                if batch:
                    yield batch
                await asyncio.sleep(PAUSE)
        finally:
            self._pages.discard(page)

    def close(self) -> None:
        """End every page's stream."""
        self._closed = True
        for page in self._pages:
            page.woken.set()


class _Page:
    def __init__(self, member: str | None) -> None:
        self.member = member
        self.pending: dict[Key, Json] = {}
        self.woken = asyncio.Event()
