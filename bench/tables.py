"""What a measurement gives: rows side by side, and the figures to reach."""

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure to reach, and whether it was."""

    sentence: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One measurement; every row has a value for each column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int, ...], ...]
    goals: tuple[Goal, ...] = field(default=())

    @property
    def reached(self) -> bool:
        return all(goal.reached for goal in self.goals)

    def text(self) -> str:
        """For people."""
        lines = [self.columns, *([_shown(value) for value in row] for row in self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        drawn = [
            "  ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        drawn.insert(1, "-" * (sum(widths) + 2 * (len(widths) - 1)))
        goals = [f"{'reached' if goal.reached else 'MISSED '}  {goal.sentence}" for goal in self.goals]
        return "\n".join([self.name, *drawn, *goals])

    def json(self) -> str:
        """For programs: one line."""
        return json.dumps(asdict(self) | {"reached": self.reached})


def _shown(value: str | float | int) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
