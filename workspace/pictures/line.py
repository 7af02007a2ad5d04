"""A line over time: each week a dot, its number beside it where there is room."""

from collections.abc import Sequence

from workspace.pictures.drawing import MARGIN, SMALL, WIDTH, Picture, Sheet
from workspace.pictures.sentences import whole

TALL, ROOM = 300, 13  # px; dots that can all carry their number


def line(name: str, title: str, points: Sequence[tuple[str, int]], *, mark: int, marked: str) -> Picture:
    """`points` are (when, how many), oldest first, at least one; a dashed line at `mark` says `marked`."""
    sheet = Sheet()
    sheet.heading(title)
    values = [value for _, value in points]
    top = max(*values, mark) + 1
    left, right, foot = MARGIN + 44, WIDTH - MARGIN - 20, sheet.y + TALL + 30

    def at(n: int) -> float:
        return left + (right - left) * (n / (len(points) - 1) if len(points) > 1 else 0.5)

    def up(value: int) -> float:
        return foot - TALL * value / top

    sheet.path([(left - 14, foot), (right + 20, foot)], width=3)
    sheet.words("0", left - 24, foot + 8, SMALL, anchor="end")
    sheet.path([(left - 14, up(mark)), (right + 20, up(mark))], width=2, dashed=True)
    sheet.words(str(mark), left - 24, up(mark) + 8, SMALL, anchor="end")
    sheet.path([(at(n), up(value)) for n, value in enumerate(values)])
    numbered = range(len(values)) if len(values) <= ROOM else _telling(values)
    for n, value in enumerate(values):
        sheet.dot(at(n), up(value))
        if n in numbered:
            sheet.words(str(value), at(n), up(value) - 16, SMALL, anchor="middle", bold=True)
    sheet.words(points[0][0], left - 14, foot + 38, SMALL)
    if len(points) > 1:
        sheet.words(points[-1][0], right + 20, foot + 38, SMALL, anchor="end")
    sheet.y = foot + 52
    sheet.paragraph(marked, SMALL)
    told = ". ".join(f"{when}: {value}" for when, value in points)
    return Picture(name, title, whole(f"{title}. {told}."), sheet.svg())


def _telling(values: Sequence[int]) -> set[int]:
    """The first, the last, the highest and the lowest."""
    return {0, len(values) - 1, values.index(max(values)), values.index(min(values))}
