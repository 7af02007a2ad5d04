"""What goes into the memory by itself, what by choice, and what never."""

from practices.archive import Channel, Utterance
from practices.model import Circle, Heard, Prompt, Reflection
from practices.refusals import MemoryOff, NotAChannel

ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def may_keep(circle: Circle | None, channel: str, word: str) -> Circle:
    """Whether somebody may choose a thread of this channel. Raises NotAChannel, MemoryOff."""
    if channel.startswith("D"):
        raise NotAChannel
    if circle is None or circle.memory == "off" or circle.state == "closed":
        raise MemoryOff(word=word)
    return circle


def keeps_practice(circle: Circle | None) -> bool:
    """Whether the threads of our questions are kept by themselves."""
    return circle is not None and circle.memory in ("practice", "all")


def keeps_all(circle: Circle | None) -> bool:
    """Whether every thread of the channel is kept by itself."""
    return circle is not None and circle.memory == "all"


def utterance(heard: Heard, community: str) -> Utterance:
    """A message as the memory keeps it."""
    return Utterance(
        community=community,
        channel=heard.channel,
        ts=heard.ts,
        thread=heard.thread or heard.ts,
        author=heard.member,
        text=heard.text,
        revision=heard.revision,
        reactions=heard.reactions,
        files=heard.files,
    )


def card(reflection: Reflection, prompt: Prompt) -> Utterance | None:
    """An answer the bot posted for somebody: kept as hers. None until it stands in Slack."""
    if reflection.ts is None or prompt.ts is None:
        return None
    return Utterance(
        community=reflection.community,
        channel=reflection.channel,
        ts=reflection.ts,
        thread=prompt.ts,
        author=reflection.member,
        text="".join(ESCAPED.get(c, c) for c in reflection.text),
        revision=reflection.revision,
        practice="checkin",
    )


def question(prompt: Prompt, ts: str) -> Utterance:
    """A question, as the first message of its thread."""
    return Utterance(
        community=prompt.community,
        channel=prompt.channel,
        ts=ts,
        thread=ts,
        author="",
        author_name="Our question",
        text="".join(ESCAPED.get(c, c) for c in prompt.text),
        practice="checkin",
    )


def kind(channel: dict[str, object]) -> Channel:
    """A channel, of Slack's own object."""
    private, group = bool(channel.get("is_private")), bool(channel.get("is_mpim"))
    return Channel(
        id=str(channel["id"]),
        name=str(channel.get("name") or channel["id"]),
        kind="dm" if channel.get("is_im") else "group" if group else "private" if private else "public",
        archived=bool(channel.get("is_archived")),
    )
