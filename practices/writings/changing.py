"""What can be done with a writing once it is there, and by whom."""

from dataclasses import replace

from practices.archive import ESCAPED, Utterance
from practices.forms import Answers, Form
from practices.model import Visit, identity
from practices.refusals import (
    KeyIsLost,
    NotYourWords,
)
from practices.writings.values import CHOSEN, Wanted, Writing


def opened(
    form: Form, before: Writing | None, link: str = "", retells: str = "", occasion: str = ""
) -> Wanted:
    """What lies before somebody who opens a form: nothing yet, or what is to go on from."""
    if before:
        typed = {name: given for name, given in before.answers.items() if name != CHOSEN}
        return Wanted(
            before.id, form.key, chosen(before), typed, before.circle, before.may_quote,
            before.revision, before.occasion or (occasion if before.draft else ""), before.retells,
        )  # fmt: skip
    answers = {form.link.name: link} if link and form.link else {}
    return Wanted("", form.key, form.preset, answers, occasion=occasion, retells=retells)


def chosen(writing: Writing) -> str:
    """Who was to see it: for a draft never more than its author had chosen before she laid it aside."""
    return (
        next(iter(writing.answers.get(CHOSEN, ())), writing.visibility)
        if writing.draft
        else writing.visibility
    )


def readable(writing: Writing | None) -> Writing:
    """A writing whose key is there. Raises KeyIsLost."""
    if writing is None:
        raise KeyIsLost
    return writing


def narrowed(writing: Writing) -> Writing:
    """The same, for its author alone."""
    return replace(writing, visibility="me", revision=writing.revision + 1)


def changed(form: Form, wanted: Wanted) -> bool:
    """Whether the form asks for something else than the one that lay before her."""
    return wanted.edition != form.edition


def waits(writing: Writing) -> bool:
    """Whether it is a line without a name that nobody has been shown yet."""
    return writing.visibility == "unnamed" and not (writing.released or writing.draft or writing.down)


def stood(writing: Writing | None) -> bool:
    """Whether it has stood in the channel, so that people would know it again without a name; not a line that stands
    there without one now."""
    return writing is not None and writing.released and not writing.batch


def outdated(wanted: Wanted, before: Writing | None) -> bool:
    """Whether what lies before her is older than what is kept: she has changed it somewhere else meanwhile."""
    return before is not None and wanted.revision != before.revision


def own(writing: Writing | None, visit: Visit) -> Writing:
    """The member's own writing. Raises NotYourWords."""
    if writing is None or writing.author != visit.member:
        raise NotYourWords
    return writing


def new_id(visit: Visit, view: str) -> str:
    """One writing for each modal that was opened, however often it is sent."""
    return identity("writing", visit.community, view)


def utterance_of(writing: Writing) -> Utterance:
    """A card that stands in a channel, as the memory keeps it: its author's words."""
    return Utterance(
        community=writing.community,
        channel=writing.channel,
        ts=writing.ts or "",
        thread=writing.ts or "",
        author=writing.author,
        text="".join(ESCAPED.get(c, c) for c in text_of(writing.answers)),
        revision=f"{writing.revision}",
        practice="writing",
    )


def text_of(answers: Answers) -> str:
    """All that was typed, one answer after another: what a search in one's own words looks through."""
    return "\n".join(answer for answer in answers.values() if isinstance(answer, str))
