"""A sheet to draw on, as wide as a phone: black on white, told apart by pattern and never by colour alone."""

from dataclasses import dataclass, field
from hashlib import sha256
from textwrap import wrap
from xml.etree import ElementTree as ET

from workspace.pictures.letters import FAMILY, readable
from workspace.pictures.rendering import png

WIDTH, MARGIN = 720, 36  # px: a phone's 360 points, drawn twice as fine
INK = "#17324d"
SMALL, NORMAL, LARGE = 24, 28, 31  # px of type; on a phone it looks half as tall
WIDE = 0.54  # of its size: how wide a letter is, on the whole

# One for each group, told apart without colour: full, empty, slanted lines, dots, lines across.
PATTERNS = ("full", "empty", "slanted", "dotted", "across")
TILES = {
    "slanted": ("path", {"d": "M-4,4 l8,-8 M0,16 l16,-16 M12,20 l8,-8", "stroke-width": "4"}),
    "dotted": ("circle", {"cx": "8", "cy": "8", "r": "3.5", "fill": INK, "stroke": "none"}),
    "across": ("path", {"d": "M0,8 h16", "stroke-width": "4"}),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing ready to be shown: `png` its bytes, `alt` what somebody hears who cannot see it (2,000
    characters at most; a file that is uploaded takes 1,000)."""

    name: str
    title: str
    alt: str
    svg: str
    width: int = WIDTH

    @property
    def png(self) -> bytes:
        """In pixels; see `rendering.png` for how long that takes."""
        return png(self.svg, self.width)

    @property
    def sha(self) -> str:
        """The same for the same drawing."""
        return sha256(self.svg.encode()).hexdigest()


@dataclass(slots=True, eq=False)
class Sheet:
    """What is drawn so far; `y` is how far down."""

    y: float = MARGIN
    _root: ET.Element = field(default_factory=lambda: ET.Element("svg"))

    def heading(self, words: str) -> None:
        """The title, over the whole width, in as many lines as it needs."""
        self.paragraph(words, LARGE, bold=True)
        self.y += 16

    def paragraph(self, words: str, size: int = NORMAL, *, bold: bool = False) -> None:
        """Words over the whole width."""
        for part in wrap(readable(words), int((WIDTH - 2 * MARGIN) / (size * WIDE))):
            self.y += size
            self.words(part, MARGIN, self.y, size, bold=bold)
            self.y += size * 0.3

    def words(
        self, words: str, x: float, y: float, size: int = NORMAL, *, anchor: str = "start", bold: bool = False
    ) -> None:
        """One line of words whose foot stands at `y`."""
        about = {"x": _number(x), "y": _number(y), "font-size": str(size), "text-anchor": anchor, "fill": INK}
        about |= {"stroke": "#ffffff", "stroke-width": "8", "paint-order": "stroke"}  # readable over a line
        weight = {"font-weight": "700"} if bold else {}
        ET.SubElement(self._root, "text", {**about, **weight, "font-family": FAMILY}).text = readable(words)

    def path(
        self,
        points: list[tuple[float, float]],
        *,
        width: float = 4,
        dashed: bool = False,
        edged: bool = False,
    ) -> None:
        """A line through these points; `edged` with white, so that lines can be told apart where they cross."""
        about = {
            "points": " ".join(f"{_number(x)},{_number(y)}" for x, y in points),
            "fill": "none",
            "stroke": INK,
            "stroke-width": _number(width),
            "stroke-linejoin": "round",
        }
        if edged:
            edge = {"stroke": "#ffffff", "stroke-width": _number(width + 8)}
            ET.SubElement(self._root, "polyline", about | edge)
        ET.SubElement(self._root, "polyline", about | ({"stroke-dasharray": "8 8"} if dashed else {}))

    def ring(self, x: float, y: float, r: float) -> None:
        """A white round field with an edge."""
        place = {"cx": _number(x), "cy": _number(y), "r": _number(r)}
        ET.SubElement(self._root, "circle", {**place, "fill": "#ffffff", "stroke": INK, "stroke-width": "4"})

    def dot(self, x: float, y: float, r: float = 7) -> None:
        ET.SubElement(
            self._root, "circle", {"cx": _number(x), "cy": _number(y), "r": _number(r), "fill": INK}
        )

    def box(self, x: float, y: float, width: float, height: float, pattern: str) -> None:
        """A bar, filled with one of PATTERNS."""
        fill = {"full": INK, "empty": "#ffffff"}.get(pattern, f"url(#{pattern})")
        place = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
        ET.SubElement(self._root, "rect", {**place, "fill": fill, "stroke": INK, "stroke-width": "3"})

    def svg(self) -> str:
        """The drawing as SVG, as tall as what is on it."""
        height = self.y + MARGIN
        about = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(WIDTH),
            "height": _number(height),
            "viewBox": f"0 0 {WIDTH} {_number(height)}",
        }
        root = ET.Element("svg", about)
        tiles = ET.SubElement(root, "defs")
        for name, (shape, drawn) in TILES.items():
            tile = {"id": name, "width": "16", "height": "16", "patternUnits": "userSpaceOnUse"}
            ET.SubElement(
                ET.SubElement(tiles, "pattern", tile), shape, {"stroke": INK, "fill": "none"} | drawn
            )
        root.extend(self._root)
        return ET.tostring(root, encoding="unicode")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
