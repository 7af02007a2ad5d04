"""Reads a community's own forms from the text of a file; whatever is wrong is told by its line and its field."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, get_args

from practices.forms import BESIDE, LADDER, LONGEST, NAMED, Ask, Form, Forms, Kind

NAME = re.compile(r"[a-z][a-z0-9_]{0,29}", re.ASCII)
ALWAYS = ("checkin",)  # a circle's rhythm asks it: there is nothing to switch off here
MOST_FORMS, MOST_TOLD = 20, 10
LARGEST = 100_000  # characters of a file
AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

Path = tuple[str | int, ...]  # to a field: ("form", 0, "ask", 2, "limit")


class FormsWrong(Exception):
    """A file of forms that cannot be used. `sentences` say what to change, each with its line."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(f"{len(self.sentences)} things")


@dataclass(frozen=True, slots=True)
class Rule:
    """What may stand in a field."""

    expected: str
    holds: Callable[[Any], bool]
    needed: bool = False


def _line_of(most: int) -> Callable[[Any], bool]:
    return lambda it: isinstance(it, str) and it.strip() == it != "" and len(it) <= most and it.isprintable()


def _whole(most: int) -> Callable[[Any], bool]:
    return lambda it: type(it) is int and 1 <= it <= most


def _name(it: Any) -> bool:
    return isinstance(it, str) and NAME.fullmatch(it) is not None


def _choices(it: Any) -> bool:
    values, labels = (list(it), list(it.values())) if isinstance(it, dict) else (it, it)
    right = isinstance(labels, list) and 2 <= len(labels) <= 20 and all(map(_line_of(75), labels))
    return right and len(set(labels)) == len(labels) and (not isinstance(it, dict) or all(map(_name, values)))


NAMES = "a name of small letters, digits and _, at most 30, that begins with a letter"
FIELDS = {
    "key": Rule(NAMES, _name, needed=True),
    "title": Rule("1 to 24 characters on one line", _line_of(24), needed=True),
    "about": Rule("a sentence of at most 150 characters, on one line", _line_of(150), needed=True),
    "preset": Rule(f"one of {', '.join(LADDER)}", lambda it: it in LADDER, needed=True),
    "ladder": Rule(
        f"a list with some of {', '.join(LADDER)}, each once",
        lambda it: (
            isinstance(it, list) and bool(it) and all(it.count(one) == 1 and one in LADDER for one in it)
        ),
    ),
    "months": Rule(
        "a whole number from 1 to 120, or left out: kept until its author deletes it", _whole(120)
    ),
    "minutes": Rule("a number from 0.5 to 60", lambda it: type(it) in (int, float) and 0.5 <= it <= 60),
    "ask": Rule(
        "one or more [[form.ask]]",
        lambda it: isinstance(it, list) and bool(it) and all(isinstance(one, dict) for one in it),
        needed=True,
    ),
}
ASKED = {
    "name": Rule(NAMES, lambda it: _name(it) and it not in BESIDE, needed=True),
    "label": Rule("1 to 75 characters on one line", _line_of(75), needed=True),
    "kind": Rule(f"one of {', '.join(get_args(Kind))}", lambda it: it in get_args(Kind)),
    "limit": Rule(f"a whole number from 1 to {LONGEST}", _whole(LONGEST)),
    "required": Rule("true or false", lambda it: isinstance(it, bool)),
    "choices": Rule(
        '2 to 20 different labels of at most 75 characters, ["Yes", "No"] or {yes = "Yes", no = "No"}',
        _choices,
    ),
    "hint": Rule("1 to 150 characters on one line", _line_of(150)),
}
TOP = {
    "off": Rule("a list of keys of built-in forms", lambda it: isinstance(it, list)),
    "form": Rule(
        f"at most {MOST_FORMS} [[form]]",
        lambda it: (
            isinstance(it, list) and len(it) <= MOST_FORMS and all(isinstance(one, dict) for one in it)
        ),
    ),
}


def read(text: str, built_in: Sequence[Form]) -> Forms:
    """A community's forms: the built-in ones without those it switches off, and its own. Raises FormsWrong."""
    lines = text.split("\n")
    if len(text) > LARGEST:
        raise FormsWrong([f"The file has more than {LARGEST} characters: forms need far fewer."])
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = AT.search(said)
        line = int(at[1]) if at and at[1] else len(lines)
        raise FormsWrong([f"Line {line}: this is not TOML ({AT.sub('', said)})."]) from None
    reading = _Reading(lines)
    reading.table(declared, (), TOP, "the file")
    off = declared.get("off", []) if reading.right else []
    keys = [one.key for one in built_in]
    for key in off:
        if key not in keys or key in ALWAYS:
            can = ", ".join(one for one in keys if one not in ALWAYS)
            reading.wrong(("off",), f"“off” names {key!r}, which cannot be switched off; these can: {can}")
    own = list(_own(declared.get("form", []), keys, reading)) if reading.right else []
    if reading.told:
        raise FormsWrong(reading.sentences())
    kept = tuple(one for one in built_in if one.key not in off)
    return Forms((*kept, *own), tuple(one for one in built_in if one.key in off))


@dataclass(slots=True)
class _Reading:
    """What has been found wrong so far."""

    lines: list[str]
    told: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not self.told

    def wrong(self, at: Path, sentence: str) -> None:
        self.told.append((at, sentence))

    def table(self, given: Mapping[str, Any], at: Path, rules: Mapping[str, Rule], of: str) -> bool:
        """Look at each field of a table; whether all are right."""
        before = len(self.told)
        for name, value in given.items():
            if name not in rules:
                near = get_close_matches(name, list(rules), n=1, cutoff=0.0)[0]
                self.wrong((*at, name), f"“{name}” is no field of {of}: perhaps “{near}” is meant")
            elif not rules[name].holds(value):
                self.wrong((*at, name), f"“{name}” of {of} should be {rules[name].expected}")
        for name, rule in rules.items():
            if rule.needed and name not in given:
                self.wrong(at, f"“{name}” of {of} is missing; it should be {rule.expected}")
        return len(self.told) == before

    def sentences(self) -> list[str]:
        """Each with its line, in the order of the file."""
        placed = sorted((_line(self.lines, at), sentence) for at, sentence in self.told)
        more = [f"And {len(placed) - MOST_TOLD} more."] if len(placed) > MOST_TOLD else []
        return [f"Line {line}: {sentence}." for line, sentence in placed[:MOST_TOLD]] + more


def _own(found: Sequence[Mapping[str, Any]], taken: Collection[str], reading: _Reading) -> Iterator[Form]:
    keys = list(taken)
    for number, given in enumerate(found):
        at: Path = ("form", number)
        if not reading.table(given, at, FIELDS, "a form"):
            continue
        if given["key"] in keys:
            reading.wrong((*at, "key"), f"“key” of a form should be its own, and {given['key']} is taken")
        keys.append(given["key"])
        asks = tuple(_asks(given["ask"], (*at, "ask"), reading))
        form = Form(
            key=given["key"],
            title=given["title"],
            about=given["about"],
            asks=asks,
            preset=given["preset"],
            ladder=tuple(one for one in LADDER if one in given.get("ladder", NAMED)),
            months=given.get("months"),
            minutes=given.get("minutes", 1.5),
        )
        if form.preset not in form.ladder:
            reading.wrong(
                (*at, "preset"), f"“preset” of a form should be in its “ladder”: {form.preset} is not"
            )
        if len(given["ask"]) > form.most_asks:
            reading.wrong(
                (*at, "ask", form.most_asks), f"“ask” of a form fits {form.most_asks} times, not more"
            )
        yield form


def _asks(found: Sequence[Mapping[str, Any]], at: Path, reading: _Reading) -> Iterator[Ask]:
    names: list[str] = []
    for number, given in enumerate(found):
        here: Path = (*at, number)
        if not reading.table(given, here, ASKED, "an ask"):
            continue
        if given["name"] in names:
            reading.wrong(
                (*here, "name"), f"“name” of an ask should be its own, and {given['name']} is taken"
            )
        names.append(given["name"])
        kind = given.get("kind", "lines")
        for name, wanted in (("choices", kind == "choice"), ("limit", kind != "choice")):
            if (name in given) is not wanted:
                should = "needs" if wanted else "has no"
                reading.wrong(
                    (*here, name) if name in given else here, f"an ask of kind {kind} {should} “{name}”"
                )
        if kind == "people" and given.get("limit", 1) > 10:
            reading.wrong((*here, "limit"), "“limit” of an ask for people should be at most 10")
        yield Ask(
            name=given["name"],
            label=given["label"],
            kind=kind,
            limit=given.get("limit", 0),
            required=given.get("required", False),
            choices=_kept_as(given.get("choices", [])),
            hint=given.get("hint", ""),
        )


def _kept_as(given: Sequence[str] | Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if isinstance(given, Mapping):
        return tuple(given.items())
    return tuple((label, label) for label in given)


def _line(lines: Sequence[str], at: Path) -> int:
    """The line where the field begins: after the longest beginning of the file that is TOML and lacks it."""

    def has(count: int) -> bool:
        return _holds(_beginning(lines, count)[1], at)

    ends = bisect_left(range(len(lines)), True, key=has)
    return _beginning(lines, ends - 1)[0] + 1 if ends else 1


def _beginning(lines: Sequence[str], count: int) -> tuple[int, dict[str, Any]]:
    """The longest beginning of at most so many lines that is TOML, and what it holds."""
    for length in range(count, 0, -1):
        try:
            return length, tomllib.loads("\n".join(lines[:length]))
        except tomllib.TOMLDecodeError:
            continue
    return 0, {}


def _holds(found: Any, at: Path) -> bool:
    for step in at:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True
