"""The weave: sectors around a ring and a band between each two that have met, the thicker the more often."""

from math import cos, pi, sin

from practices.weave import Chord, Weave
from workspace.blocks import counted
from workspace.pictures.drawing import NORMAL, SMALL, WIDTH, Picture, Sheet
from workspace.pictures.sentences import whole

RING = 250  # px: from the middle of the ring to a sector
SEAT = 34  # px: a sector's place, around its number
THIN, THICK = 5, 30  # px: bands
INWARD = 0.45  # how far a band bends towards the middle
STEPS = 24  # straight pieces of a band
TITLE = "Which sectors have met"
SOME = "Only pairs with at least five conversations, and where no smaller number could be worked out."


def drawn(weave: Weave) -> Picture:
    """A weave that has chords. Each sector stands by its number, and below the ring by its name."""
    sheet = Sheet()
    sheet.heading(TITLE)
    middle = sheet.y + RING + SEAT
    seats = {name: _seat(n, len(weave.sectors), middle) for n, name in enumerate(weave.sectors)}
    most = weave.chords[0].conversations
    for chord in weave.chords:  # the thickest lies lowest
        width = THIN + (THICK - THIN) * chord.conversations / most
        sheet.path(_band(seats[chord.one], seats[chord.other], middle), width=width, edged=True)
    for n, (x, y) in enumerate(seats.values(), 1):
        sheet.ring(x, y, SEAT)
        sheet.words(str(n), x, y + NORMAL * 0.36, NORMAL, anchor="middle", bold=True)
    sheet.y = middle + RING + SEAT + 20
    for n, name in enumerate(weave.sectors, 1):
        sheet.paragraph(f"{n}  {name}", NORMAL)
    sheet.y += 16
    for line in lines(weave):
        sheet.paragraph(line, NORMAL)
    if not weave.whole:
        sheet.y += 16
        sheet.paragraph(SOME, SMALL)
    return Picture("weave", TITLE, whole(twin(weave)), sheet.svg())


def twin(weave: Weave) -> str:
    """The same in words."""
    told = " ".join(f"{line}." for line in lines(weave))
    return f"{TITLE}. {told}" + ("" if weave.whole else f" {SOME}")


def lines(weave: Weave) -> list[str]:
    """One for each band, most conversations first."""
    return [_told(chord) for chord in weave.chords]


def _told(chord: Chord) -> str:
    return f"{chord.one} and {chord.other}: {counted(chord.conversations, 'conversation', 'conversations')}"


def _seat(n: int, of: int, middle: float) -> tuple[float, float]:
    """Where the nth of so many sectors sits: the first at the top, then as the clock goes."""
    turn = 2 * pi * n / of - pi / 2
    return WIDTH / 2 + RING * cos(turn), middle + RING * sin(turn)


def _band(one: tuple[float, float], other: tuple[float, float], middle: float) -> list[tuple[float, float]]:
    """A quadratic Bézier curve between two seats, bent towards the middle of the ring."""
    bend = (
        (one[0] + other[0]) / 2 * (1 - INWARD) + WIDTH / 2 * INWARD,
        (one[1] + other[1]) / 2 * (1 - INWARD) + middle * INWARD,
    )
    curve = []
    for step in range(STEPS + 1):
        t = step / STEPS
        near, turn, far = (1 - t) ** 2, 2 * t * (1 - t), t**2
        curve.append(
            (
                near * one[0] + turn * bend[0] + far * other[0],
                near * one[1] + turn * bend[1] + far * other[1],
            )
        )
    return curve
