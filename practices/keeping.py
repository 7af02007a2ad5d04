"""Until when it is kept what members gave."""

from calendar import monthrange
from datetime import date, datetime, timedelta

DRAFT_KEPT = timedelta(days=7)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def until(months: int | None, since: date) -> date | None:
    """The day on which it goes what is kept for so many months; None: when its author deletes it."""
    return months_after(since, months) if months else None


def draft_until(now: datetime) -> date:
    """The day on which a draft goes: it has lain there for a whole week then."""
    return (now + DRAFT_KEPT + timedelta(days=1)).date()
