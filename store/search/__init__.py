"""Finds what was said, for those who may read it and nobody else; one function, two engines, the same answers."""

from store.search.pages import COUNTED, count, search
from store.search.threads import thread

__all__ = ["COUNTED", "count", "search", "thread"]
