"""What one member's own page shows: a value put together in one look."""

from dataclasses import dataclass
from datetime import datetime

from practices.model import Circle, Prompt
from practices.writings import Locked, Writing

NEWEST = 5  # of what she wrote


@dataclass(frozen=True, slots=True)
class Page:
    """What is there for one member, as far as the bot keeps it."""

    member: str
    zone: str
    now: datetime
    prompts: tuple[Prompt, ...]  # open in her channels
    answered: frozenset[str]  # those of them that she has answered
    circles: tuple[Circle, ...]  # of her channels
    newest: tuple[Writing | Locked, ...]  # what she wrote, newest first
    written: int  # all of it
    returning: int  # of it, marked to be brought back
    returns_at: datetime | None  # the next of these
    never: bool  # she keeps her words out of the memory


def convened(page: Page) -> tuple[Circle, ...]:
    """The circles she convenes."""
    return tuple(one for one in page.circles if page.member in one.conveners)


def joined(page: Page) -> tuple[Circle, ...]:
    """The others."""
    return tuple(one for one in page.circles if page.member not in one.conveners)
