"""Bars in parts, one under the other: each part with its pattern, and beneath them the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from workspace.pictures.drawing import MARGIN, PATTERNS, SMALL, WIDTH, Picture, Sheet

THICK = 30  # px
MORE = "Earlier ones stand in the message, in words."
FROM_LEAST = ("empty", "dotted", "slanted", "full", "across")  # by the step of a ladder


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: when it was, and its parts (what, how many, which step it begins at)."""

    when: str
    parts: Sequence[tuple[str, int, int]]


def stacks(name: str, title: str, rows: Sequence[tuple[str, Sequence[Stack]]]) -> Picture:
    """`rows` are (what was asked, a bar for each time, newest first). What somebody hears who cannot see it is the
    newest; the words with the picture have to say all."""
    assert set(FROM_LEAST) == set(PATTERNS)
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
    told = ". ".join(f"{asked}: {_said(bars[0])}" for asked, bars in rows)
    return Picture(name, title, f"{title}. {rows[0][1][0].when}. {told}. {MORE}", sheet.svg())


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
