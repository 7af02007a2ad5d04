"""How a member is told what goes and what stays when she is forgotten, and what of hers is taken out of Slack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from practices.batches import Batch
from practices.forms import Forms
from practices.matches.conversations import Parted
from practices.model import Circle, Message, Reflection, identity
from practices.polarities.wicked import Half, Wicked
from practices.privacy import Leaving
from practices.writings import Locked, Writing
from workspace import batches, naming, reflections, writings
from workspace.blocks import Block, actions, button, checkboxes, context, field, held, modal, safe, section
from workspace.matches.forgetting import forgotten
from workspace.polarities import wicked
from workspace.writings import window

GOES = (
    "everything you wrote in forms, drafts too, with its cards and lines in Slack",
    "your answers to questions, their cards, and what a digest quotes of them",
    "your lines, dots and answers on both/and maps and wicked questions, and your name beside a small step",
    "what you gave for match rounds, with what introduced you to your matches, and what you wrote about them",
    "your own words in our memory",
    "your name, where you let somebody thank you by it",
    "your name, your wishes, and whatever was to be brought back to you",
    "the key that locks your words",
)
STAYS = (
    "What you said in Slack yourself stands there, since only you can delete it. I keep no copy of it.",
    "What others wrote, even where it names you. It is theirs.",
    "The names and the question of a both/and map, its small steps and its early signs: they are the group's, and say "
    "nothing of who wrote them.",
    "Sealed answers, and sums of five people or more: nobody, not even I, can find which are yours. If you have a "
    "receipt, use it first.",
    "What an older copy of my database holds, until whoever looks after me deletes it. What you wrote for yourself, "
    "or for few, is locked in it.",
    "What I wrote to you alone more than thirty days ago, in our direct messages. Nobody else sees it.",
    "That you are in a channel, which Slack tells me for as long as you are; and a mark made of your Slack id, "
    "without your name, so that nothing from before comes back. If you tick the second box, your Slack id too, so that "
    "I know whose words to leave alone.",
)
FIRST = ("Send me all my own words first, as files", "words")
NEVER = ("Keep nothing of what I say from now on in the memory, either", "never")
UNDER_WAY = "You are being forgotten just now. I tell you when it is done."
ASKED = "It begins now, and takes a minute or two. I tell you when it is done. If you use me again, you begin anew."
ASKED_WORDS = "Your words come first, in a direct message; then I forget you, and tell you when it is done."


class Going(Protocol):
    """Somebody who is being forgotten."""

    @property
    def community(self) -> str: ...

    @property
    def id(self) -> str: ...

    @property
    def member(self) -> str: ...

    @property
    def asked_at(self) -> datetime: ...


def confirm(one: Leaving) -> Block:
    """What goes, what stays and why; her words can come along."""
    if one.under_way:
        return window("Forget me", [section(UNDER_WAY)])
    blocks = [
        section("*This goes, for good:*\n" + "\n".join(f"• {told}" for told in GOES)),
        section("*This stays:*\n" + "\n".join(f"• {told}" for told in STAYS)),
        *_posts(one),
        field(
            "choices",
            "Before you go",
            checkboxes([FIRST, NEVER], ["words", *(["never"] if one.never else [])]),
            optional=True,
        ),
        context("Nobody is told that you were forgotten. It cannot be undone."),
    ]
    return modal("forget_me", "Forget me", blocks, submit="Forget me")


def chosen(view: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether her words go to her first; whether nothing is to be kept from then on either."""
    ticked = held(view, "choices") or []
    return "words" in ticked, "never" in ticked


def asked(*, words: bool, new: bool) -> Block:
    """In the window's place, once she has asked for it."""
    return window("Forget me", [section(UNDER_WAY if not new else ASKED_WORDS if words else ASKED)])


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said while somebody is forgotten, in the words of these forms."""

    forms: Forms
    word: str

    def card(self, one: Reflection) -> tuple[Message, ...]:
        """Her card leaves its thread."""
        return reflections.removal(one)

    def writing(self, one: Writing | Locked) -> tuple[Message, ...]:
        """Her card leaves the channel."""
        return writings.removal(one)

    def card_again(self, one: Writing, name: str, at: datetime) -> tuple[Message, ...]:
        """Somebody else's card, without the name of whoever is forgotten."""
        return naming.card(self.forms.for_reading(one.form), one, name, at.isoformat())

    def batch(self, one: Batch, lines: Sequence[Writing]) -> tuple[Message, ...]:
        """Lines without a name, one fewer."""
        return batches.saying(self.forms)(one, lines)

    def wicked(self, one: Wicked, lines: Sequence[Half]) -> tuple[Message, ...]:
        """The lines of a wicked question, without hers."""
        return wicked.said(one, lines)

    def out(self, community: str, channel: str, ts: str) -> Message:
        """Something we wrote to her alone goes."""
        return Message(
            id=identity("taken out", community, channel, ts),
            community=community,
            purpose="taken out",
            subject="",
            channel=channel,
            kind="delete",
            ts=ts,
            text="",
        )

    def conversation(self, parted: Parted, circle: Circle | None) -> tuple[Message, ...]:
        """What introduced her to her match goes, and what she wrote to them; who is left in it hears that kindly."""
        return forgotten(parted, circle)

    def handed_on(self, circle: Circle, now: datetime) -> tuple[Message, ...]:
        """Who convenes with her hears that she does no longer; where nobody is left, the channel."""
        name, again = safe(circle.name), now.isoformat()
        if not circle.conveners:
            text = (
                f"*{name}* has no convener any more, so it rests: no question comes. Whoever would like to take it "
                "over can, here."
            )
            return (_said(circle, text, again, button("Take it over", "set_up", circle.channel)),)
        text = (
            f"You convene *{name}* with one person fewer now. Two are better than one: you can ask somebody."
        )
        return tuple(
            _said(circle, text, again, button("Change", "set_up", circle.channel), member=one)
            for one in circle.conveners
        )

    def page(self, one: Going) -> Message:
        """Her own page shows nothing of hers any more."""
        return Message(
            id=identity("forgotten page", one.id),
            community=one.community,
            purpose="home",
            subject=one.member,
            member=one.member,
            kind="home",
            text="",
        )

    def not_sent(self, one: Going) -> Message:
        """Her words could not be sent, so nothing was forgotten."""
        text = (
            "I could not send you your words, so I have forgotten nothing. Please try once more; or let me forget you "
            f"without sending them: `/{self.word} me`."
        )
        return _told(one, "words not sent", text)

    def done(self, one: Going) -> Message:
        """It is done."""
        text = (
            "It is done: I have forgotten you. Thank you for having been here. If you write to me again one day, we "
            "begin anew."
        )
        return _told(one, "forgotten", text)


def _posts(one: Leaving) -> Iterable[Block]:
    """Of the circles she convenes."""
    if one.beside:
        named = ", ".join(f"*{safe(circle.name)}*" for circle in one.beside)
        yield section(
            f"You no longer convene {named}. Whoever convenes with you is told that there is one fewer."
        )
    for circle in one.alone[:10]:
        yield section(
            f"Nobody convenes *{safe(circle.name)}* but you. It rests until somebody takes it over, and its channel is "
            f"told so. Would you rather hand it on first? Then choose another convener, in <#{circle.channel}>."
        )


def _told(one: Going, what: str, text: str) -> Message:
    return Message(
        id=identity(what, one.id),
        community=one.community,
        purpose="notice",
        subject=one.id,
        member=one.member,
        text=text,
        blocks=(section(text),),
    )


def _said(circle: Circle, text: str, again: str, press: Block, member: str = "") -> Message:
    return Message(
        id=identity("handed on", circle.id, member, again),
        community=circle.community,
        purpose="notice",
        subject=circle.id,
        channel="" if member else circle.channel,
        member=member,
        text=text,
        blocks=(section(text), actions(press)),
    )
