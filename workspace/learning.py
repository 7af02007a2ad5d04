"""How a learning digest is set, looked at, edited, posted, and handed on as Markdown."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from practices.catalogue.forms.pulse import FORM as PULSE
from practices.learning import EVERY, LONGEST, Draft, Every, Learned, wording
from practices.model import Circle, Message, Visit, identity
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    counted,
    cut,
    field,
    header,
    held,
    modal,
    radio,
    safe,
    section,
    text_input,
    words,
)  # fmt: skip
from workspace.figures import heard_of, pictures, ripples
from workspace.pictures import posting
from workspace.pulse import in_words

TOLD: dict[Every, str] = {"off": "No learning digest", "month": "Every month", "quarter": "Every quarter"}
OPEN = (
    "It is made of what was said openly: what the questions were about, ripples shared with the circle, the pulse's "
    "sums, and words whose authors ticked that they may be quoted. Nothing that anybody keeps for herself, or for "
    "her conveners, is ever in it."
)

ALONG = "The digest as Markdown. Nobody is named in it; please look at its quotes before you hand it on."
MEANWHILE = "Another convener has changed it meanwhile. If you save yours, it takes the place of this:"
LOST = "_The conveners' own words cannot be opened just now. They come back here once their key is found._"


def setting(circle: Circle, every: str) -> Block:
    """How often, for a convener."""
    options = [(TOLD[one], one) for one in EVERY]
    return modal(
        "learning_rhythm",
        "Learning digest",
        [
            section(
                f"*{safe(circle.name)}*: a draft comes to its conveners, who look at it, edit it and post it."
            ),
            field("every", "How often", radio(options, every)),
            context(OPEN),
        ],
        submit="Save",
        private=circle.channel,
    )


def every_of(view: Mapping[str, Any]) -> tuple[str, Every]:
    """The channel, and how often."""
    chosen = held(view, "every")
    return view["private_metadata"], next((one for one in EVERY if one == chosen), "off")


def saved(every: Every) -> str:
    return "There is no learning digest." if every == "off" else f"{TOLD[every]}, on its first day at ten."


def ready(found: Learned, circle: Circle) -> tuple[Message, ...]:
    """A word to each convener: a draft waits."""
    draft = found.draft
    text = f"A learning digest of *{safe(circle.name)}* waits for you: {period(draft)}."
    menu = actions(
        button("Look at it", "learning_look", draft.id),
        button("Edit", "learning_edit", draft.id),
        button("Post it", "learning_post", draft.id, primary=True),
        button("Send me the Markdown", "learning_markdown", draft.id),
        button("Let it go", "learning_let_go", draft.id),
    )
    return tuple(
        Message(
            id=identity("learning ready", draft.id, one),
            community=draft.community,
            purpose="notice",
            subject=draft.id,
            member=one,
            text=text,
            blocks=(section(text), menu, context(OPEN)),
        )
        for one in circle.conveners
    )


def preview(found: Learned, circle: Circle) -> Block:
    """How it will stand in the channel."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Learning digest"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks_of(found, circle),
    }


def editing(found: Learned, meanwhile: Draft | None = None) -> Block:
    """A convener's own words, and which quotes are left out; above them what another one has made of it `meanwhile`."""
    draft = found.draft
    kept = meanwhile or draft
    newer = [section(MEANWHILE), *(words(kept.note) or [context("No words.")])] if meanwhile else []
    fields = [
        *newer,
        field(
            "note",
            "What you would like to say",
            text_input(draft.note, limit=LONGEST, lines=True, focus=True),
            optional=True,
        ),
    ]
    if found.offered:
        options = [(f"{one.name}: {' '.join(one.words.split())}"[:75], one.id) for one in found.offered]
        fields.append(
            field("left_out", "Leave out these quotes", checkboxes(options, draft.left_out), optional=True)
        )
    return modal(
        "learning_edit",
        "Learning digest",
        fields,
        submit="Save the draft",
        private=f"{draft.id}/{wording(kept)}",
    )


def edited(view: Mapping[str, Any]) -> tuple[str, str, str, list[str]]:
    """Which draft, as it was worded when the window was opened; the words, and what is left out."""
    which, _, before = str(view["private_metadata"]).partition("/")
    return which, before, held(view, "note") or "", held(view, "left_out") or []


def post(found: Learned, circle: Circle, again: str = "") -> Message:
    """The digest in the channel; `again` is the moment it changed, if it stands there already."""
    draft = found.draft
    said = Message(
        id=identity("learning", draft.id, again),
        community=draft.community,
        purpose="learning",
        subject=draft.id,
        channel=draft.channel,
        text=f"What {safe(circle.name)} learned, {period(draft)}",
        blocks=tuple(blocks_of(found, circle)),
        kind="update" if again else "post",
        ts=draft.ts if again else None,
    )
    return posting.show(said, pictures(circle, found.figures, found.pulses))


def blocks_of(found: Learned, circle: Circle) -> list[Block]:
    """All of it, quotes with their authors' names."""
    blocks: list[Block] = [header(f"What {circle.name[:60]} learned"), context(period(found.draft))]
    blocks += [context(LOST)] if found.draft.note_lost else words(found.draft.note)
    for title, text in _parts(found):
        blocks += [section(f"*{title}*"), *(section(part) for part in cut(text))]
    for one in found.quotes:
        blocks += [section(f"> {safe(one.words[:1200])}".replace("\n", "\n> ") + f"\n{safe(one.name)}")]
    return blocks


def remembered(found: Learned, circle: Circle) -> str:
    """What the memory holds: without quotes, which are their authors' own words."""
    parts = [f"What {circle.name} learned, {period(found.draft)}", found.draft.note]
    return "\n\n".join(
        [part for part in parts if part] + [f"{title}\n{text}" for title, text in _parts(found)]
    )


def markdown(found: Learned, circle: Circle) -> str:
    """The same for people elsewhere: nobody is named."""
    note = LOST if found.draft.note_lost else found.draft.note
    parts = [f"# What {circle.name} learned", period(found.draft), note]
    parts += [f"## {title}\n\n{text.replace(chr(10), chr(10) * 2)}" for title, text in _parts(found)]
    if found.quotes:
        said = "\n\n".join("> " + one.words.replace("\n", "\n> ") for one in found.quotes)
        parts.append(f"## In our words\n\n{said}")
    return "\n\n".join(part for part in parts if part) + "\n"


def wanted(draft: Draft, visit: Visit) -> Message:
    """It is to be sent to a convener as Markdown; the file is made when it is sent, so that no word waits openly."""
    return Message(
        id=identity("learning files", draft.id, visit.member, visit.key),
        community=visit.community,
        purpose="learning files",
        subject=draft.id,
        member=visit.member,
        kind="file",
        text="",
    )


def files(found: Learned, circle: Circle) -> tuple[Mapping[str, object], ...]:
    """The file, as Slack takes it."""
    name = f"learning-{found.draft.since.isoformat()}.md"
    return ({"filename": name, "title": period(found.draft), "content": markdown(found, circle).encode()},)


def period(draft: Draft) -> str:
    """1 October to 31 December 2026."""
    last = draft.until - timedelta(days=1)
    return f"{_day(draft.since)} to {_day(last)} {last.year}"


def _parts(found: Learned) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    if found.figures.weeks:
        heard = counted(len(found.figures.weeks), "question", "questions")
        lines = [f"{theme}: {heard_of(voices)}" for theme, voices in found.themes]
        parts.append(("What we talked about", f"{heard} came to a close.\n" + "\n".join(lines)))
    if found.figures.ripples:
        parts.append(("Where ripples turned up", ripples(found.figures)))
    for _, sums in found.pulses:
        parts.append((PULSE.title, "\n".join(in_words(sums)).replace("*", "")))
    return parts


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"
