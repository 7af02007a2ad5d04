"""A drawing becomes a PNG of few colours: light enough for a phone, and the same bytes for the same drawing.

resvg-py holds Python's lock for as long as it draws, a quarter of a second and more: a thread would not help those who
wait. It draws in processes of its own, which start in some 30 ms and leave nothing behind; a tall drawing in two at
once.
"""

import subprocess
import sys
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree as ET

from PIL import Image

from workspace.pictures.letters import FAMILY, FONTS

WIDEST = 720  # px: two for each point of a phone
TALLEST = 1400  # units of a drawing: what is taller is drawn in two strips
COLOURS = 48
KEPT = 32  # pictures
WITHIN = 30  # s
DRAW = """
import sys, resvg_py
width, family, *fonts = sys.argv[1:]
drawn = resvg_py.svg_to_bytes(
    svg_string=sys.stdin.buffer.read().decode(),
    width=int(width), skip_system_fonts=True, font_files=fonts, font_family=family, background="#ffffff",
)
sys.stdout.buffer.write(drawn)
"""


@lru_cache(maxsize=KEPT)
def png(svg: str, width: int) -> bytes:
    """The drawing in pixels, `width` wide or WIDEST where that is less. No font but ours is looked at. Whoever has
    others waiting calls it in a thread. Raises RuntimeError, without a word of the drawing, if it cannot be drawn."""
    wide = min(width, WIDEST)
    drawing = [_started(strip, wide) for strip in _strips(svg)]
    try:
        strips = [Image.open(BytesIO(_finished(process))).convert("RGB") for process in drawing]
    finally:
        for process in drawing:  # where one failed, nothing is left of the other
            process.kill()
            process.wait()
    whole = Image.new("RGB", (wide, sum(one.height for one in strips)))
    for n, one in enumerate(strips):
        whole.paste(one, (0, sum(above.height for above in strips[:n])))
    few = whole.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    made = BytesIO()
    few.save(made, "PNG", compress_level=5)
    return made.getvalue()


def _strips(svg: str) -> list[str]:
    """The drawing, or its upper and its lower part: a whole number of pixels each."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    height = float(root.attrib["height"])
    if height <= TALLEST:
        return [svg]
    upper = height // 2 // 20 * 20
    strips = []
    for top, high in ((0.0, upper), (upper, height - upper)):
        root.set("viewBox", f"0 {top:g} {root.attrib['width']} {high:g}")
        root.set("height", f"{high:g}")
        strips.append(ET.tostring(root, encoding="unicode"))
    return strips


def _started(svg: str, width: int) -> subprocess.Popen[bytes]:
    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    drawing = subprocess.Popen(  # noqa: S603 - our own words only; the drawing goes in as data
        [sys.executable, "-I", "-c", DRAW, str(width), FAMILY, *fonts],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert drawing.stdin
    try:
        drawing.stdin.write(svg.encode())
        drawing.stdin.close()
    except BrokenPipeError:
        pass  # it is gone already; what it left says so
    drawing.stdin = None  # all is said
    return drawing


def _finished(drawing: subprocess.Popen[bytes]) -> bytes:
    try:
        made, _ = drawing.communicate(timeout=WITHIN)
    except subprocess.TimeoutExpired:
        made = b""
    if drawing.returncode or not made:
        raise RuntimeError("the picture could not be drawn")
    return made
