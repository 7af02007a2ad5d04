"""The picture of a both/and map: legible on a phone, whole whatever was written, and never without its words."""

import asyncio
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from practices.polarities.map import CORNERS, Found, Line, Map, Side, Standing, Step
from tests.maps import KEPT, gallery
from workspace.pictures import rendering
from workspace.pictures.canvas import LEAST, WIDTH
from workspace.pictures.files import svg_file
from workspace.pictures.letters import MISSING, broken, drawable, wide
from workspace.pictures.polarities import alt, drawn, markdown, twin
from workspace.pictures.polarities.pieces import MARKS, PAPER, loop, stretched
from workspace.pictures.polarities.whole import MOST

SVG = "{http://www.w3.org/2000/svg}"
MAPS = gallery()
WORDS = st.text(max_size=90)
LINES = st.lists(st.builds(Line, WORDS, st.integers(0, 9)), max_size=7).map(tuple)
SIDES = st.builds(
    Side, WORDS, LINES, LINES, st.lists(st.builds(Step, WORDS), max_size=3).map(tuple), st.tuples(WORDS)
)
COUNTS = st.builds(Found, st.integers(0, 60), st.floats(0, 1))
STANDINGS = st.builds(Standing, st.dates(), st.fixed_dictionaries(dict.fromkeys(CORNERS, COUNTS)), st.just(0))
ANY = st.builds(Map, SIDES, SIDES, WORDS, WORDS, WORDS, STANDINGS | st.none(), STANDINGS | st.none(), WORDS)


def root(found: Map) -> ET.Element:
    return ET.fromstring(drawn(found).svg)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def laid_over(under: str, over: str, opacity: float) -> str:
    mixed = [
        round(int(over[n : n + 2], 16) * opacity + int(under[n : n + 2], 16) * (1 - opacity))
        for n in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def grounds(picture: ET.Element, text: ET.Element) -> set[str]:
    """Every colour that may lie under a text: the field it stands on, and the loop over that field."""
    x, y = (float(text[0].get(name, "0")) for name in ("x", "y"))
    under = PAPER
    for shape in picture:
        if shape is text:
            break
        if shape.tag == f"{SVG}rect":
            left, top = float(shape.get("x", "0")), float(shape.get("y", "0"))
            wide_, high = float(shape.get("width", "0")), float(shape.get("height", "0"))
            if left <= x <= left + wide_ and top <= y <= top + high:
                under = shape.get("fill", "")
    paths = [path for path in picture if path.tag == f"{SVG}path"]
    pale = [(path.get("stroke", ""), float(path.get("stroke-opacity", "1"))) for path in paths]
    return {under, *(laid_over(under, colour, opacity) for colour, opacity in pale)}


def ends(text: ET.Element) -> list[tuple[float, float]]:
    """Where each line of a text begins and ends, measured as it was fitted."""
    size, bold = float(text.get("font-size", "0")), text.get("font-weight") == "700"
    found = []
    for line in text:
        long = wide((line.text or "").strip(), size, bold=bold)
        start = float(line.get("x", "0")) - (long / 2 if text.get("text-anchor") == "middle" else 0)
        found.append((start, start + long))
    return found


@pytest.mark.parametrize("name", sorted(MAPS))
def test_every_kind_of_map_is_drawn_as_it_was_when_we_looked_at_it(name: str) -> None:
    kept = (KEPT / f"{name}.svg").read_text(encoding="utf-8")

    assert drawn(MAPS[name]).svg + "\n" == kept, "if this is better, look at it and run: make gallery"


def test_no_drawing_is_kept_of_a_kind_that_is_no_more() -> None:
    assert {path.stem for path in KEPT.glob("*.svg")} == set(MAPS)


@pytest.mark.parametrize("name", sorted(MAPS))
def test_no_word_is_smaller_than_44_px_and_none_leaves_the_sheet(name: str) -> None:
    for text in root(MAPS[name]).iter(f"{SVG}text"):
        assert int(text.get("font-size", "0")) >= LEAST
        for start, end in ends(text):
            assert start >= 0
            assert end <= WIDTH


@pytest.mark.parametrize("name", sorted(MAPS))
def test_every_word_can_be_read_on_what_lies_under_it(name: str) -> None:
    picture = root(MAPS[name])

    for text in picture.iter(f"{SVG}text"):
        least = 4.5 if text.get("font-weight") == "700" else 7
        for ground in grounds(picture, text):
            assert contrast(text.get("fill", ""), ground) >= least, "".join(text.itertext())


def test_the_loop_lies_under_every_word() -> None:
    order = [shape.tag.removeprefix(SVG) for shape in root(MAPS["ours"])]

    assert order.index("path") > order.index("rect")
    assert "path" not in order[order.index("path") + 1 :]
    assert all(n > order.index("path") for n, shape in enumerate(order) if shape == "text" and n > 4)


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_whatever_was_written_the_picture_is_whole_and_has_words_beside_it(found: Map) -> None:
    picture = drawn(found)

    for text in ET.fromstring(picture.svg).iter(f"{SVG}text"):
        assert all(start >= 0 and end <= WIDTH for start, end in ends(text))
    assert 0 < len(picture.alt) <= 2000
    assert all(len(blocks) <= 50 for blocks in twin(found))
    assert drawn(found).svg == picture.svg


@given(st.text(max_size=200), st.floats(60, 700), st.sampled_from((44, 56)))
@settings(deadline=None)
def test_broken_words_fit_their_width_and_none_is_lost(words: str, width: float, size: int) -> None:
    lines = broken(drawable(words), width, size)

    assert all(wide(line, size) <= width + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(drawable(words).split())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Καλή αρχή", MISSING),
        ("Идём вместе now", f"{MISSING} now"),
        ("A → B", f"A {MISSING} B"),
        ("We cheered 🎉🎉", f"We cheered {MISSING}"),
        ("👩‍👩‍👧 tell it", f"{MISSING} tell it"),
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        ("Ŵyr, tŷ, sŵn", "Ŵyr, tŷ, sŵn"),
        ("Zaz\u0307ółć", "Zażółć"),
        ("a\u20dd b", f"{MISSING} b"),
    ],
)
def test_letters_we_do_not_have_become_one_quiet_mark(written: str, shown: str) -> None:
    assert drawable(written) == shown


def test_the_thread_has_the_real_words_of_what_cannot_be_drawn() -> None:
    said = str(twin(MAPS["missing-letters"]))

    for words in ("Μετράμε ό,τι μετράει", "🎉🎉", "Numbers → facts", "一期一会"):
        assert words in said
    assert MISSING not in said


def test_the_thread_has_every_line_and_the_picture_says_how_many_more_there_are() -> None:
    corner = MAPS["full"].left.fears
    said = [block["text"]["text"] for blocks in twin(MAPS["full"]) for block in blocks if "text" in block]
    shown = ["".join(text.itertext()) for text in root(MAPS["full"]).iter(f"{SVG}text")]

    assert all(line.text in "\n".join(said) for line in corner)
    drawn_lines = sum(any(line.text == one.replace("  ", " ") for one in shown) for line in corner)
    assert 1 <= drawn_lines <= MOST
    assert f"and {len(corner) - drawn_lines} more in the thread" in shown


def test_two_hundred_lines_in_each_corner_become_messages_that_slack_takes() -> None:
    many = tuple(Line(f"{n} {'&' * 70}") for n in range(200))
    messages = twin(Map(Side("One", many, many), Side("Two", many, many)))

    assert len(messages) > 3
    for blocks in messages:
        assert len(blocks) <= 50
        assert sum(len(block["text"]["text"]) for block in blocks if "text" in block) <= 12_000


def test_what_is_heard_ends_with_a_sentence() -> None:
    long = replace(MAPS["full"], left=replace(MAPS["full"].left, pole="A pole " * 40))

    assert len(alt(long)) <= 2000
    assert alt(long)[-1] in ".?!"
    assert alt(MAPS["ours"]).startswith(
        "Both/and map: Moving quickly and Taking time. Purpose: Fairer health"
    )
    assert "9 of 20 stood in “Too much Moving quickly, too little Taking time”." in alt(MAPS["ours"])


def test_a_half_lobe_grows_with_its_score_and_never_vanishes() -> None:
    assert stretched(0) == pytest.approx(0.45)
    assert stretched(0.5) == pytest.approx(0.725)
    assert stretched(1) == pytest.approx(1)
    path = loop(0, 0, 100, {"U": 100, "D": 50}, MAPS["ours"].now)
    heights = [
        float(point.split(",")[1]) for point in path.replace("C", "").replace("M", "").split() if "," in point
    ]

    assert min(heights) == pytest.approx(-100 * stretched(0.6))
    assert max(heights) == pytest.approx(50 * stretched(0.9))


def test_nobody_is_named_in_what_is_taken_along() -> None:
    alike = (Line("We go", by="Sam Small"),)
    line = Line("We *start*", 2, by="Jo Bloggs", alike=alike)
    signed = replace(MAPS["ours"], left=replace(MAPS["ours"].left, gifts=(line,)))

    assert "We \\*start\\* (2 dots)" in markdown(signed)
    assert "said alike: We go" in markdown(signed)
    assert not any(name in markdown(signed) for name in ("Jo Bloggs", "Sam Small", "Asha"))
    assert "Jo Bloggs" in str(twin(signed))
    assert "said alike: We go – Sam Small" in str(twin(signed))


def test_a_picture_weighs_little_and_is_the_same_to_the_byte() -> None:
    for name in ("full", "sixty-in-one-corner", "then-and-now-long"):
        picture = drawn(MAPS[name])
        first = picture.png
        rendering.png.cache_clear()
        assert picture.png == first
        assert len(first) <= 250_000
        assert Image.open(BytesIO(first)).size[0] == 720


def test_the_drawing_that_is_taken_along_has_its_letters_inside() -> None:
    made = svg_file(drawn(MAPS["welsh"]))
    found = ET.fromstring(made)

    assert "Gwrando’n ofalus" in "".join(found.itertext())
    assert made.count(b"font/woff") == 2
    assert len(made) < 60_000
    assert svg_file(drawn(MAPS["welsh"])) == made


async def test_others_are_answered_while_a_picture_is_drawn() -> None:
    rendering.png.cache_clear()
    drawing = asyncio.ensure_future(asyncio.to_thread(lambda: drawn(MAPS["full"]).png))
    await asyncio.sleep(0)  # the thread has begun
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.001)
        turns += 1

    assert turns > 10  # while resvg held Python's lock there was one


def test_a_drawing_that_is_none_says_so_without_a_word_of_it() -> None:
    with pytest.raises(RuntimeError) as raised:
        rendering.png('<no xmlns="http://www.w3.org/2000/svg" height="5">private</no>', 100)

    assert str(raised.value) == "the picture could not be drawn"


def test_a_picture_drawn_in_two_parts_has_no_seam() -> None:
    picture = drawn(MAPS["ours"])
    height = round(float(ET.fromstring(picture.svg).attrib["height"]) * 0.45)
    assert Image.open(BytesIO(picture.png)).size == (720, pytest.approx(height, abs=1))
    stripe = Image.open(BytesIO(picture.png)).convert("RGB").crop((20, 0, 21, height))
    column = [stripe.getpixel((0, y)) for y in range(height)]

    assert len(set(column)) < 12  # the edge of a corner's field runs on through the seam


def test_marks_and_words_tell_gifts_from_fears_without_colour() -> None:
    texts = ["".join(text.itertext()) for text in root(MAPS["ours"]).iter(f"{SVG}text")]

    assert texts.count("+") == 6
    assert texts.count("−") == 6
    assert {MARKS["U"], MARKS["D"]} <= {text.get("fill") for text in root(MAPS["ours"]).iter(f"{SVG}text")}
