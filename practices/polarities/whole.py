"""A both/and map in its making, as far as it can be shown just now: what its messages are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from practices.polarities.gathering import Gathered
from practices.polarities.map import Corner, Map, Side, Standing
from practices.polarities.revealing import Wording
from practices.polarities.steps import Planned
from practices.polarities.walking import Polarity
from practices.polarities.watching import Watched


@dataclass(frozen=True, slots=True)
class Post:
    """One of a map's messages. `kind` is the state that posts it, or "lines DL" and the like, in its thread."""

    kind: str
    channel: str
    thread: str | None
    ts: str | None  # once it stands there
    changes: int  # grows whenever it is drawn again


@dataclass(frozen=True, slots=True)
class Whole:
    """A map with all that may be shown of it. Nobody who did not speak is counted."""

    polarity: Polarity
    map: Map
    people: int = 0  # have stepped in
    walked: Mapping[Corner, int] = field(default_factory=dict)  # people who wrote at a stop
    lines: Sequence[Gathered] = ()  # those that are shown
    dots: Mapping[str, int] = field(default_factory=dict)  # of each of them, by its id
    dotters: int = 0  # people who gave dots
    holders: tuple[str, ...] = ()  # their names
    circle: str = ""  # its name
    wordings: Sequence[Wording] = ()  # for its purpose and fear, once they are shown
    offered: int = 0  # people who offered wordings, while they can
    worded: int = 0  # people who gave dots to wordings, while they can
    answered: int = 0  # people who said where we are, while the first round is open
    standings: Mapping[int, Standing] = field(default_factory=dict)  # by round: 0, and each look
    planned: Sequence[Planned] = ()  # small steps and early signs
    watched: Watched = field(default_factory=Watched)

    def stood(self, number: int) -> Map:
        """The map with where the group stood in a round, and where it had stood before."""
        before = [self.standings[one] for one in sorted(self.standings) if one < number]
        now = self.standings.get(number)
        return replace(self.map, now=now, then=before[-1] if now and before else None)


def empty(polarity: Polarity) -> Map:
    """The map before anybody has written."""
    return Map(Side(polarity.left), Side(polarity.right), polarity.question, polarity.purpose, polarity.fear)
