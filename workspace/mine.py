"""What somebody wrote, listed for her alone: in a window with a search box, in a private word, on her own page."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from practices.forms import Forms
from practices.keeping import ANSWERS_MONTHS, WEATHER_KEPT, answers_until
from practices.mine import Answered, Counts, Found
from practices.model import Message, Visit, identity
from practices.writings import Locked, Writing, text_of
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day,
    field,
    held,
    modal,
    overflow,
    safe,
    section,
    text_input,
)
from workspace.nudges import PACE
from workspace.sealed import have_receipt
from workspace.writings import LOST, SEEN, menu_of, window

HERE = "Here is all that is kept of your own words: to read (Markdown), and for programs (JSON)."
KEPT = (
    "*What I wrote* says of each thing until when it is kept. Answers to a question are kept for "
    f"{ANSWERS_MONTHS} months, or as your circle has said, and in a kept thread as long as the thread; how you "
    f"arrived, for {WEATHER_KEPT.days} days."
)
NO_MORE = " · not shown any more: fewer than five people's lines were left, or the message was deleted"
OF_NOTHING = (
    " · not shown: it does not say which gathering it is about. Edit it, and it waits with the newest"
)
PAGE, FIRST = 20, 200  # writings in a list; characters of each
LONGEST = 100  # characters that are looked for


def entry(one: Found, zone: str, forms: Forms) -> Block:
    """One writing in a list: when, who sees it, how it begins, and what can be done."""
    if isinstance(one, Answered):
        return _answered(one, zone)
    told = f"*{safe(forms.for_reading(one.form).title)}* · {_on(one, zone)} · {SEEN[one.visibility][0]}"
    if isinstance(one, Locked):
        return section(
            f"{told}{until(one)}\n{LOST}", overflow("mine_more", menu_of("Edit", "Delete", of=one.id))
        )
    labels = ("Edit", "Delete") if one.draft else ("Open", "Edit", "Tell it again", "Delete")
    state = " · draft" if one.draft else _standing(one, forms)
    menu = overflow("mine_more", menu_of(*labels, of=one.id))
    begins = safe(_begins(text_of(one.answers)))
    return section(f"{told}{state}{until(one)}\n{begins}", menu, block_id=f"mine/{one.id}")


def _answered(one: Answered, zone: str) -> Block:
    """The same for an answer that her circle can read; one that she said in the thread is hers to change there."""
    told = f"*Check-in* · {_on(one, zone)} · in <#{one.channel}>{until(one)}"
    text = f"_{safe(one.question)}_\n{safe(_begins(one.text))}"
    if one.in_thread:
        return section(f"{told} · said in the thread: you can change or delete it there\n{text}")
    menu = overflow("mine_more", menu_of("Edit", "Delete", of=one.id))
    return section(f"{told}\n{text}", menu, block_id=f"mine/{one.id}")


def _begins(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= FIRST else line[:FIRST].rsplit(" ", 1)[0] + " ..."


def _on(one: Found, zone: str) -> str:
    return day(one.written_at.astimezone(ZoneInfo(zone)).date(), year=True)


def until(one: Found) -> str:
    """Until when it is kept."""
    if isinstance(one, Answered) and one.thread_kept:
        return " · kept as long as its thread"
    on = answers_until(one.written_at.date(), one.months) if isinstance(one, Answered) else one.goes_on
    return f" · kept until {on.day} {on:%b %Y}" if on else " · kept until you delete it"


def listed(found: Sequence[Found], words: str, zone: str, forms: Forms, start: int = 0) -> list[Block]:
    """A page of what she wrote, newest first, of all that has these words."""
    unread = [one for one in found if isinstance(one, Locked)] if words else []
    found = [one for one in found if one not in unread]
    below = [*_unread(len(unread)), have_receipt()]
    if not found:
        looked = f"Nothing you wrote has all of “{safe(words[:LONGEST])}” in it." if words else "Nothing yet."
        if unread:
            looked = f"Nothing I can open has all of “{safe(words[:LONGEST])}” in it."
        return [section(f"{looked} What you write for yourself, nobody else can read."), *below]
    start = start if start < len(found) else 0
    blocks = [entry(one, zone, forms) for one in found[start : start + PAGE]]
    if len(found) > PAGE:
        newer, older = start - PAGE, start + PAGE
        turns = [button("Newer", "mine_newer", f"{newer}/{words[:LONGEST]}")] if start else []
        turns += [button("Older", "mine_older", f"{older}/{words[:LONGEST]}")] if older < len(found) else []
        last = min(start + PAGE, len(found))
        blocks += [context(f"{start + 1} to {last} of {len(found)}"), actions(*turns, block_id="turn")]
    return [*blocks, *below]


def _unread(many: int) -> list[Block]:
    """What could not be looked through."""
    what = counted(many, "thing", "things")
    return [context(f"{what} you wrote could not be looked through: the key is missing.")] if many else []


def listing(found: Sequence[Found], words: str, zone: str, forms: Forms, start: int = 0) -> Block:
    """The same as a window, with a search box."""
    looked = text_input(words[:LONGEST], limit=LONGEST, placeholder="jam, or two words that belong together")
    box = field("words", "Find something you wrote", looked, optional=True)
    carried = json.dumps({"words": words[:LONGEST], "start": start})
    blocks = [box, *listed(found, words, zone, forms, start)]
    return modal("mine", "What I wrote", blocks, submit="Find", close="Close", private=carried)


def asked(view: Mapping[str, Any]) -> str:
    """What is looked for in that window."""
    return str(held(view, "words") or "").strip()


def carried(view: Mapping[str, Any] | None) -> tuple[str, int]:
    """The words and the place of the list that lies open; nothing in particular where it is no window."""
    kept = (view or {}).get("private_metadata") or "{}"
    there = json.loads(kept)
    return there.get("words", ""), there.get("start", 0)


def turned(action: Mapping[str, Any]) -> tuple[str, int]:
    """To which page, of what has which words."""
    start, _, words = action["value"].partition("/")
    return words, int(start)


def _standing(one: Writing, forms: Forms) -> str:
    """What has become of a line without a name, and of what waits to be shown with the others."""
    if one.hidden:
        return " · waits to be shown with what the others write"
    if one.visibility != "unnamed":
        return ""
    if one.down:
        return f" · not shown: a convener has taken it down, and says: _{safe(one.down)}_"
    if one.batch or one.released:
        return " · shown" if one.batch else NO_MORE
    if one.few:
        return " · held, and shown to nobody: there are fewer than five people in the circle now"
    nothing_like_it = not one.occasion and forms.for_reading(one.form).seals
    return OF_NOTHING if nothing_like_it else " · waits until five people have written"


def record(counts: Counts) -> Block:
    """How much is kept of her, and the way to have all of it."""
    lines = [
        f"• {counted(counts.written, 'thing', 'things')} you wrote in forms, drafts included",
        f"• {counted(counts.answered, 'answer', 'answers')} to a circle's question that your circle can read",
        f"• {counted(counts.said, 'message', 'messages')} of yours in our memory of kept threads",
        f"• {counted(counts.asked, 'question', 'questions')} that you proposed or wrote",
    ]
    if counts.rounds:
        lines.append(
            f"• {counted(counts.rounds, 'thing', 'things')} you gave for match rounds or took away from them, locked"
        )
    if counts.mapped:
        lines.append(
            f"• {counted(counts.mapped, 'line', 'lines')} of yours on both/and maps and wicked questions"
        )
    if counts.joining:
        lines.append(
            f"• {counted(counts.joining, 'time', 'times')} you asked to join a circle, locked, for its conveners"
        )
    if counts.wish.pace != "never":
        lines.append(f"• how often you are reminded of a question: {PACE[counts.wish.pace].lower()}")
    if counts.welcomed:
        lines.append(f"• that you were welcomed to {counted(counts.welcomed, 'circle', 'circles')}")
    lines += [f"• that you are away until {day(one.until, year=True)}" for one in counts.away]
    blocks = [
        section("\n".join(lines)),
        section(KEPT),
        actions(
            button("Send me all of it", "send_my_words", "all", primary=True),
            button("Forget me", "forget_me"),
        ),
        context(
            "The files come to you in a direct message. Nobody else sees them. *Forget me* first tells you what goes "
            "and what stays."
        ),
    ]
    return window("What is kept about you", blocks)


def on_its_way() -> Block:
    """Once she has asked for it."""
    return window("What is kept about you", [section("It is on its way to you, in a direct message.")])


def wanted(visit: Visit) -> Message:
    """Her own words are to be sent to her; the files are made when they are sent."""
    return Message(
        id=identity("my words", visit.community, visit.member, visit.key),
        community=visit.community,
        purpose="my words",
        subject=visit.member,
        member=visit.member,
        kind="file",
        text="",
    )


def files(markdown: str, json_text: str) -> tuple[Mapping[str, object], ...]:
    """The two files, as Slack takes them."""
    return (
        {"filename": "my-words.md", "title": "My words, to read", "content": markdown},
        {"filename": "my-words.json", "title": "My words, for programs", "content": json_text},
    )
