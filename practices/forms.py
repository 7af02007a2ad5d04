"""What a reflection form asks, declared once: its modal, its rules, how it is kept and its page in the docs follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Visibility = Literal["me", "conveners", "circle", "unnamed", "everyone"]
LADDER: tuple[Visibility, ...] = ("me", "conveners", "circle", "unnamed", "everyone")

NAMED: tuple[Visibility, ...] = ("me", "conveners", "circle", "everyone")

Kind = Literal["line", "lines", "choice", "people", "link"]
Opens = Literal["rhythm", "anyone", "convener", "bot"]

MOST_ASKS = 9  # with who sees it, quoting and a few words it makes twelve blocks: a screen or two on a phone


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a form asks. `name` is what its answer is kept under: it never changes once people have answered."""

    name: str
    label: str
    kind: Kind = "lines"
    limit: int = 0  # characters of a line, lines or link; people at most
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()  # (kept as, as it reads)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A reflection form."""

    key: str
    title: str  # at most 24 characters: the head of a modal
    about: str  # one sentence: what it is for, in the menu
    asks: tuple[Ask, ...]
    preset: Visibility
    ladder: tuple[Visibility, ...] = NAMED
    months: int | None = None  # how long it is kept; None: until its author deletes it
    opens: Opens = "anyone"  # who brings it to people; anyone may open it who may answer it
    minutes: float = 1.5

    def ask(self, name: str) -> Ask | None:
        """The ask of this name, if there is one."""
        return next((one for one in self.asks if one.name == name), None)


# By an ask's name: what was typed is a string, what was chosen (of a list, or people) a tuple.
Answers = Mapping[str, str | tuple[str, ...]]


def choices(*labels: str) -> tuple[tuple[str, str], ...]:
    """Choices that are kept as their own words, in small letters with underscores."""
    return tuple((label.lower().replace(" ", "_").replace("'", ""), label) for label in labels)
