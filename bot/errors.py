"""The edge: a Refusal becomes a sentence for the member; anything else an incident, with a stack for us."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.log import stack
from practices.model import Visit
from practices.refusals import Refusal, Refusals
from store import outbox
from store.engine import Database, NotKept
from store.sealing import KeyLost
from workspace import home, trouble
from workspace.gateway import Declined, Gateway, NotSent, Unsure

log = structlog.get_logger()

PATIENCE_S = 2.6  # Slack waits 3 s for an answer
SAID = (
    (NotKept, trouble.not_kept),
    (KeyLost, trouble.not_locked),
    (NotSent, trouble.no_way_through),
)  # what a member reads; else that it is broken
REMEMBERED = 1000  # words that were handed back: their fingerprints


def report(error: BaseException, **about: Any) -> str:
    """Log one incident; gives the number the member can quote."""
    incident = uuid4().hex[:4].upper()
    log.error("incident", incident=incident, stack=stack(error), **about)
    return incident


@dataclass(slots=True)
class Edge:
    """Where every error of a listener ends."""

    gateway: Gateway
    db: Database
    patience: float = PATIENCE_S
    _handed_back: OrderedDict[tuple[str, bytes], None] = field(default_factory=OrderedDict)
    _tasks: set[asyncio.Future[Any]] = field(default_factory=set)

    def guard(self, app: AsyncApp) -> None:
        """Hear of every error of this app's listeners."""
        app.error(self.hear)

    async def hear(self, error: Exception, body: dict[str, Any], context: dict[str, Any]) -> BoltResponse:
        """Bolt's error handler: the member gets a sentence, and keeps her words."""
        visit: Visit | None = context.get("visit")
        if isinstance(error, Refusal):
            error = Refusals(error)
        if isinstance(error, Refusals):
            sentences = {one.field: one.sentence for one in error.refusals}
            answer = await self._answer(body, visit, sentences)
            if visit and (body.get("view") or {}).get("type") == "home":
                await self._show_again(visit)  # what she pressed there is out of date
            return answer
        incident = report(error, kind=body.get("type") or ("command" if "command" in body else "?"))
        said = next((words for kind, words in SAID if isinstance(error, kind)), trouble.broken)
        if "event_id" in body:
            return BoltResponse(status=500)  # not acked: Slack brings it again
        if visit and body.get("type") == "view_submission":
            self._hand_back(visit, body["view"])
        return await self._answer(body, visit, {"": said(incident)})

    async def patiently(
        self, dispatch: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]], request: AsyncBoltRequest
    ) -> BoltResponse:
        """Dispatch, but answer in time; what is under way goes on, and a second delivery finds it done. Where the
        listener has given its answer already, and goes on for somebody who waits for a draw, that is the answer."""
        work = asyncio.ensure_future(dispatch(request))
        done, _ = await asyncio.wait({work}, timeout=self.patience)
        if done:
            return await work
        self._tasks.add(work)
        work.add_done_callback(self._tasks.discard)
        if given := request.context.ack.response:
            return given
        return await self.hear(TimeoutError(), request.body, request.context)

    async def close(self) -> None:
        """Let what is under way come to its end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(
        self, body: dict[str, Any], visit: Visit | None, sentences: dict[str, str]
    ) -> BoltResponse:
        text = " ".join(sentences.values())
        if body.get("type") == "view_submission":
            return _json(trouble.in_modal(body["view"], sentences))
        if "command" in body:
            return _json({"response_type": "ephemeral", "text": text})
        if visit:
            try:
                if visit.reply_to or visit.channel:
                    await self.gateway.whisper(visit, text)
                else:
                    above = (body.get("view") or {}).get("type") == "modal"  # her words stay under it
                    await self.gateway.open(visit.trigger, trouble.notice(text), above=above)
            except (Declined, NotSent, Unsure) as error:
                report(error, kind="sentence not delivered")
        return BoltResponse(status=200)

    async def _show_again(self, visit: Visit) -> None:
        """Her own page as it is now."""
        try:
            await self.db.write(outbox.promise, visit.community, (home.again(visit),), visit.now)
        except NotKept as error:
            report(error, kind="page not shown again")

    def _hand_back(self, visit: Visit, view: dict[str, Any]) -> None:
        """Send what she typed to her, each wording once, in case the modal is closed before it could be kept."""
        text = trouble.typed(view)
        wording = (str(view["id"]), sha256(text.encode("utf-8", "replace")).digest())
        if not text or wording in self._handed_back:
            return
        self._handed_back[wording] = None
        while len(self._handed_back) > REMEMBERED:
            self._handed_back.popitem(last=False)

        async def send() -> None:
            try:
                await self.gateway.hand_back(
                    visit.member, trouble.handed_back(), trouble.handed_back_blocks(text)
                )
            except (Declined, NotSent, Unsure) as error:
                self._handed_back.pop(wording, None)  # her next try hands them back
                report(error, kind="words not handed back")

        task = asyncio.create_task(send())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _json(answer: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(answer), headers={"content-type": "application/json; charset=utf-8"}
    )
