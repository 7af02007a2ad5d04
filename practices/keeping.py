"""Until when it is kept what members gave."""

from calendar import monthrange
from datetime import date, datetime, timedelta

ANSWERS_MONTHS = 12  # what is said to a circle's question, where the circle says nothing else
ANSWERS_CHOICES = (
    3,
    6,
    12,
    24,
    36,
)  # of circles: four questions are over before how people arrived goes with them
KEPT_CHOICES = (6, 12, 24, 36)
KEPT_MONTHS = 36  # a thread from when it was kept, a map from when it has moved last, or was looked at
HERS_MONTHS = 24  # what is its author's to keep: after how many she is asked whether it stays
DRAFT_KEPT = timedelta(days=7)
WEATHER_KEPT = timedelta(days=90)  # how somebody arrives, as she said it; then only in sums


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


def ask_on(goes_on: date | None, now: datetime, *, named: bool) -> date | None:
    """The day from which an author may be asked whether it stays what she writes now; None where it goes by itself, or
    stands without a name: nobody looks up whose that is."""
    return months_after(now.date(), HERS_MONTHS) if named and goes_on is None else None


def kept_until(now: datetime, months: int) -> date:
    """The day on which a thread goes that is kept now, or a map that moves now or is looked at."""
    return months_after(now.date(), months)


def answers_until(day: date, months: int) -> date:
    """The day on which an answer to a circle's question goes that was given on this one."""
    return months_after(day, months)
