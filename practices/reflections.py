"""What counts as an answer, and whose it is to change."""

import unicodedata
from dataclasses import replace

from practices.model import Answer, Heard, Prompt, Reflection, Visit, identity
from practices.refusals import (
    AlreadyGone,
    ClosedMeanwhile,
    NothingWritten,
    NotYourWords,
    PromptClosed,
    PromptTakenDown,
    StillOnItsWay,
    TakenDownMeanwhile,
    TooLong,
)

LONGEST = 1200
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LONGEST_REPLY = 40_000  # Slack's own limit for a message


def clean(text: str) -> str:
    """The words without control and direction marks that hide or turn other words; line breaks stay. Nothing at all
    where nothing can be seen."""
    kept = (
        c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
    )
    words = "".join(c for c in kept if c not in TURNING).strip()
    return words if any(unicodedata.category(c)[0] in "LNPS" for c in words) else ""


def still_open(prompt: Prompt | None) -> Prompt:
    """The prompt, if it takes answers. Raises PromptTakenDown, PromptClosed."""
    if prompt is None or prompt.withdrawn:
        raise PromptTakenDown
    if prompt.closed:
        raise PromptClosed
    return prompt


def accept(prompt: Prompt | None, visit: Visit, answer: Answer, before: Reflection | None) -> Reflection:
    """A check-in from the modal: a member's one answer to a prompt, or a new wording of it.

    Raises NothingWritten, TooLong, ClosedMeanwhile, TakenDownMeanwhile, StillOnItsWay.
    """
    text = clean(answer.text)
    if not text:
        raise NothingWritten
    if len(text) > LONGEST:
        raise TooLong(length=str(len(text)), limit=str(LONGEST))
    if prompt is None or (before is None and prompt.withdrawn):
        raise TakenDownMeanwhile
    if before is None and prompt.closed:
        raise ClosedMeanwhile
    if before and before.ts is None:
        raise StillOnItsWay
    if before:
        return replace(
            before,
            text=text,
            arriving=answer.arriving,
            may_quote=answer.may_quote,
            edited=before.edited or text != before.text,
            revision=f"{visit.now.timestamp():.6f}",
        )
    return Reflection(
        id=identity("checkin", visit.community, prompt.id, visit.member),
        community=visit.community,
        circle=prompt.circle,
        prompt=prompt.id,
        member=visit.member,
        text=text,
        arriving=answer.arriving,
        may_quote=answer.may_quote,
        via="modal",
        channel=prompt.channel,
        ts=None,
        kept_at=visit.now,
    )


def hear(prompt: Prompt | None, visit: Visit, heard: Heard, before: Reflection | None) -> Reflection | None:
    """A reply in a prompt's thread is an answer, as it is worded now; None where it is not one.

    A reply without words (a picture, say) is still a voice; one of only control marks is not.
    """
    if before is None and not (heard.member and prompt and not prompt.closed and not prompt.withdrawn):
        return None
    text = clean(heard.text)[:LONGEST_REPLY]
    if before:
        # Slack also reports a change when a link's preview arrives: neither new words nor a newer edit.
        changed = text != before.text or heard.revision > before.revision
        return replace(before, text=text, edited=True, revision=heard.revision) if changed else None
    if heard.text and not text:
        return None
    assert prompt is not None
    return Reflection(
        id=identity("reply", visit.community, heard.channel, heard.ts),
        community=visit.community,
        circle=prompt.circle,
        prompt=prompt.id,
        member=heard.member,
        text=text,
        arriving="",
        may_quote=False,
        via="thread",
        channel=heard.channel,
        ts=heard.ts,
        kept_at=visit.now,
        edited=bool(heard.revision),
        revision=heard.revision,
    )


def own(reflection: Reflection | None, visit: Visit) -> Reflection:
    """The member's own reflection. Raises AlreadyGone, NotYourWords."""
    if reflection is None:
        raise AlreadyGone
    if reflection.member != visit.member:
        raise NotYourWords
    return reflection
