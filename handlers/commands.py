"""One command, its menu and its help."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import away
from handlers.checkins import write_answer
from handlers.circles import change_circle
from handlers.cohorts.inviting import open_invitations
from handlers.figures import open_page
from handlers.matches.convening import open_page as open_rounds
from handlers.matches.joining import open_here
from handlers.mine import mine
from handlers.polarities import wicked
from handlers.polarities.maps import listed
from handlers.polarities.naming import open_naming
from handlers.privacy import open_record
from handlers.queue import open_questions
from handlers.recall import recall
from handlers.writings import open_form
from practices.commands import WORDS, Word, meant
from practices.forms import Forms
from practices.model import Visit
from practices.refusals import NoCircleHere, NoPromptOpen
from store import circles as circles_kept
from store import prompts as prompts_kept
from store.engine import Database
from workspace import commands as shown
from workspace import recall as recall_shown
from workspace import writings as writings_shown
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp, word: str) -> None:
    app.command(f"/{word}")(command)
    app.command(re.compile(f"^/({'|'.join(WORDS)})$"))(by_its_name)
    app.action("menu_checkin")(answer_here)
    app.action("menu_help")(help_me)
    app.action("menu_reflect")(reflect_here)
    app.action("menu_recall")(find_here)


class Typed(NamedTuple):
    """A command as it was typed, and what it is answered with."""

    near: Word  # what was meant
    typed: str  # the word for it
    text: str  # with all that stands behind it
    visit: Visit
    db: Database
    gateway: Gateway
    word: str
    forms: Forms

    @property
    def second(self) -> str:
        """The word after the command's own."""
        return next(iter(self.text.split()[1:]), "")

    @property
    def rest(self) -> str:
        """All that stands after the command's own word."""
        return self.text.strip().partition(" ")[2].strip()


class Reply(NamedTuple):
    """What stands in the channel then, for whoever typed it; nothing, where it is empty."""

    text: str = ""
    blocks: Sequence[Block] | None = None


Answer = Callable[[Typed], Awaitable[Reply | None]]


async def command(
    ack: AsyncAck,
    payload: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> None:
    """What was meant is done; a word nearly right is taken for the right one, and that is said."""
    near, typed = meant(payload.get("text", ""))
    if near is None:
        await ack(text=f"/{word}", blocks=shown.menu(word, visit.channel, typed))
        return
    reply = await ANSWERS[near](Typed(near, typed, payload.get("text", ""), visit, db, gateway, word, forms))
    if reply is None:  # something has opened
        reply = Reply("" if typed == near else shown.meant(word, near, typed))
    await ack(text=reply.text, blocks=reply.blocks)


async def by_its_name(
    ack: AsyncAck,
    payload: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> None:
    """A word with a slash of its own, /polarity: as if it stood after ours."""
    text = f"{payload['command'].removeprefix('/')} {payload.get('text', '')}".strip()
    await command(ack, payload | {"text": text}, visit, db, gateway, word, forms)


async def answer_here(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """The menu's (Answer this week's question)."""
    await open_prompt(action["value"], visit, db, gateway, word)
    await ack()


async def _checkin(said: Typed) -> None:
    """The question that is open here."""
    await open_prompt(said.visit.channel, said.visit, said.db, said.gateway, said.word)


async def _circle(said: Typed) -> None:
    """Set it up or change it; or, with a word more: its figures, the questions to come, an invitation to join."""
    visit, db, gateway, word = said.visit, said.db, said.gateway, said.word
    match said.second:
        case "questions":
            await open_questions(visit.channel, visit, db, gateway, word)
        case "figures":
            await open_page(visit.channel, visit, db, gateway, word)
        case "invite":
            await open_invitations(visit.channel, visit, db, gateway, word)
        case _:
            await change_circle(visit.channel, visit, db, gateway)


async def _form(said: Typed) -> None:
    """A form that has a word of its own."""
    form = said.forms.to_begin("afterwards" if said.near == "met" else said.near)
    await open_form(form, said.visit, said.db, said.gateway, said.forms)


async def _wicked(said: Typed) -> None:
    """A question to begin with, here."""
    await wicked.open_form(said.visit.channel, said.visit, said.db, said.gateway)


async def _polarity(said: Typed) -> Reply | None:
    """Name one; or, with `list`, those that she holds."""
    if said.second == "list":
        return Reply(f"/{said.word} polarity list", await listed(said.visit, said.db, said.word))
    await open_naming(said.visit, said.gateway)
    return None


async def _match(said: Typed) -> Reply:
    """Take part, or change that; `match rounds` is the convener's page."""
    visit, db, gateway, word = said.visit, said.db, said.gateway, said.word
    if said.second == "rounds":
        here = await db.read(circles_kept.in_channel, visit.community, visit.channel)
        if here is None:
            raise NoCircleHere(word=word)
        await open_rounds(here, visit, db, gateway)
        return Reply()
    blocks = await open_here(visit, db, gateway, word)
    return Reply(f"/{word} match", blocks) if blocks else Reply()


async def _away(said: Typed) -> Reply:
    """From a day to a day, for reminders and match rounds alike."""
    await away.open_form(said.visit, said.db, said.gateway)
    return Reply()


async def _me(said: Typed) -> None:
    """What is kept of her."""
    await open_record(said.visit, said.db, said.gateway)


async def _help(said: Typed) -> Reply:
    """All words of the command."""
    here = await said.db.read(circles_kept.in_channel, said.visit.community, said.visit.channel)
    return Reply(f"/{said.word} help", shown.help_text(said.word, here, said.typed))


async def _reflect(said: Typed) -> Reply:
    """Which form? Or what she wrote so far; words behind `mine` are looked for in it."""
    first, _, words = said.rest.partition(" ")
    if first == "mine":
        blocks = await mine(words, said.visit, said.db, said.gateway, said.forms)
    else:
        blocks = writings_shown.menu(said.forms.to_choose(), said.visit.channel)
    return Reply(f"/{said.word} reflect", blocks)


async def _recall(said: Typed) -> Reply:
    """What was said, with the words after the command; without any, the form."""
    if words := said.rest:
        return Reply(words[:200], await recall(words, said.visit, said.db, said.gateway, said.word))
    await said.gateway.open(said.visit.trigger, recall_shown.form())
    return Reply()


ANSWERS: dict[Word, Answer] = {
    "checkin": _checkin,
    "reflect": _reflect,
    "ripple": _form,
    "met": _form,
    "pocket": _form,
    "polarity": _polarity,
    "wicked": _wicked,
    "recall": _recall,
    "circle": _circle,
    "match": _match,
    "away": _away,
    "me": _me,
    "help": _help,
}


async def reflect_here(ack: AsyncAck, visit: Visit, gateway: Gateway, forms: Forms) -> None:
    """The menu's (Write something)."""
    await gateway.open(visit.trigger, writings_shown.picking(forms.to_choose(), visit.channel))
    await ack()


async def find_here(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """The menu's (Find something)."""
    await gateway.open(visit.trigger, recall_shown.form())
    await ack()


async def help_me(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """The menu's (Help)."""
    here = await db.read(circles_kept.in_channel, visit.community, visit.channel)
    await gateway.whisper(visit, f"/{word} help", shown.help_text(word, here))
    await ack()


async def open_prompt(channel: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """The modal for the question that is open in a channel; in a direct message, in any of hers."""
    channels = await gateway.channels_of(visit.member) if channel.startswith("D") else [channel]
    prompts = await db.read(prompts_kept.open_in, visit.community, channels)
    if not prompts and not await db.read(circles_kept.in_channels, visit.community, channels):
        raise NoCircleHere(word=word)
    if not prompts:
        raise NoPromptOpen
    await write_answer(prompts[0].id, visit, db, gateway)
