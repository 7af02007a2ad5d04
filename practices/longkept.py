"""What an author has kept for two years or longer: when she is asked about it. Nothing of it goes by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from practices.keeping import HERS_MONTHS, months_after

BETWEEN_MONTHS = 12  # two questions to the same person at least


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody is asked about on a day: how many things, and since when she has had the oldest."""

    community: str
    member: str
    on: date
    many: int
    oldest: datetime


def again(today: date) -> date:
    """From when she may be asked again about what she is asked about now."""
    return months_after(today, HERS_MONTHS)


def not_before(today: date) -> date:
    """From when she may be asked about anything else."""
    return months_after(today, BETWEEN_MONTHS)


def later(today: date) -> date:
    """When it is tried again to ask somebody who cannot be asked now."""
    return months_after(today, 1)
