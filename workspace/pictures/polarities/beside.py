"""Then and now: where a group stood on two days, one under the other, so that each corner lies under itself.

One above the other and not side by side: half as wide, a pole's name would no longer stand on its bar in 44 px.
"""

from practices.polarities.map import CORNERS, Corner, Map, Standing
from workspace.blocks import day
from workspace.pictures.canvas import LEAST, WIDTH, Canvas
from workspace.pictures.letters import drawable, fitted
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
from workspace.pictures.polarities.whole import heading, short

LOW = 250  # px: a corner
BIG = 64


def drawing(found: Map, then: Standing, now: Standing, heard: str) -> str:
    """Two standings of one map as SVG; `heard` is its title."""
    canvas = Canvas()
    y = title(canvas, laid_aside(canvas, 20, found.stopped), "Why we need both", found.purpose, "U")
    for what, standing_then in (("Then", then), ("Now", now)):
        told = f"{what}: {day(standing_then.on, year=True)}"
        y = canvas.words([told], EDGE, y + 26, 50, INK, bold=True) + 8
        y = _panel(canvas, y, found, standing_then)
    y = title(canvas, y + 20, "If we lose the balance", found.fear, "D") + 20
    y = _changes(canvas, y, found, then, now)
    y = legend(canvas, y, (found.purpose, found.fear, found.stopped, found.left.pole, found.right.pole))
    return canvas.svg(y + 28, heard, paper=PAPER)


def _panel(canvas: Canvas, y: float, found: Map, one: Standing) -> float:
    bars = pole_height((found.left.pole, found.right.pole), pole_width(), NAMES)
    bar = y + LOW + 12
    low = bar + bars + 12
    places = {c: (EDGE if c[1] == "L" else EDGE + FIELD + GUTTER, y if c[0] == "U" else low) for c in CORNERS}
    for corner, (left, top) in places.items():
        canvas.box(left, top, FIELD, LOW, TINTS[corner[0]])
    room = LOW + bars / 2 - 12
    path = loop(WIDTH / 2, bar + bars / 2, WIDTH / 2 - 90, {"U": room, "D": room}, one)
    canvas.curve(path, LOOP, width=22, opacity=PALE)
    for corner, (left, top) in places.items():
        colour = MARKS[corner[0]]
        edge = (
            top + INSET - 12
            if corner[0] == "U"
            else top + LOW - INSET - standing_height(one.at(corner).stood)
        )
        sign = top + LOW - BIG * 1.3 if corner[0] == "U" else top + 6
        canvas.words([SIGNS[corner[0]]], left + INSET, sign, BIG, colour, bold=True)
        standing(canvas, (left + INSET, edge, FIELD - 2 * INSET), one.at(corner).stood, colour)
    pole(canvas, (EDGE, bar, pole_width(), bars), found.left.pole, NAMES)
    canvas.words(["and"], WIDTH / 2, bar + bars / 2 - 56 * 0.61, 56, POLE, bold=True, anchor="middle")
    pole(canvas, (WIDTH - EDGE - pole_width(), bar, pole_width(), bars), found.right.pole, NAMES)
    return low + LOW


def _changes(canvas: Canvas, y: float, found: Map, then: Standing, now: Standing) -> float:
    """The same in words: for each corner, how many stood there then and now."""
    room = WIDTH - 2 * EDGE - 2 * INSET
    for corner in CORNERS:
        canvas.rule(EDGE, y, WIDTH - EDGE, y, MARKS[corner[0]])
        lines = short(heading(found, corner), room)
        y = canvas.words(lines, EDGE + INSET, y + 14, LEAST, MARKS[corner[0]], bold=True)
        fit = fitted(drawable(changed(then, now, corner)), room, (LEAST,), 2)
        y = canvas.words(fit.lines, EDGE + INSET, y, LEAST, INK) + 14
    return y


def changed(then: Standing, now: Standing, corner: Corner) -> str:
    """Then 9 of 19 stood here, now 4 of 17."""
    before, after = then.at(corner), now.at(corner)
    return f"Then {before.stood} of {then.people} stood here, now {after.stood} of {now.people}."
