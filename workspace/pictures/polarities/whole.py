"""The whole map on one sheet: four corners with their lines, the loop under them, steps and signs below.

Steps and signs stand below the map and not beside it: in columns beside it their type would be under 44 px.
"""

from dataclasses import dataclass

from practices.polarities.map import CORNERS, Corner, Map, Side
from workspace.pictures.canvas import LEAST, WIDTH, Canvas, tall
from workspace.pictures.letters import Fitted, broken, drawable, fitted
from workspace.pictures.polarities.pieces import (
    EDGE,
    FIELD,
    GUTTER,
    INK,
    INSET,
    LOOP,
    MARKS,
    NAMES,
    PALE,
    PAPER,
    POLE,
    QUIET,
    SIGNS,
    TINTS,
    laid_aside,
    legend,
    loop,
    pole,
    pole_height,
    pole_width,
    standing,
    standing_height,
    title,
)

MARK = 50  # px: for + and −
SIZES = (56, 50, LEAST)
MOST = 4  # lines in a corner
SHORTEST, TALLEST = 420, 880  # px: a corner
BETWEEN = 14  # px between lines
LONGEST = 4  # rows of one line; a line as long as it may be needs three


@dataclass(frozen=True, slots=True)
class Corners:
    """What the corners hold at one size of type, and how tall they have to be."""

    size: int
    headings: dict[Corner, tuple[str, ...]]
    lines: dict[Corner, list[Fitted]]
    more: dict[Corner, int]

    def height(self, corner: Corner, found: Map) -> float:
        """How tall this corner has to be (px)."""
        high = 2 * INSET + tall(len(self.headings[corner]), LEAST) + BETWEEN
        high += sum(tall(len(one.lines), one.size) + BETWEEN for one in self.lines[corner])
        high += tall(1, LEAST) + BETWEEN if self.more[corner] else 0
        return high + (standing_height(found.now.at(corner).stood) + BETWEEN if found.now else 0)


def drawing(found: Map, heard: str) -> str:
    """The map as SVG; `heard` is its title."""
    canvas = Canvas()
    corners = _arranged(found)
    heights = {
        half: min(TALLEST, max(SHORTEST, *(corners.height(c, found) for c in CORNERS if c[0] == half)))
        for half in "UD"
    }
    bar_width = pole_width()
    bars = pole_height((found.left.pole, found.right.pole), bar_width, NAMES)
    top = title(canvas, laid_aside(canvas, 20, found.stopped), "Why we need both", found.purpose, "U") + 24
    bar = top + heights["U"] + 14
    low = bar + bars + 14
    places = {
        c: (EDGE if c[1] == "L" else EDGE + FIELD + GUTTER, top if c[0] == "U" else low) for c in CORNERS
    }
    for corner, (x, y) in places.items():
        canvas.box(x, y, FIELD, heights[corner[0]], TINTS[corner[0]])
    rooms = {half: heights[half] + bars / 2 - 24 for half in "UD"}
    path = loop(WIDTH / 2, bar + bars / 2, WIDTH / 2 - 90, rooms, found.now)
    canvas.curve(path, LOOP, width=22, opacity=PALE)
    for half in "UD":
        for corner in (c for c in CORNERS if c[0] == half):
            _corner(canvas, corners, found, corner, (*places[corner], heights[half]))
        if half == "U":
            pole(canvas, (EDGE, bar, bar_width, bars), found.left.pole, NAMES)
            middle = bar + bars / 2 - 56 * 0.61
            canvas.words(["and"], WIDTH / 2, middle, 56, POLE, bold=True, anchor="middle")
            pole(canvas, (WIDTH - EDGE - bar_width, bar, bar_width, bars), found.right.pole, NAMES)
    y = title(canvas, low + heights["D"] + 20, "If we lose the balance", found.fear, "D")
    y = legend(canvas, _below(canvas, found, y), _drawn(found, corners))
    return canvas.svg(y + 28, heard, paper=PAPER)


def heading(found: Map, corner: Corner) -> tuple[str, ...]:
    """A corner's heading, in full and short."""
    side, other = (found.left, found.right) if corner[1] == "L" else (found.right, found.left)
    if corner[0] == "U":
        return f"What {side.pole} gives us", "What it gives us"
    return f"Too much {side.pole}, too little {other.pole}", f"Too much {side.pole}", "Too much of it"


def _arranged(found: Map) -> Corners:
    """The largest type in which every line can stand; at the smallest, what has no room is only counted."""
    for size in SIZES:
        arranged = _at_size(found, size)
        if all(arranged.height(corner, found) <= TALLEST for corner in CORNERS):
            return arranged
    for corner in CORNERS:
        while arranged.height(corner, found) > TALLEST:
            arranged.lines[corner].pop()
            arranged.more[corner] = len(found.lines(corner)) - len(arranged.lines[corner])
    return arranged


def _at_size(found: Map, size: int) -> Corners:
    room = FIELD - 2 * INSET
    lines = {
        corner: [
            fitted(drawable(one.text), room - MARK, (size,), LONGEST) for one in found.lines(corner)[:MOST]
        ]
        for corner in CORNERS
    }
    return Corners(
        size=size,
        headings={corner: short(heading(found, corner), room) for corner in CORNERS},
        lines=lines,
        more={corner: len(found.lines(corner)) - len(lines[corner]) for corner in CORNERS},
    )


def short(headings: tuple[str, ...], room: float) -> tuple[str, ...]:
    """The first of these that stands in two lines."""
    for one in headings:
        if len(lines := broken(drawable(one), room, LEAST, bold=True)) <= 2:
            break
    return tuple(lines)


def _corner(
    canvas: Canvas, corners: Corners, found: Map, corner: Corner, box: tuple[float, float, float]
) -> None:
    x, y, height = box
    colour, left, foot = MARKS[corner[0]], x + INSET, y + height - INSET
    y = canvas.words(corners.headings[corner], left, y + INSET, LEAST, colour, bold=True) + BETWEEN
    for one in corners.lines[corner]:
        canvas.words([SIGNS[corner[0]]], left, y, one.size, colour, bold=True)
        y = canvas.words(one.lines, left + MARK, y, one.size, INK) + BETWEEN
    if more := corners.more[corner]:
        canvas.words([f"and {more} more in the thread"], left + MARK, y, LEAST, QUIET)
    if found.now:
        count = found.now.at(corner).stood
        standing(canvas, (left, foot - standing_height(count), FIELD - 2 * INSET), count, colour)


def _below(canvas: Canvas, found: Map, y: float) -> float:
    """Small steps and early signs, each pole's under its half; says where they end."""
    rows = (
        ("U", "Small steps", "›", [[one.text for one in side.steps] for side in (found.left, found.right)]),
        ("D", "Early signs", "!", [list(side.signs) for side in (found.left, found.right)]),
    )
    for half, what, mark, columns in rows:
        if not any(columns):
            continue
        y += 34
        canvas.rule(EDGE, y, WIDTH - EDGE, y, MARKS[half])
        ends = [y]
        for n, (side, told) in enumerate(zip((found.left, found.right), columns, strict=True)):
            ends.append(_column(canvas, (n, y + 20), half, f"{what}: {_named(side, half)}", mark, told))
        y = max(ends)
    return y


def _named(side: Side, half: str) -> str:
    return side.pole if half == "U" else f"too much {side.pole}"


def _column(
    canvas: Canvas, place: tuple[int, float], half: str, heading: str, mark: str, told: list[str]
) -> float:
    n, y = place
    x = EDGE + INSET + n * (FIELD + GUTTER)
    room = FIELD - 2 * INSET
    lines = short((heading, heading.split(":", maxsplit=1)[0]), room)
    y = canvas.words(lines, x, y, LEAST, MARKS[half], bold=True) + BETWEEN
    for one in told:
        fit = fitted(drawable(one), room - MARK, (LEAST,), LONGEST)
        canvas.words([mark], x + 6, y, LEAST, MARKS[half], bold=True)
        y = canvas.words(fit.lines, x + MARK, y, LEAST, INK) + BETWEEN
    return y


def _drawn(found: Map, corners: Corners) -> list[str]:
    """All words that the picture has from people."""
    lines = [one.text for c in CORNERS for one in found.lines(c)[: len(corners.lines[c])]]
    sides = (found.left, found.right)
    told = [
        words for side in sides for words in (side.pole, *side.signs, *(step.text for step in side.steps))
    ]
    return [found.purpose, found.fear, found.stopped, *told, *lines]
