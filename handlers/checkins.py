"""Members answer in the modal, for the circle or for fewer, and may change that as long as they like."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import name_of
from practices import checkins as decide
from practices import reflections
from practices.model import Answer, Prompt, Reflection, Visit
from practices.refusals import AlreadyGone, SavedElsewhere
from practices.writings import Locked, Writing, readable
from store import checkins as kept
from store import prompts as prompts_kept
from store import writings as writings_kept
from store.engine import Database
from workspace import checkins as shown
from workspace import home
from workspace.gateway import Gateway
from workspace.reflections import card, removal
from workspace.writings import done, thanks


def listen(app: AsyncApp) -> None:
    app.action("answer")(answer)
    app.action("checkin_seen")(relabel)
    app.action("checkin_draft")(save_draft)
    app.view("checkin")(keep)


async def answer(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Answer): the modal, with what she wrote before if she did."""
    await write_answer(action["value"], visit, db, gateway)
    await ack()


async def write_answer(prompt_id: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """Open the modal for a prompt that is open. Raises PromptTakenDown, PromptClosed."""
    reflections.still_open(await db.read(prompts_kept.by_id, visit.community, prompt_id))
    await write_again(prompt_id, visit, db, gateway)


async def write_again(prompt_id: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """The same for an answer that is there, however long ago its question closed. Raises AlreadyGone, KeyIsLost."""
    prompt = await db.read(prompts_kept.by_id, visit.community, prompt_id)
    if prompt is None:
        raise AlreadyGone
    shared, private = await _mine(prompt_id, visit, db)
    last = await db.read(kept.last_seen, visit.community, visit.member)
    private = readable(None) if isinstance(private, Locked) else private
    view = _view(prompt, decide.lying(prompt, shared, private, last), shared, private)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))


async def relabel(ack: AsyncAck, body: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """For somebody else: the button that sends it says what it does."""
    lying = shown.answer(body["view"])
    prompt = await db.read(prompts_kept.by_id, visit.community, lying.prompt)
    if prompt:
        shared, private = await _mine(prompt.id, visit, db)
        private = private if isinstance(private, Writing) else None
        await gateway.update(visit.view, _view(prompt, lying, shared, private))
    await ack()


async def save_draft(
    ack: AsyncAck, body: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Save draft): kept for her alone, for a week. Where an answer is there meanwhile, nothing is changed."""
    lying = shown.answer(body["view"])
    prompt = await db.read(prompts_kept.by_id, visit.community, lying.prompt)
    shared, private = await _mine(lying.prompt, visit, db)
    private = private if isinstance(private, Writing) else None
    if prompt is None or not decide.may_wait(shared, private):
        raise SavedElsewhere
    mine = decide.draft(prompt, visit, lying, private)
    if await db.write(writings_kept.keep, visit, mine, (home.again(visit),)) is False:
        raise SavedElsewhere
    await gateway.update(visit.view, thanks(shown.drafted()))
    await ack()


async def keep(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """The modal comes back: her words are kept, and a card is promised to the thread if they are the circle's."""
    answer = shown.answer(view)
    prompt = await db.read(prompts_kept.by_id, visit.community, answer.prompt)
    shared, private = await _mine(answer.prompt, visit, db)
    if answer.seen == "circle":
        reflection = reflections.accept(prompt, visit, answer, shared)
        name = await name_of(visit, db, gateway)
        assert prompt
        posted = (*card(reflection, prompt, name), home.again(visit))
        if await db.write(kept.share, visit, reflection, private, posted) is False:
            raise SavedElsewhere
        await ack()
        return
    mine = decide.keep_back(prompt, visit, answer, shared, private if isinstance(private, Writing) else None)
    said = (*(removal(shared) if shared else ()), home.again(visit))
    if await db.write(kept.keep_back, visit, mine, shared, said) is False:
        raise SavedElsewhere
    await ack(response_action="update", view=thanks(done(mine, word)))


def _view(
    prompt: Prompt, lying: Answer, shared: Reflection | None, private: Writing | None
) -> dict[str, Any]:
    may_wait = decide.may_wait(shared, private)
    steps = decide.steps(prompt, shared)
    return shown.check_in(prompt, lying, steps, shared=shared is not None, may_wait=may_wait)


async def _mine(
    prompt_id: str, visit: Visit, db: Database
) -> tuple[Reflection | None, Writing | Locked | None]:
    return await db.read(kept.of, visit.community, decide.id_of(prompt_id, visit), visit.member)
