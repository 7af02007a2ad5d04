"""A drawing becomes a PNG of few colours: light enough for a phone, and the same bytes for the same drawing.

resvg-py holds Python's lock for as long as it draws, a quarter of a second and more, and so does Pillow while it counts
colours: a thread alone would not help those who wait. All of it happens in a process of its own, which starts in some
30 ms and leaves nothing behind; a tall drawing takes two, at once.
"""

import json
import subprocess
import sys
from functools import lru_cache
from xml.etree import ElementTree as ET

from workspace.pictures.letters import FAMILY, FONTS

WIDEST = 720  # px: two for each point of a phone
TALLEST = 1400  # units of a drawing: what is taller is drawn in two strips
COLOURS = 48
KEPT = 32  # pictures
WITHIN = 30  # s

# Draws one strip: the drawing comes in, its pixels go out.
STRIP = """
import sys, resvg_py
width, family, *fonts = sys.argv[1:]
drawn = resvg_py.svg_to_bytes(
    svg_string=sys.stdin.buffer.read().decode(),
    width=int(width), skip_system_fonts=True, font_files=fonts, font_family=family, background="#ffffff",
)
sys.stdout.buffer.write(drawn)
"""

# Draws all of them, each in a process of its own but the last, and puts them under one another.
WHOLE = """
import io, json, subprocess, sys, resvg_py
strip, colours, width, family, *fonts = sys.argv[1:]
*upper, last = json.load(sys.stdin)
drawing = []
for svg in upper:
    call = [sys.executable, "-I", "-c", strip, width, family, *fonts]
    process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(svg.encode())
    process.stdin.close()
    drawing.append(process)
made = resvg_py.svg_to_bytes(
    svg_string=last,
    width=int(width), skip_system_fonts=True, font_files=fonts, font_family=family, background="#ffffff",
)
from PIL import Image
strips = [Image.open(io.BytesIO(part)).convert("RGB") for part in (*(one.stdout.read() for one in drawing), made)]
whole = Image.new("RGB", (int(width), sum(one.height for one in strips)))
for n, one in enumerate(strips):
    whole.paste(one, (0, sum(above.height for above in strips[:n])))
few = whole.quantize(int(colours), method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
few.save(sys.stdout.buffer, "PNG", compress_level=5)
"""


@lru_cache(maxsize=KEPT)
def png(svg: str, width: int) -> bytes:
    """The drawing in pixels, `width` wide or WIDEST where that is less. No font but ours is looked at. Whoever has
    others waiting calls it in a thread. Raises RuntimeError, without a word of the drawing, if it cannot be drawn."""
    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    about = (STRIP, str(COLOURS), str(min(width, WIDEST)), FAMILY, *fonts)
    try:
        drawn = subprocess.run(  # noqa: S603 - our own words only; the drawing goes in as data
            [sys.executable, "-I", "-c", WHOLE, *about],
            input=json.dumps(_strips(svg)).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WITHIN,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise RuntimeError("the picture could not be drawn") from None
    return drawn.stdout


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
