"""A drawing that somebody takes along, with its letters inside."""

from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree as ET

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from workspace.pictures.drawing import Picture
from workspace.pictures.letters import FACES, FAMILY

NAMESPACE = "http://www.w3.org/2000/svg"


def svg_file(picture: Picture) -> bytes:
    """The drawing itself: its words can be selected and searched; it looks the same where our type is not
    installed."""
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own drawing
    letters = "".join(sorted(set("".join(root.itertext()))))
    rules = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{700 if bold else 400};"
        f"src:url(data:font/woff;base64,{b64encode(_type(letters, bold)).decode()}) format('woff')}}"
        for bold in FACES
    )
    style = ET.Element(f"{{{NAMESPACE}}}style")
    style.text = rules
    root.insert(0, style)
    ET.register_namespace("", NAMESPACE)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


@lru_cache(maxsize=8)
def _type(letters: str, bold: bool) -> bytes:
    """Only the letters that the drawing has."""
    options = Options(flavor="woff", layout_features=["kern", "liga"], notdef_outline=True)
    with TTFont(FACES[bold], recalcTimestamp=False) as font:
        cutting = Subsetter(options)
        cutting.populate(text=letters)
        cutting.subset(font)
        font.flavor = "woff"
        made = BytesIO()
        font.save(made)
    return bytes(made.getvalue())
