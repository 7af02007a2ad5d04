"""Bars in parts, one under the other: each part with its pattern, and beneath them the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from workspace.pictures.drawing import MARGIN, PATTERNS, SMALL, WIDTH, Picture, Sheet
from workspace.pictures.sentences import LONGEST, whole

THICK = 30  # px
FROM_LEAST = ("empty", "dotted", "slanted", "full", "across")  # by the step of a ladder


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: when it was, and its parts (what, how many, which step it begins at)."""

    when: str
    parts: Sequence[tuple[str, int, int]]
    heard: str = ""  # the same moment in fewer letters


def stacks(name: str, title: str, rows: Sequence[tuple[str, Sequence[Stack]]]) -> Picture:
    """`rows` are (what was asked, a bar for each time, newest first). Whoever cannot see it hears every bar that is
    drawn: of what is longer than that, the earliest bars are drawn no more."""
    assert set(FROM_LEAST) == set(PATTERNS)
    rows, told = _sayable(title, rows)
    sheet = Sheet()
    sheet.heading(title)
    for asked, bars in rows:
        sheet.paragraph(asked, bold=True)
        for one in bars:
            sheet.paragraph(one.when, SMALL)
            _bar(sheet, one)
            sheet.paragraph(_said(one), SMALL)
            sheet.y += 10
        sheet.y += 14
    return Picture(name, title, told, sheet.svg())


def _sayable(
    title: str, rows: Sequence[tuple[str, Sequence[Stack]]]
) -> tuple[Sequence[tuple[str, Sequence[Stack]]], str]:
    """As many times as can be said, and what is said."""
    most = max(len(bars) for _, bars in rows)
    for times in range(most, 0, -1):
        shown = [(asked, bars[:times]) for asked, bars in rows]
        told = ". ".join(f"{asked}: " + "; ".join(map(_heard, bars)) for asked, bars in shown)
        if len(f"{title}. {told}.") <= LONGEST:
            break
    return shown, whole(f"{title}. {told}.")


def _heard(one: Stack) -> str:
    return f"{one.heard or one.when}, " + ", ".join(
        f"{count} {_within(what)}" for what, count, _ in one.parts
    )


def _within(what: str) -> str:
    """An answer's words in the middle of a sentence."""
    return what if what.startswith(("I ", "I'")) else what[:1].lower() + what[1:]


def _bar(sheet: Sheet, one: Stack) -> None:
    total = sum(count for _, count, _ in one.parts)
    x = float(MARGIN)
    for _, count, step in one.parts:
        width = (WIDTH - 2 * MARGIN) * count / total
        sheet.box(x, sheet.y + 2, width, THICK, FROM_LEAST[step % len(FROM_LEAST)])
        x += width
    sheet.y += THICK + 6


def _said(one: Stack) -> str:
    return ", ".join(f"{what}: {count}" for what, count, _ in one.parts)
