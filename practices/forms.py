"""What a reflection form asks, declared once: its modal, its rules, how it is kept and its page in the docs follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from practices.refusals import FormGone

Visibility = Literal["me", "conveners", "circle", "unnamed", "everyone"]
LADDER: tuple[Visibility, ...] = ("me", "conveners", "circle", "unnamed", "everyone")

NAMED: tuple[Visibility, ...] = ("me", "conveners", "circle", "everyone")

Kind = Literal["line", "lines", "choice", "people", "link"]
Opens = Literal["rhythm", "anyone", "convener", "bot"]

BLOCKS = 12  # of a modal: a screen or two on a phone
BESIDE = ("seen", "quote", "circle", "draft", "apart")  # what a form's modal holds beside its asks
BRING_BACK = "bring_back"  # what a choice is called by which its author has her words brought back
LONGEST = 3000  # characters of a field: Slack's limit


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
    apart: str = ""  # the form in which its words stand by themselves, without a name, where its switch is on

    @property
    def for_readers(self) -> bool:
        """Whether whoever reads the words is told its answer too; not what somebody asked of the bot for herself."""
        return (self.name, self.kind) != (BRING_BACK, "choice")


@dataclass(frozen=True, slots=True)
class Form:
    """A reflection form."""

    key: str
    title: str  # at most 24 characters: the head of a modal
    about: str  # one sentence: what it is for, in the menu
    asks: tuple[Ask, ...]
    preset: Visibility
    ladder: tuple[Visibility, ...] = LADDER
    together: bool = False  # whether what is written about a gathering is shown all at once
    seals: bool = False  # whether an answer may be sealed: then nobody can look up who wrote it
    months: int | None = None  # how long it is kept; None: until its author deletes it
    opens: Opens = "anyone"  # who brings it to people; anyone may open it who may answer it
    minutes: float = 1.5

    @property
    def most_asks(self) -> int:
        """How many asks its modal has room for, beside who sees it, quoting, the circle and two lines of ours."""
        return BLOCKS - (5 if len(self.ladder) > 1 else 4)

    @property
    def edition(self) -> str:
        """Another one as soon as it asks for something else: an open modal may be of an earlier one."""
        return sha256(repr((self.asks, self.ladder)).encode()).hexdigest()[:8]

    @property
    def link(self) -> Ask | None:
        """Where it asks for a link, if it does."""
        return next((one for one in self.asks if one.kind == "link"), None)

    def ask(self, name: str) -> Ask | None:
        """The ask of this name, if there is one."""
        return next((one for one in self.asks if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Forms:
    """A community's forms. What was written in one that is switched off can be read and changed; none is begun."""

    offered: tuple[Form, ...]
    off: tuple[Form, ...] = ()

    def named(self, key: str) -> Form | None:
        """The form of this name, switched off or not."""
        return next((one for one in (*self.offered, *self.off) if one.key == key), None)

    def for_reading(self, key: str) -> Form:
        """The form of this name, or what stands for one that is gone: its words are there all the same."""
        return self.named(key) or Form(key, "An earlier form", "", (), "me")

    def to_choose(self) -> tuple[Form, ...]:
        """Those that anybody may open at any time."""
        return tuple(one for one in self.offered if one.opens == "anyone")

    def to_reflect_on(self) -> Form | None:
        """The first of them that has room for a link to what it is about."""
        return next((one for one in self.to_choose() if one.link), None)

    def to_begin(self, key: str) -> Form:
        """One to write in. Raises FormGone."""
        return next((one for one in self.offered if one.key == key), None) or _gone()

    def to_change(self, key: str) -> Form:
        """One in which somebody is writing, or has written. Raises FormGone."""
        return self.named(key) or _gone()


def _gone() -> Form:
    raise FormGone


# By an ask's name: what was typed is a string, what was chosen (of a list, or people) a tuple.
Answers = Mapping[str, str | tuple[str, ...]]


def answers_of(kept: Mapping[str, str | list[str]]) -> Answers:
    """Answers as they come out of JSON, which knows only lists."""
    return {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}


def choices(*labels: str) -> tuple[tuple[str, str], ...]:
    """Choices that are kept as their own words, in small letters with underscores."""
    return tuple((label.lower().replace(" ", "_").replace("'", ""), label) for label in labels)
