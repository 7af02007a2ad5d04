"""What both pictures of a both/and map are made of: colours, the loop, the bars of the poles, dots."""

from collections.abc import Mapping, Sequence

from practices.polarities.map import Corner, Standing
from workspace.pictures.canvas import LEAST, WIDTH, Canvas, number, tall
from workspace.pictures.letters import MISSING, balanced, broken, drawable, fitted, wide

PAPER, INK, QUIET = "#ffffff", "#1b2130", "#2a3040"
POLE, ON_POLE = "#43397a", "#ffffff"
LOOP, PALE = "#5b50b0", 0.3
TINTS = {"U": "#e0f3f1", "D": "#fcefdc"}
MARKS = {"U": "#00545c", "D": "#763c00"}
SIGNS = {"U": "+", "D": "−"}
FORMING = "still forming"
TITLES = NAMES = (64, 56, 50, LEAST)
EDGE, GUTTER, INSET = 24, 20, 30  # px
FIELD = (WIDTH - 2 * EDGE - GUTTER) / 2  # a corner's width
AND = 150  # px: the room for "and" between the bars
NEUTRAL = 0.5  # of a score, where nobody was asked yet


def stretched(score: float) -> float:
    """Of the room there is: how high a half-lobe rises. It never vanishes."""
    return 0.45 + 0.55 * min(1.0, max(0.0, score))


def loop(x: float, y: float, width: float, rooms: Mapping[str, float], now: Standing | None) -> str:
    """An infinity sign whose crossing is at (x, y), as an SVG path: `width` px to each side, each half-lobe as high
    as its corner's score stretches it within the room (px) above ("U") and below ("D").

    Two cubic Béziers for each half-lobe: level at its top, upright at the outer end, and through the crossing in
    one straight line with the half-lobe opposite, so that there is no kink wherever the lobes are uneven.
    """
    high = {
        corner: rooms[corner[0]] * stretched(now.at(corner).score if now else NEUTRAL)
        for corner in ("UL", "UR", "DL", "DR")
    }
    falling = (high["UL"] + high["DR"]) / 2 / (0.56 * width)  # the slopes of the two strands in the crossing
    rising = (high["DL"] + high["UR"]) / 2 / (0.56 * width)

    def half(corner: Corner, slope: float, *, back: bool) -> str:
        side, way = (-1 if corner[1] == "L" else 1), (-1 if corner[0] == "U" else 1)
        top = high[corner]
        reach = min(0.2 * width, 0.8 * top / slope)
        points = [
            (0.0, 0.0),
            (side * reach, way * reach * slope),
            (side * 0.32 * width, way * top),
            (side * 0.58 * width, way * top),
            (side * 0.84 * width, way * top),
            (side * width, way * 0.56 * top),
            (side * width, 0.0),
        ]
        told = [f"{number(x + dx)},{number(y + dy)}" for dx, dy in (points[::-1] if back else points)]
        return f"C{' '.join(told[1:4])} C{' '.join(told[4:])}"

    return (
        f"M{number(x)},{number(y)} {half('UL', falling, back=False)} {half('DL', rising, back=True)} "
        f"{half('UR', rising, back=False)} {half('DR', falling, back=True)} Z"
    )


def title(canvas: Canvas, y: float, heading: str, words: str, half: str) -> float:
    """A heading over the whole width and, larger, the words under it; says where they end."""
    y = canvas.words([heading], WIDTH / 2, y, LEAST, MARKS[half], bold=True, anchor="middle")
    told = balanced(drawable(words or FORMING), WIDTH - 120, TITLES, 3, bold=bool(words))
    colour = INK if words else QUIET
    return canvas.words(told.lines, WIDTH / 2, y + 6, told.size, colour, bold=bool(words), anchor="middle")


def pole(canvas: Canvas, box: tuple[float, float, float, float], name: str, sizes: Sequence[int]) -> None:
    """A bar (x, y, width, height) with a pole's name."""
    x, y, width, height = box
    canvas.box(x, y, width, height, POLE, round_by=min(height / 2, 48))
    told = balanced(drawable(name), width - 56, sizes, 4, bold=True)
    tall = len(told.lines) * told.size * 1.22
    canvas.words(
        told.lines, x + width / 2, y + (height - tall) / 2, told.size, ON_POLE, bold=True, anchor="middle"
    )


def pole_width() -> float:
    """How wide a bar is (px)."""
    return (WIDTH - 2 * EDGE - AND) / 2


def pole_height(names: Sequence[str], width: float, sizes: Sequence[int]) -> float:
    """How tall the bars have to be (px)."""
    told = [fitted(drawable(name), width - 56, sizes, 4, bold=True) for name in names]
    return max(len(one.lines) * one.size * 1.22 for one in told) + 36


def stood(count: int) -> str:
    """9 stood here."""
    return f"{count or 'Nobody'} stood here"


def standing(canvas: Canvas, place: tuple[float, float, float], count: int, colour: str) -> None:
    """How many stood in a corner, in words and as dots; `place` is (x, y, width)."""
    x, y, room = place
    canvas.words([stood(count)], x, y, LEAST, colour, bold=True)
    pitch, in_row, rows = _dots(count)
    first = y + standing_height(count) / 2 - pitch * (rows - 1) / 2 if rows > 1 else y + LEAST * 0.62
    for n in range(count):
        row, nth = divmod(n, in_row)
        canvas.dot(x + room - pitch * (nth + 0.5), first + row * pitch, pitch * 0.4, colour)


def standing_height(count: int) -> float:
    """How tall that is (px)."""
    pitch, _, rows = _dots(count)
    return max(tall(1, LEAST), pitch * rows)


def _dots(count: int) -> tuple[float, int, int]:
    """How far apart so many dots stand (px), how many in a row, and in how many rows."""
    room = FIELD - 2 * INSET - wide(stood(count), LEAST, bold=True) - 30
    for pitch, rows in ((36.0, 1), (30.0, 1), (36.0, 2), (30.0, 2), (24.0, 2), (24.0, 9)):
        in_row = max(1, int(room / pitch))
        if count <= rows * in_row:
            break
    return pitch, in_row, -(-count // in_row)


def laid_aside(canvas: Canvas, y: float, why: str) -> float:
    """Where a map was stopped: that it was, and why."""
    if not why:
        return y
    told = balanced(drawable(f"Laid aside: {why}"), WIDTH - 120, (50, LEAST), 3)
    return canvas.words(told.lines, WIDTH / 2, y, told.size, QUIET, anchor="middle") + 14


def legend(canvas: Canvas, y: float, drawn: Sequence[str]) -> float:
    """What the neutral mark means, where there is one."""
    if not any(MISSING in drawable(one) for one in drawn):
        return y
    told = broken(
        f"{MISSING} stands for letters that cannot be drawn here. The thread has them.", WIDTH - 120, LEAST
    )
    return canvas.words(told, WIDTH / 2, y + 30, LEAST, QUIET, anchor="middle")
