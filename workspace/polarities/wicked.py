"""How a wicked question is begun, written to, shown, dotted and closed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from practices.model import Message, identity
from practices.polarities.gathering import GROUP, grouped
from practices.polarities.naming import POLE
from practices.polarities.wicked import DOTS, LINES, MINUTES, Half, Wicked
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    cut,
    field,
    header,
    held,
    modal,
    multi_select,
    radio,
    safe,
    section,
    text_input,
)
from workspace.prompts import mend

TITLE = "A wicked question"
ASKED = "How is it that we are *…* and *…* at the same time?"
ABOUT = (
    "Two things that are both true of us, though they pull apart: busy *and* stuck, close *and* careful. A few words "
    "on each side are plenty, and nothing has to be solved."
)
NAMED = "Lines are shown with names."
UNNAMED = (
    "Lines are shown without names, mixed, once five people have written. The bot keeps a link, under your own key, so "
    "that you can change yours until then; whoever runs the server technically could find out whose it is."
)
TOP = 4  # of which a map can be made at once


def begin(channel: str) -> Block:
    """With names or without: said to everyone."""
    choices = [("Show names", "named"), ("Show no names (five people or more)", "unnamed")]
    return modal(
        "wicked_begin",
        TITLE,
        [
            section(f"{ASKED}\n{ABOUT}"),
            context(
                f"A warm-up of about {MINUTES} minutes in <#{channel}>. It can grow into a both/and map."
            ),
            field("names", "Names", radio(choices, "named")),
        ],
        submit="Ask",
        private=channel,
    )


def begun(view: Mapping[str, Any]) -> tuple[str, bool]:
    """Its channel, and whether names are shown."""
    return str(view["private_metadata"]), held(view, "names") != "unnamed"


def invitation(one: Wicked) -> Message:
    """The question in its channel."""
    return _post(one, "wicked", "asked", None, _invitation(one, over=False))


def writing(one: Wicked, hers: Sequence[tuple[str, str]]) -> Block:
    """Up to three lines, each two halves; hers, as far as she wrote any."""
    blocks: list[Block] = [section(ASKED)]
    for number in range(1, LINES + 1):
        left, right = hers[number - 1] if number <= len(hers) else ("", "")
        first = number == 1
        more = "" if first else " (another)"
        blocks += [
            field(
                f"left{number}", f"We are …{more}", text_input(left, limit=POLE, focus=first), optional=True
            ),
            field(f"right{number}", "… and", text_input(right, limit=POLE), optional=True),
        ]
    blocks.append(context(NAMED if one.named else UNNAMED))
    return modal("wicked_write", TITLE, blocks, submit="Add", private=one.id)


def written(view: Mapping[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """To which, and the halves."""
    halves = [
        (str(held(view, f"left{number}") or ""), str(held(view, f"right{number}") or ""))
        for number in range(1, LINES + 1)
    ]
    return str(view["private_metadata"]), halves


def said(one: Wicked, lines: Sequence[Half]) -> tuple[Message, ...]:
    """Its lines as they are to stand now; without any they are taken out. The invitation asks for no more."""
    shown = _post(one, "wicked lines", f"lines {one.revision}", one.lines_ts, _lines(one, lines))
    if not lines:
        return (_taken_out(one),) if one.lines_ts else ()
    if one.state == "shown" and one.ts:
        over = _post(one, "wicked", f"over {one.revision}", one.ts, _invitation(one, over=True))
        return over, shown
    return (shown,)


def not_posted(one: Wicked, code: str) -> tuple[Message, ...]:
    """Its lines could not be posted: the invitation asks again, and whoever began it hears what to do."""
    text = (
        f"I could not show the lines of the wicked question in <#{one.channel}>. {mend(code)} Nothing that anybody "
        "wrote is lost: then press *Show the lines* there once more."
    )
    notes = [
        Message(
            id=identity("wicked not posted", one.id, str(one.revision), who),
            community=one.community,
            purpose="notice",
            subject=one.id,
            member=who,
            text=text,
            blocks=(section(text),),
        )
        for who in one.holders
    ]
    again = _post(one, "wicked", f"asked {one.revision}", one.ts, _invitation(one, over=False))
    return (again, *notes)


def dotting(one: Wicked, lines: Sequence[Half], chosen: Iterable[str]) -> Block:
    """Three dots, on whichever lines."""
    options = [(_line(line)[:75], line.id) for line in lines]
    groups = [(f"Lines from {n * GROUP + 1}", part) for n, part in enumerate(grouped(options))]
    element = multi_select(groups, chosen, DOTS)
    hint = "Which of them would you like to look at together?"
    return modal(
        "wicked_dots",
        TITLE,
        [field("dots", "Your three dots", element, optional=True, hint=hint)],
        submit="Give",
        private=one.id,
    )


def dots(view: Mapping[str, Any]) -> tuple[str, list[str]]:
    """On which question, and the lines."""
    return str(view["private_metadata"]), list(held(view, "dots") or ())


def grown(action: Mapping[str, Any]) -> tuple[str, str]:
    """Of which question, and which line."""
    which, _, line = str(action["value"]).partition("/")
    return which, line


def _invitation(one: Wicked, *, over: bool) -> list[Block]:
    blocks: list[Block] = [
        header(TITLE),
        section(f"{ASKED}\n{ABOUT}"),
        context(NAMED if one.named else UNNAMED),
    ]
    if over:
        return [*blocks, context("The lines stand below.")]
    return [
        *blocks,
        actions(
            button("Add a line", "wicked_write", one.id, primary=True),
            button("Show the lines", "wicked_show", one.id),
        ),
        context(
            f"For about {MINUTES} minutes. Then whoever began it, or convenes the circle, presses *Show the lines*."
        ),
    ]


def _lines(one: Wicked, lines: Sequence[Half]) -> list[Block]:
    blocks: list[Block] = [header("How is it that we are …")]
    if one.state == "closed":
        blocks += [_top(one, line) for line in lines[:TOP]]
        blocks += _listed(lines[TOP:])
        return [
            *blocks,
            context("… at the same time? Most dots first. Any of the first can grow into a both/and map."),
        ]
    return [
        *blocks,
        *_listed(lines),
        section("… at the same time?"),
        actions(
            button("Give my dots", "wicked_dots", one.id, primary=True),
            button("Count the dots", "wicked_close", one.id),
        ),
        context(
            "Each of us has three dots. When most have given theirs, whoever began it, or convenes the circle, counts."
        ),
    ]


def _top(one: Wicked, line: Half) -> Block:
    label = f"Make a map of {_line(line)}"[:75]
    grow = button("Make a map of it", "wicked_map", f"{one.id}/{line.id}", label_for_all=label)
    return section(f"*{_told(line)}*", accessory=grow, block_id=f"line/{line.id[:32]}")


def _listed(lines: Sequence[Half]) -> list[Block]:
    return [section(part) for part in cut("\n".join(f"• {_told(line)}" for line in lines))]


def _told(line: Half) -> str:
    """moving quickly _and_ taking time – Sam (3 dots)."""
    by = f" – {safe(line.by)}" if line.by else ""
    given = f" ({counted(line.dots, 'dot', 'dots')})" if line.dots else ""
    return f"{safe(line.left)} _and_ {safe(line.right)}{by}{given}"


def _line(line: Half) -> str:
    return f"{line.left} and {line.right}"


def _taken_out(one: Wicked) -> Message:
    return Message(
        id=identity("wicked", one.id, "gone"),
        community=one.community,
        purpose="wicked lines",
        subject=one.id,
        channel=one.channel,
        kind="delete",
        ts=one.lines_ts,
        text="",
    )


def _post(one: Wicked, purpose: str, which: str, ts: str | None, blocks: Sequence[Block]) -> Message:
    return Message(
        id=identity("wicked", one.id, which),
        community=one.community,
        purpose=purpose,
        subject=one.id,
        channel=one.channel,
        kind="update" if ts else "post",
        ts=ts,
        text=f"{TITLE}: how is it that we are … and … at the same time?",
        blocks=tuple(blocks),
    )
