"""A wide sheet for a picture of words: what is drawn first lies under what is drawn later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workspace.pictures.letters import FAMILY

WIDTH = 1600  # px
LEAST = 44  # px of type: on a phone, 360 points wide, ten
LEADING = 1.22  # of the size: from line to line
RISES = 0.92  # of the size: how far the first line's foot is from the top


def tall(lines: int, size: float) -> float:
    """How tall so many lines are (px)."""
    return lines * size * LEADING


@dataclass(slots=True, eq=False)
class Canvas:
    """What is drawn so far."""

    _root: ET.Element = field(default_factory=lambda: ET.Element("svg"))

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, round_by: float = 0) -> None:
        """A field of one colour."""
        place = {
            "x": number(x),
            "y": number(y),
            "width": number(width),
            "height": number(height),
            "fill": fill,
        }
        self._add("rect", place | ({"rx": number(round_by)} if round_by else {}))

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str) -> None:
        """A thin line."""
        ends = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
        self._add("line", {**ends, "stroke": colour, "stroke-width": "3"})

    def curve(self, path: str, colour: str, *, width: float, opacity: float) -> None:
        """A pale line."""
        about = {"d": path, "fill": "none", "stroke": colour, "stroke-width": number(width)}
        self._add("path", {**about, "stroke-opacity": number(opacity), "stroke-linejoin": "round"})

    def dot(self, x: float, y: float, r: float, fill: str) -> None:
        self._add("circle", {"cx": number(x), "cy": number(y), "r": number(r), "fill": fill})

    def words(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        size: int,
        fill: str,
        *,
        bold: bool = False,
        anchor: str = "start",
    ) -> float:
        """Lines whose top is at `y`; says where they end. One text, so that it is read and copied as one."""
        about = {"font-family": FAMILY, "font-size": str(size), "fill": fill}
        about |= {"font-weight": "700"} if bold else {}
        about |= {"text-anchor": anchor} if anchor != "start" else {}
        text = self._add("text", about)
        for n, line in enumerate(lines):
            foot = y + size * (RISES + LEADING * n)
            part = ET.SubElement(text, "tspan", {"x": number(x), "y": number(foot)})
            part.text = line if n == len(lines) - 1 else f"{line} "
        return y + tall(len(lines), size)

    def svg(self, height: float, title: str, *, paper: str) -> str:
        """The drawing as SVG."""
        about = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(WIDTH),
            "height": number(height),
            "viewBox": f"0 0 {WIDTH} {number(height)}",
        }
        root = ET.Element("svg", about)
        ET.SubElement(root, "title").text = title
        ET.SubElement(
            root, "rect", {"x": "0", "y": "0", "width": str(WIDTH), "height": number(height), "fill": paper}
        )
        root.extend(self._root)
        return ET.tostring(root, encoding="unicode")

    def _add(self, shape: str, about: dict[str, str]) -> ET.Element:
        return ET.SubElement(self._root, shape, about)


def number(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
