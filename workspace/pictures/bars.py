"""Bars one under the other: each says in words what it is, and how many."""

from collections.abc import Sequence

from workspace.pictures.drawing import MARGIN, NORMAL, PATTERNS, SMALL, WIDTH, Picture, Sheet
from workspace.pictures.sentences import whole

THICK = 34  # px


def bars(name: str, title: str, rows: Sequence[tuple[str, int]], note: str = "") -> Picture:
    """`rows` are (what, how many), at least one; `note` stands below them."""
    sheet = Sheet()
    sheet.heading(title)
    most = max(count for _, count in rows) or 1
    for n, (what, count) in enumerate(rows):
        sheet.paragraph(what, NORMAL)
        width = max(6.0, (WIDTH - 2 * MARGIN - 80) * count / most)
        sheet.box(MARGIN, sheet.y + 4, width, THICK, PATTERNS[n % len(PATTERNS)])
        sheet.words(str(count), MARGIN + width + 14, sheet.y + 4 + THICK * 0.78, NORMAL, bold=True)
        sheet.y += THICK + 22
    if note:
        sheet.paragraph(note, SMALL)
    told = ". ".join(f"{what}: {count}" for what, count in rows)
    return Picture(name, title, whole(f"{title}. {told}."), sheet.svg())
