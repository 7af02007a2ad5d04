"""The questions to come, as a circle's conveners see and change them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from practices.catalogue import BANK
from practices.model import Circle, Prompt
from practices.queue import LONGEST, OWN, Coming, Own, Queue, bank
from practices.rotation import Question, worded
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    day,
    day_of,
    field,
    header,
    held,
    modal,
    overflow,
    plain,
    safe,
    section,
    text_input,
)
from workspace.nudges import open_now

TITLE = "Questions to come"
SKIPPED = "_No question: you skipped it._"
EMPTY = "Nothing comes in the next half year: every week is quiet."
HOW = "Behind the three dots of a week: another question, one of your own, none at all. Members see none of this."
NONE = "Nothing just now. Members propose from their App Home, or below *Why this question?*."
FIRST, OTHERS = 75, 8  # characters of an option; proposals in one window


def window(
    circle: Circle,
    asked: Sequence[Prompt],
    weeks: Sequence[Coming],
    proposals: Sequence[Own],
    names: Mapping[str, str],
) -> Block:
    """The question that is open, the next ones, and what members propose, with all that conveners can do."""
    first = next((one for one in weeks if one.slot), None)
    blocks: list[Block] = [section(f"*{safe(circle.name)}* in <#{circle.channel}>")]
    for one_open in asked:
        blocks += open_now(one_open)
    blocks += [section(told(one), _menu(circle, one, first=one is first), f"day/{one.day}") for one in weeks]
    blocks.append(context(HOW) if weeks else section(EMPTY))
    blocks.append(header("Proposed by members"))
    for one in proposals[:OTHERS]:
        blocks += proposal(one, names)
    if not proposals:
        blocks.append(section(NONE))
    elif len(proposals) > OTHERS:
        blocks.append(context(f"And {len(proposals) - OTHERS} more: they come up as you answer these."))
    return {
        "type": "modal",
        "callback_id": "queue",
        "title": plain(TITLE),
        "close": plain("Close"),
        "private_metadata": circle.id,
        "blocks": blocks,
    }


def told(week: Coming) -> str:
    """One week in two lines."""
    if week.slot is None or week.question is None:
        return f"*{day(week.day)}*\n{SKIPPED}"
    moved = f" (instead of {day(week.day)})" if week.slot.on != week.day else ""
    text = safe(worded(week.question, week.slot.on))
    return f"*{day(week.slot.on)}*{moved}\n{text}\n_{safe(week.question.theme)}_"


def lines(weeks: Sequence[Coming]) -> str:
    """The same, a line each, for a page that has little room."""
    return "\n".join(
        f"• {one.slot.on.day} {one.slot.on:%b}: {safe(worded(one.question, one.slot.on))}"
        if one.slot and one.question
        else f"• {one.day.day} {one.day:%b}: {SKIPPED}"
        for one in weeks
    )


def proposal(one: Own, names: Mapping[str, str], where: str = "") -> list[Block]:
    """A proposal, with what a convener may say to it. Its text is shown as it would be asked."""
    who = safe(names.get(one.member, "Somebody"))
    credit = "" if one.named else ", who would not be named"
    return [
        section(f"“{safe(one.text)}”\n{who}{credit}{where}"),
        actions(
            button(
                "Put it in the queue",
                "proposal_yes",
                one.id,
                label_for_all=f"Put in the queue: {one.text}"[:75],
            ),
            button("Not this time", "proposal_no", one.id, label_for_all=f"Not this time: {one.text}"[:75]),
        ),
    ]


def writing(circle: Circle, week: Coming, queue: Queue) -> Block:
    """The window in which a convener writes a question for one day, or chooses one."""
    own = [Question(one.id, OWN, "middle", one.text) for one in queue.own]
    themes = dict.fromkeys(one.theme for one in BANK)
    groups = [(OWN, own)] if own else []
    groups += [(theme, [one for one in bank(circle) if one.theme == theme]) for theme in themes]
    chosen = {
        "type": "static_select",
        "placeholder": plain("Choose a question"),
        "option_groups": [
            {"label": plain(theme), "options": [_option(one) for one in those]}
            for theme, those in groups
            if those
        ],
    }
    blocks = [
        section(told(week)),
        field(
            "question",
            "Write your own",
            text_input(limit=LONGEST, placeholder="One question, answered in a sentence"),
            optional=True,
            hint="Please ask for nobody's name and for no private matter.",
        ),
        field("known", "Or choose one", chosen, optional=True),
    ]
    private = json.dumps({"circle": circle.id, "day": week.day.isoformat()})
    return modal(
        "queue_day", f"{day(week.day)}"[:24], blocks, submit="Ask this", close="Back", private=private
    )


def written(view: Mapping[str, Any]) -> tuple[str, date | None, str, str]:
    """What that window holds: the circle, the day, the words, the key of the one chosen."""
    about = json.loads(view["private_metadata"])
    text, known = held(view, "question") or "", held(view, "known") or ""
    return about["circle"], day_of(about["day"]), text, known


def chosen(action: Mapping[str, Any]) -> tuple[str, str, date | None]:
    """What a convener chose for which circle and day."""
    what, circle, on = (*str(action["selected_option"]["value"]).split("/"), "", "")[:3]
    return what, circle, day_of(on)


def _menu(circle: Circle, week: Coming, *, first: bool) -> Block:
    here = f"{circle.id}/{week.day.isoformat()}"
    if week.slot is None:
        return overflow("queue_more", [("Ask one after all", f"unskip/{here}")])
    choices = [("Another question", f"swap/{here}"), ("Write or choose one", f"write/{here}")]
    choices += [("Ask now", f"now/{here}")] if first else []
    return overflow("queue_more", [*choices, ("Skip this week", f"skip/{here}")])


def _option(one: Question) -> Block:
    text = one.text if len(one.text) <= FIRST else one.text[: FIRST - 4].rsplit(" ", 1)[0] + " ..."
    return {"text": plain(text), "value": one.key}
