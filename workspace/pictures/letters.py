"""How wide words are in our own type, and how they are broken and shrunk until they fit."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import sub

from fontTools.ttLib import TTFont

from practices.reflections import clean

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
FACES = {
    bold: FONTS / f"AtkinsonHyperlegibleNext-{'Bold' if bold else 'Regular'}.ttf" for bold in (False, True)
}
MISSING = "[…]"  # stands for letters that our type does not have; the words beside the picture have them
CUT = "…"
LONGEST = 1200  # characters that are looked at to fit words: far more than any place holds
NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words broken into lines at a size (px); `cut` where some did not fit."""

    lines: tuple[str, ...]
    size: int
    cut: bool = False


def readable(words: str) -> str:
    """Words on one line without marks that hide or turn others, and without what XML cannot hold."""
    return " ".join(clean(words).translate(NOT_IN_XML).split())


def drawable(words: str) -> str:
    """The same with a neutral mark in the place of letters that our type does not have: once for all that stand
    together."""
    known = _advances(bold=False)
    drawn: list[str] = []
    for letter in unicodedata.normalize("NFC", readable(words)):
        if ord(letter) in known:
            drawn.append(letter)
            continue
        if unicodedata.category(letter).startswith("M") and drawn and drawn[-1] not in {MISSING, " "}:
            drawn.pop()  # a mark that cannot be drawn takes the letter it stands on along
        drawn.append(MISSING)
    mark = MISSING.replace("[", r"\[").replace("]", r"\]")
    return sub(rf"{mark}(?:\s*{mark})+", MISSING, "".join(drawn))


def wide(words: str, size: float, *, bold: bool = False) -> float:
    """How wide these words are (px), without kerning, which only draws letters together."""
    known = _advances(bold=bold)
    return sum(known.get(ord(letter), 1000) for letter in words) * size / 1000


def broken(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Words in lines of at most `width` px; a word wider than a line is broken where it must be. What is longer than
    LONGEST ends there."""
    space = wide(" ", size, bold=bold)
    lines: list[str] = []
    line: list[str] = []
    room = width
    for word in _parted(words, width, size, bold=bold):
        needed = wide(word, size, bold=bold)
        if line and needed + space > room:
            lines.append(" ".join(line))
            line, room = [], width
        room -= needed + (space if line else 0)
        line.append(word)
    return [*lines, " ".join(line)] if line else lines


def _parted(words: str, width: float, size: float, *, bold: bool) -> Iterator[str]:
    """Its words, each no wider than a line."""
    known = _advances(bold=bold)
    for word in words[:LONGEST].split():
        start, used = 0, 0.0
        for at, letter in enumerate(word):
            needed = known.get(ord(letter), 1000) * size / 1000
            if at > start and used + needed > width:
                yield word[start:at]
                start, used = at, 0.0
            used += needed
        yield word[start:]


def fitted(words: str, width: float, sizes: Sequence[int], most: int, *, bold: bool = False) -> Fitted:
    """Words in at most `most` lines, at the largest of these sizes that holds them; cut at the smallest."""
    for size in sizes:
        if len(lines := broken(words, width, size, bold=bold)) <= most:
            return Fitted(tuple(lines), size)
    kept = lines[:most]
    kept[-1] = _shortened(kept[-1], width, size, bold=bold)
    return Fitted(tuple(kept), size, cut=True)


def balanced(words: str, width: float, sizes: Sequence[int], most: int, *, bold: bool = False) -> Fitted:
    """The same in lines of much the same width, as a title wants them."""
    found = fitted(words, width, sizes, most, bold=bold)
    if found.cut or len(found.lines) < 2:
        return found
    narrow, enough = width / 2, width
    while enough - narrow > 8:
        tried = (narrow + enough) / 2
        if len(broken(words, tried, found.size, bold=bold)) > len(found.lines):
            narrow = tried
        else:
            enough = tried
    return Fitted(tuple(broken(words, enough, found.size, bold=bold)), found.size)


def _shortened(line: str, width: float, size: float, *, bold: bool) -> str:
    """A line that says it goes on."""
    while line and wide(line + CUT, size, bold=bold) > width:
        line = line[:-1]
    return line.rstrip(" ,.;:-–") + CUT


@cache
def _advances(*, bold: bool) -> dict[int, int]:
    """How wide each letter is, in thousandths of the size."""
    with TTFont(FACES[bold], lazy=True) as font:
        widths, scale = font["hmtx"], 1000 / font["head"].unitsPerEm
        return {code: round(widths[name][0] * scale) for code, name in font.getBestCmap().items()}
