"""When something written comes back to its author, what becomes of it then, and how its tellings hang together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from practices.forms import BRING_BACK, LADDER, NAMED, Answers, Form, Visibility
from practices.rhythm import instant
from practices.writings import Writing

DECENT = time(9), time(17)  # on her own clock
_DAY = timedelta(days=1)


def decent(now: datetime, zone: str) -> datetime:
    """Now, where it is between nine and five there; otherwise the next nine in the morning."""
    there = now.astimezone(ZoneInfo(zone))
    if DECENT[0] <= there.time() < DECENT[1]:
        return now
    return instant(there.date() + (_DAY if there.time() >= DECENT[1] else timedelta()), DECENT[0], zone)


def let_be(writing: Writing) -> Writing:
    """The same, not to be brought back any more."""
    answers: Answers = {name: one for name, one in writing.answers.items() if name != BRING_BACK}
    return replace(writing, answers=answers, returns_at=None, revision=writing.revision + 1)


def offered_to(form: Form, old: Writing) -> Visibility:
    """Who sees a new telling, as long as its author chooses nothing else: never more than who could read the old one
    and knew it was hers. Widening it is her own step."""
    knew: Visibility = old.visibility if old.visibility in NAMED else "me"
    return min(form.preset, knew, key=LADDER.index)


def tellings(one: Writing, found: Sequence[Writing]) -> list[Writing]:
    """Every telling of the story that this is one of, oldest first."""
    known = {each.id: each for each in found} | {one.id: one}
    first = _first(one, known)
    return sorted(
        (each for each in known.values() if _first(each, known) == first),
        key=lambda each: (each.written_at, each.id),
    )


def _first(one: Writing, known: dict[str, Writing]) -> str:
    """The id of the oldest telling; of the oldest that is left, where an older one was deleted."""
    seen = {one.id}
    while one.retells and one.retells not in seen:
        seen.add(one.retells)
        if one.retells not in known:
            return one.retells
        one = known[one.retells]
    return one.id
