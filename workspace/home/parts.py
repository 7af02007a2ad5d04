"""The parts of somebody's own page, and how they share the room that Slack gives: a hundred blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workspace.blocks import Block, context, divider, header

LIMIT = 100  # blocks, Slack's limit
CALM = 10  # rows of one part, where it says nothing else

Row = Sequence[Block]  # the blocks of one thing: shown all, or not at all


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its head, what always stands in it, and rows of which as many are shown as there is room for."""

    title: str
    above: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()
    below: tuple[Block, ...] = ()
    most: int = CALM  # rows
    more: Block = field(
        default_factory=dict
    )  # stands in the place of the rows that do not fit; a line if left out

    @property
    def fixed(self) -> int:
        """How many blocks it has whatever happens: its head, a line under it, and one for what does not fit."""
        return 2 + len(self.above) + len(self.below) + bool(self.rows)


def laid_out(parts: Sequence[Part], foot: Block) -> list[Block]:
    """All parts with their rows, at most 100 blocks: the parts take turns, a row each, until there is no room."""
    room = LIMIT - 1 - sum(part.fixed for part in parts)
    shown = [0] * len(parts)
    while True:
        before = room
        for number, part in enumerate(parts):
            row = part.rows[shown[number] : min(shown[number] + 1, part.most)]
            if row and len(row[0]) <= room:
                shown[number] += 1
                room -= len(row[0])
        if room == before:
            break
    return [*(block for part, most in zip(parts, shown, strict=True) for block in _told(part, most)), foot]


def _told(part: Part, most: int) -> list[Block]:
    rows = [block for row in part.rows[:most] for block in row]
    left = len(part.rows) - most
    rest = [part.more or context(f"And {left} more.")] if left else []
    return [header(part.title), *part.above, *rows, *rest, *part.below, divider()]
