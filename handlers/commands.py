"""One command, its menu and its help."""

import re
from typing import Any

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
from workspace.gateway import Gateway


def listen(app: AsyncApp, word: str) -> None:
    app.command(f"/{word}")(command)
    app.command(re.compile(f"^/({'|'.join(WORDS)})$"))(by_its_name)
    app.action("menu_checkin")(answer_here)
    app.action("menu_help")(help_me)
    app.action("menu_reflect")(reflect_here)
    app.action("menu_recall")(find_here)


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
    match near:
        case "checkin":
            await open_prompt(visit.channel, visit, db, gateway, word)
        case "circle":
            await circle(payload.get("text", ""), visit, db, gateway, word)
        case "reflect":
            await reflect(ack, payload.get("text", ""), visit, db, gateway, word, forms)
            return
        case "ripple" | "pocket" | "met":
            form = forms.to_begin("afterwards" if near == "met" else near)
            await open_form(form, visit, db, gateway, forms)
        case "wicked":
            await wicked.open_form(visit.channel, visit, db, gateway)
        case "polarity":
            if payload.get("text", "").split()[1:2] == ["list"]:
                await ack(text=f"/{word} polarity list", blocks=await listed(visit, db, word))
                return
            await open_naming(visit, gateway)
        case "recall":
            await find(ack, payload.get("text", ""), visit, db, gateway, word)
            return
        case "match" | "away":
            await match_rounds(ack, near, payload.get("text", ""), visit, db, gateway, word)
            return
        case "me":
            await open_record(visit, db, gateway)
        case "help":
            here = await db.read(circles_kept.in_channel, visit.community, visit.channel)
            await ack(text=f"/{word} help", blocks=shown.help_text(word, here, typed))
            return
        case None:
            await ack(text=f"/{word}", blocks=shown.menu(word, visit.channel, typed))
            return
    await (ack() if typed == near else ack(text=shown.meant(word, near, typed)))


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


async def circle(text: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """Set it up or change it; or, with a word more: its figures, the questions to come, an invitation to join."""
    match text.split()[1:2]:
        case ["questions"]:
            await open_questions(visit.channel, visit, db, gateway, word)
        case ["figures"]:
            await open_page(visit.channel, visit, db, gateway, word)
        case ["invite"]:
            await open_invitations(visit.channel, visit, db, gateway, word)
        case _:
            await change_circle(visit.channel, visit, db, gateway)


async def match_rounds(
    ack: AsyncAck, near: Word, text: str, visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """Take part, or change that; `match rounds` is the convener's page; `away` is for reminders too."""
    if near == "away":
        await away.open_form(visit, db, gateway)
        await ack()
        return
    if text.split()[1:2] == ["rounds"]:
        here = await db.read(circles_kept.in_channel, visit.community, visit.channel)
        if here is None:
            raise NoCircleHere(word=word)
        await open_rounds(here, visit, db, gateway)
        await ack()
        return
    blocks = await open_here(visit, db, gateway, word)
    await (ack(text=f"/{word} match", blocks=blocks) if blocks else ack())


async def reflect(
    ack: AsyncAck, text: str, visit: Visit, db: Database, gateway: Gateway, word: str, forms: Forms
) -> None:
    """Which form? Or what she wrote so far; words behind `mine` are looked for in it."""
    first, _, words = text.strip().partition(" ")[2].strip().partition(" ")
    if first == "mine":
        blocks = await mine(words, visit, db, gateway, forms)
    else:
        blocks = writings_shown.menu(forms.to_choose(), visit.channel)
    await ack(text=f"/{word} reflect", blocks=blocks)


async def reflect_here(ack: AsyncAck, visit: Visit, gateway: Gateway, forms: Forms) -> None:
    """The menu's (Write something)."""
    await gateway.open(visit.trigger, writings_shown.picking(forms.to_choose(), visit.channel))
    await ack()


async def find(ack: AsyncAck, text: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """What was said, with the words after the command; without any, the form."""
    words = text.strip().partition(" ")[2].strip()
    if words:
        await ack(text=words[:200], blocks=await recall(words, visit, db, gateway, word))
    else:
        await gateway.open(visit.trigger, recall_shown.form())
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
