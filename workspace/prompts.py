"""How a question looks in its channel, its voices, its digest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from practices.model import Circle, Message, Prompt, identity
from practices.prompts import Digest
from practices.queue import OWN
from practices.rhythm import Slot
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day,
    day_of,
    header,
    moment,
    overflow,
    safe,
    section,
)

DEPTHS = {"light": "a light one", "middle": "one in the middle", "deep": "a deeper one"}
LISTENING = "Thanks for being here. See you next week."


def title(prompt: Prompt) -> str:
    return f"{prompt.on:%A} check-in"


def invitation(prompt: Prompt) -> Message:
    """The question, as it is first said in its channel."""
    return Message(
        id=prompt.id,
        community=prompt.community,
        purpose="prompt",
        subject=prompt.id,
        channel=prompt.channel,
        text=f"{title(prompt)}: {safe(prompt.text)}",
        blocks=tuple(_asked(prompt, voices=0)),
    )


def redrawn(prompt: Prompt, voices: int, now: datetime) -> tuple[Message, ...]:
    """The same message with its voices as they are now; nothing where it has been taken down."""
    if prompt.withdrawn or prompt.ts is None:
        return ()
    return (
        Message(
            id=identity("voices", prompt.id, now.isoformat()),
            community=prompt.community,
            purpose="voices",
            subject=prompt.id,
            channel=prompt.channel,
            kind="update",
            ts=prompt.ts,
            text=f"{title(prompt)}: {safe(prompt.text)}",
            blocks=tuple(_asked(prompt, voices)),
        ),
    )


def digest(digest: Digest, names: Mapping[str, str], slack: str) -> Message:
    """The message that closes a week; `slack` is the community's own address there."""
    prompt = digest.prompt
    heard = counted(digest.voices, "voice", "voices")
    blocks: list[Block] = [
        header("What we heard this week"),
        section(f"*{safe(prompt.text)}*"),
        section(f"{heard}, in <{link(prompt.channel, prompt.ts, slack)}|the thread of the question>."),
    ]
    blocks += [
        section(f"> {safe(words)}\n{safe(names.get(who, 'Someone here'))}") for who, words in digest.quotes
    ]
    blocks.append(context(f"Next time we look at: {safe(digest.next_theme)}."))
    blocks.append(actions(button("Write something", "menu_reflect", prompt.channel), block_id="digest"))
    return Message(
        id=identity("digest", prompt.id),
        community=prompt.community,
        purpose="digest",
        subject=prompt.id,
        channel=prompt.channel,
        text=f"What we heard this week: {heard}",
        blocks=tuple(blocks),
    )


def digest_again(prompt: Prompt, words: tuple[Message, ...], now: datetime) -> tuple[Message, ...]:
    """The digest as it is now, in its place; taken away where nobody's words are left."""
    if prompt.digest_ts is None:
        return ()
    empty = Message(prompt.id, prompt.community, "digest", prompt.id, "", channel=prompt.channel)
    return (
        replace(
            words[0] if words else empty,
            id=identity("digest again", prompt.id, now.isoformat()),
            kind="update" if words else "delete",
            ts=prompt.digest_ts,
        ),
    )


def why(prompt: Prompt, rests: bool, proposer: str = "") -> str:
    """Why this question? `rests` says whether the circle's bank is large enough for its questions to rest; `proposer`
    is who proposed one of the circle's own, "" where that is not said."""
    if prompt.theme == OWN:
        by = f": {safe(proposer)} proposed it" if proposer else ""
        return f"This question is one of our own{by}. Passing is always fine."
    turns = (
        "The themes take turns, and no question comes back within half a year."
        if rests
        else "It was the turn of one that has rested longest."
    )
    return (
        f"This question is from our bank. Its theme is *{safe(prompt.theme)}*, and it is {DEPTHS[prompt.depth]}. "
        f"{turns} Passing is always fine."
    )


def why_told(told: str, circle: Circle) -> list[Block]:
    """The same, with the way to propose one."""
    return [section(told), actions(button("Propose a question", "propose", circle.id), block_id="why")]


def taken_down(prompt: Prompt, circle: Circle, following: Slot) -> tuple[Message, ...]:
    """A word to each convener when a question has been deleted."""
    text = (
        f"The question in <#{prompt.channel}> was deleted in Slack. What people answered is safe, and I will say no "
        f"more about it. The next question comes on {moment(following.due, circle.rhythm.zone)}."
    )
    return tuple(
        Message(
            id=identity("taken down", prompt.id, one),
            community=prompt.community,
            purpose="notice",
            subject=prompt.id,
            member=one,
            text=text,
            blocks=(section(text),),
        )
        for one in circle.conveners
    )


MEND = {
    "not_in_channel": "I am not in the channel any more. Please invite me again.",
    "channel_not_found": "I cannot see the channel any more. Please invite me again.",
    "is_archived": "The channel is archived. If the circle goes on elsewhere, please set it up there.",
}


def mend(code: str) -> str:
    """What somebody can do when Slack would not take a message."""
    return MEND.get(code, f"Slack's word for why is `{code}`: please tell whoever looks after me.")


def not_said(message: Message, circle: Circle, code: str) -> tuple[Message, ...]:
    """A word to each convener when Slack would not take a question, and what to do."""
    text = f"I could not ask this week's question in <#{circle.channel}>. {mend(code)}"
    return tuple(
        Message(
            id=identity("not said", message.id, one),
            community=circle.community,
            purpose="notice",
            subject=circle.id,
            member=one,
            text=text,
            blocks=(section(text),),
        )
        for one in circle.conveners
    )


def missed(circle: Circle, slot: Slot) -> tuple[Message, ...]:
    """A word to each convener when a question was due while we were away."""
    key = f"{circle.id}/{slot.local_date.isoformat()}"
    text = (
        f"I was away when {moment(slot.due, circle.rhythm.zone)} came, so <#{circle.channel}> had no question. "
        "Shall I ask it now?"
    )
    choices = actions(
        button("Ask now", "missed_ask", key, primary=True), button("Let it go", "missed_let_go", key)
    )
    return tuple(
        Message(
            id=identity("missed", key, one),
            community=circle.community,
            purpose="notice",
            subject=circle.id,
            member=one,
            text=text,
            blocks=(section(text), choices),
        )
        for one in circle.conveners
    )


def preview(text: str) -> list[Block]:
    """How a question will look, without its buttons."""
    return [section(f"*{safe(text)}*"), context(HOW)]


def link(channel: str, ts: str | None, slack: str) -> str:
    """Where a message stands; `slack` is the community's own address there."""
    return f"{slack}archives/{channel}/p{(ts or '').replace('.', '')}"


MORE = (
    ("tomorrow", "Remind me tomorrow"),
    ("away", "I'm away ..."),
    ("pace", "Change when I'm asked"),
    ("write", "Write something"),
    ("why", "Why this question?"),
)
HOW = "A sentence is plenty. Reply in the thread, or use the button. Passing is fine."


def _asked(prompt: Prompt, voices: int) -> list[Block]:
    """Five blocks that read well in a notification too; once closed, without the buttons."""
    late = "A little late today, with apologies. " if prompt.late and not prompt.closed else ""
    top = [header(title(prompt)), section(f"*{safe(prompt.text)}*")]
    if prompt.closed:
        heard = counted(voices, "voice", "voices") if voices else "This week was quiet"
        return [*top, context(f"{heard} · closed, thank you")]
    so_far = f"{counted(voices, 'voice', 'voices')} so far · " if voices else ""
    return [
        *top,
        context(late + HOW),
        actions(
            button("Answer", "answer", prompt.id, primary=True),
            button("Just listening", "listening", prompt.id),
            overflow("prompt_more", [(told, f"{what}/{prompt.id}") for what, told in MORE]),
            block_id="ask",
        ),
        context(f"{so_far}{'O' if not so_far else 'o'}pen till {day(prompt.open_until)}"),
    ]


def chosen_more(action: Mapping[str, Any]) -> tuple[str, str]:
    """What was chosen behind the three dots, and for which prompt."""
    what, _, prompt = action["selected_option"]["value"].partition("/")
    return what, prompt


def missed_one(action: Mapping[str, Any]) -> tuple[str, date | None]:
    """Which circle's occurrence (its local date) a convener speaks of."""
    circle, _, local_date = str(action["value"]).partition("/")
    return circle, day_of(local_date)
