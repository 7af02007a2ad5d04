"""Numbers messages in the order of their time, so that the newest are found first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from store.search import index

AT_ONCE = 5_000  # ids that are looked up together
ROUND = 8  # ids looked at beyond one that is taken


@dataclass(slots=True)
class Taken:
    """Which ids are taken; each points on to one that may be free, so that a burst of messages is no burden."""

    connection: Connection
    onward: dict[int, int] = field(default_factory=dict)
    looked: set[int] = field(default_factory=set)

    def free(self, times: Sequence[int]) -> list[int]:
        """A free id for each of these times (microseconds), nearest above its eighth of a second."""
        wanted = [index.earliest_id(us) for us in times]
        self.look(wanted)
        doubled = {one for one, many in Counter(wanted).items() if many > 1} | self.onward.keys()
        self.look([one + step for one in doubled for step in range(1, ROUND)])
        return [self.take(one) for one in wanted]

    def look(self, ids: Sequence[int]) -> None:
        """See which of these are taken."""
        self.looked.update(ids)
        for start in range(0, len(ids), AT_ONCE):
            for one in index.taken_ids(self.connection, ids[start : start + AT_ONCE]):
                self.onward.setdefault(one, one + 1)

    def take(self, wanted: int) -> int:
        """The wanted id, or the next free one."""
        id_ = self._end(wanted)
        while id_ not in self.looked:
            self.look(range(id_, id_ + 8 * ROUND))
            id_ = self._end(id_)
        self.onward[id_] = id_ + 1
        return id_

    def _end(self, id_: int) -> int:
        passed = []
        while id_ in self.onward:
            passed.append(id_)
            id_ = self.onward[id_]
        for one in passed:
            self.onward[one] = id_
        return id_
