"""A both/and map in words: what is heard in the picture's place, what stands in its thread, what is taken along.

The words are the members' own, whole, whatever letters they are in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from practices.polarities.map import CORNERS, Corner, Line, Map, Side, Standing, Step
from practices.reflections import clean
from workspace.blocks import Block, context, counted, cut, day, safe, section
from workspace.pictures.polarities.pieces import FORMING
from workspace.pictures.polarities.whole import MOST, heading
from workspace.pictures.sentences import whole

OFTEN = ("rarely", "now and then", "half the time", "often", "nearly always")
CREDIT = "A map of our own, after Barry Johnson's work on polarities."
ROOM = 11_000  # characters of one message
PARTS = 40  # blocks of one message


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it: a sentence, or a list."""

    heading: str
    told: Sequence[str] = field(default=())
    listed: bool = True


def name(found: Map) -> str:
    """Both/and map: moving quickly and taking time."""
    return f"Both/and map: {_line(found.left.pole)} and {_line(found.right.pole)}"


def alt(found: Map) -> str:
    """What somebody hears who cannot see the picture: whole sentences, 2,000 characters at most."""
    told = [name(found), f"Purpose: {_line(found.purpose) or FORMING}"]
    if found.stopped:
        told.insert(1, f"Laid aside: {_line(found.stopped)}")
    if found.now and found.then:
        told += [f"{part.heading}: {'; '.join(part.told)}" for part in _standings(found)]
    else:
        told += _stood_in(found)
        for corner in CORNERS:
            if lines := [_line(one.text) for one in found.lines(corner)[:MOST]]:
                told.append(f"{heading(found, corner)[0]}: {'; '.join(lines)}")
    told.append(f"If we lose the balance: {_line(found.fear) or FORMING}")
    told += [f"{part.heading}: {'; '.join(part.told)}" for part in _below(found)]
    return whole(" ".join(f"{one.rstrip('.')}." for one in told))


def twin(found: Map) -> tuple[tuple[Block, ...], ...]:
    """The same as the picture, and every line there is, as headed lists: blocks for one message or, where there is
    much, for several."""
    messages: list[tuple[Block, ...]] = []
    blocks: list[Block] = []
    for text in _texts(found):
        said = sum(len(block["text"]["text"]) for block in blocks)
        if blocks and (said + len(text) > ROOM or len(blocks) >= PARTS):
            messages.append(tuple(blocks))
            blocks = []
        blocks.append(section(text))
    return (*messages, (*blocks, context(CREDIT)))


def markdown(found: Map) -> str:
    """The same for people elsewhere, who have no Slack. Nobody is named in it."""
    parts = [f"# {_plain(name(found))}"]
    for part in _parts(_unsigned(found)):
        told = [_plain(one) for one in part.told]
        parts.append(
            f"## {_plain(part.heading)}\n\n"
            + ("\n".join(f"- {one}" for one in told) if part.listed else told[0])
        )
    return "\n\n".join([*parts, f"*{CREDIT}*"]) + "\n"


def _texts(found: Map) -> Iterator[str]:
    yield f"*{safe(name(found))}*"
    for part in _parts(found):
        lines = [safe(f"• {one}" if part.listed else one) for one in part.told]
        yield from cut(f"*{safe(part.heading)}*\n" + "\n".join(lines))


def _parts(found: Map) -> Iterator[Part]:
    """All there is, in the order in which it is read."""
    if found.stopped:
        yield Part("Laid aside", (_line(found.stopped),), listed=False)
    if found.question:
        yield Part("What made us ask", (_line(found.question),), listed=False)
    yield Part("Why we need both", (_line(found.purpose) or FORMING,), listed=False)
    for corner in CORNERS:
        lines = [one for line in found.lines(corner) for one in _said(line)]
        yield Part(heading(found, corner)[0], lines or ("Nothing yet",), listed=bool(lines))
    yield Part("If we lose the balance", (_line(found.fear) or FORMING,), listed=False)
    yield from _standings(found)
    yield from _below(found)


def _said(line: Line) -> Iterator[str]:
    """A line with its author's name where names are shown, its dots, and those stacked under it."""
    dots = f" ({counted(line.dots, 'dot', 'dots')})" if line.dots else ""
    yield f"{_signed(line)}{dots}"
    for one in line.alike:
        yield f"said alike: {_signed(one)}"


def _signed(line: Line) -> str:
    return _line(line.text) + (f" – {_line(line.by)}" if line.by else "")


def _unsigned(found: Map) -> Map:
    """The same without anybody's name."""

    def of(side: Side) -> Side:
        return replace(
            side,
            gifts=tuple(_nobodys(one) for one in side.gifts),
            fears=tuple(_nobodys(one) for one in side.fears),
            steps=tuple(replace(one, owner="") for one in side.steps),
        )

    return replace(found, left=of(found.left), right=of(found.right))


def _nobodys(line: Line) -> Line:
    return replace(line, by="", alike=tuple(_nobodys(one) for one in line.alike))


def _standings(found: Map) -> Iterator[Part]:
    for what, one in (("Then", found.then), ("Now" if found.then else "Where we stood", found.now)):
        if one:
            lines = [f"{heading(found, corner)[0]}: {_found(one, corner)}" for corner in CORNERS]
            lines += [f"Not sure: {one.unsure}"] if one.unsure else []
            yield Part(f"{what}, {day(one.on, year=True)}", lines)


def _found(one: Standing, corner: Corner) -> str:
    """9 of 19 stood here; we see this often, where that is known."""
    stood = f"{one.at(corner).stood} of {one.people} stood here"
    if not one.at(corner).known:
        return stood
    often = OFTEN[round(min(1.0, max(0.0, one.at(corner).score)) * (len(OFTEN) - 1))]
    return f"{stood}, and we see this {often}"


def _stood_in(found: Map) -> Iterator[str]:
    if found.now:
        for corner in CORNERS:
            at = found.now.at(corner)
            yield f"{at.stood} of {found.now.people} stood in “{heading(found, corner)[0]}”"


def _below(found: Map) -> Iterator[Part]:
    for side in (found.left, found.right):
        if side.steps:
            yield Part(f"Small steps: {_line(side.pole)}", [_step(one) for one in side.steps])
    for side in (found.left, found.right):
        if side.signs:
            yield Part(f"Early signs of too much {_line(side.pole)}", [_line(one) for one in side.signs])


def _step(one: Step) -> str:
    more = [_line(one.owner)] if one.owner else []
    more += [f"by {day(one.by)}"] if one.by else []
    more += ["helps both"] if one.helps_both else []
    return _line(one.text) + (f" ({', '.join(more)})" if more else "")


def _line(words: str) -> str:
    return " ".join(clean(words).split())


def _plain(words: str) -> str:
    """Words as they are: no sign of Markdown has a meaning in them."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in words)
