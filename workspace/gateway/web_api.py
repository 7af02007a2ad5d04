"""Slack's Web API for one community: what is said there, shown there and looked up there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from practices.circles import zone_known
from practices.model import Member, Message, Visit
from workspace.blocks import Block
from workspace.gateway.outcomes import Declined, NotSent, Unsure, called, called_hook, pages
from workspace.pace import Pace
from workspace.reflections import EVENT

LOOK_BACK_S = 5
SOON_S = 1.5  # a trigger lives 3 s

Look = tuple[dict[str, Any], frozenset[str]]  # a channel as Slack describes it, and the ids of its members


@dataclass(slots=True)
class Gateway:
    """Slack's Web API for one community. Every call raises Declined, NotSent or Unsure."""

    client: AsyncWebClient
    pace: Pace = field(default_factory=Pace)

    async def turn(self, channel: str) -> None:
        """Wait until this channel may be spoken to again."""
        await asyncio.sleep(self.pace.wait(channel, asyncio.get_running_loop().time()))

    async def say(self, message: Message, channel: str) -> str:
        """Post, change or delete one message; gives its ts. A deletion of what is gone is done. Or show a page,
        tell somebody alone, or bring her into the channel, where she may be already."""
        if message.kind == "home":
            await self.publish(message.member, dict(message.blocks[0]))
            return ""
        if message.kind == "invite":
            await self._bring_in(message.member, channel)
            return ""
        if message.kind == "file":
            files = [dict(one) for one in message.blocks]
            await called(
                self.client.files_upload_v2, file_uploads=files, channel=channel, initial_comment=message.text
            )
            return ""
        content: dict[str, Any] = {"channel": channel, "text": message.text}
        if message.blocks:
            content["blocks"] = [dict(block) for block in message.blocks]
        if message.kind == "whisper":
            done = await called(self.client.chat_postEphemeral, user=message.member, **content)
            return str(done["message_ts"])
        if message.kind == "delete":
            return await self._delete(channel, message.ts or "")
        if message.kind == "update":
            done = await called(self.client.chat_update, ts=message.ts or "", **content)
        else:
            if message.thread:
                content["thread_ts"] = message.thread
            done = await called(
                self.client.chat_postMessage,
                metadata={"event_type": EVENT, "event_payload": {"oid": message.id}},
                unfurl_links=False,
                unfurl_media=False,
                **content,
            )
        return str(done["ts"])

    async def find(self, message: Message, channel: str, since: datetime) -> str | None:
        """Look for a message that may have been posted since then; its ts, or None if it is not there."""
        oldest = f"{since.timestamp() - LOOK_BACK_S:.6f}"
        seen = {"channel": channel, "oldest": oldest, "include_all_metadata": True, "limit": 100}
        async for page in pages(
            self.client.conversations_replies if message.thread else self.client.conversations_history,
            **(seen | ({"ts": message.thread} if message.thread else {})),
        ):
            for one in page["messages"]:
                payload = (one.get("metadata") or {}).get("event_payload") or {}
                if payload.get("oid") == message.id:
                    return str(one["ts"])
        return None

    async def turn_to_open(self, message: str) -> None:
        """That it is this message's turn to open direct messages. Raises NotSent: when it will be."""
        if wait := self.pace.opening(message, asyncio.get_running_loop().time()):
            raise NotSent(wait)

    async def dm(self, member: str) -> str:
        """The channel of our direct messages with somebody."""
        try:
            return str((await called(self.client.conversations_open, users=member))["channel"]["id"])
        except NotSent as later:
            self.pace.hold(later.wait, asyncio.get_running_loop().time())
            raise

    async def whisper(self, visit: Visit, text: str, blocks: list[Block] | None = None) -> None:
        """Tell the person in front of us something that nobody else sees."""
        if visit.reply_to and self._is_slack(visit.reply_to):
            hook = AsyncWebhookClient(visit.reply_to, session=self.client.session, retry_handlers=[])
            answer = await called_hook(hook, text, blocks)
            if answer.status_code == 200:
                return
        await called(
            self.client.chat_postEphemeral, channel=visit.channel, user=visit.member, text=text, blocks=blocks
        )

    async def replace(self, visit: Visit, text: str, blocks: list[Block] | None = None) -> None:
        """Put these words in the place of the message whose button was pressed."""
        if visit.reply_to and self._is_slack(visit.reply_to):
            hook = AsyncWebhookClient(visit.reply_to, session=self.client.session, retry_handlers=[])
            await called_hook(hook, text, blocks, replace=True)

    async def hand_back(self, member: str, text: str, blocks: list[Block]) -> None:
        """Send somebody her own words, past the outbox: for when the database cannot be written."""
        await called(self.client.chat_postMessage, channel=await self.dm(member), text=text, blocks=blocks)

    async def upload(self, content: bytes, name: str, title: str, alt: str) -> str:
        """Bring a file to Slack for a message of ours, shared nowhere yet; its id."""
        done = await called(
            self.client.files_upload_v2, content=content, filename=name, title=title, alt_txt=alt
        )
        return str(done["files"][0]["id"])

    async def delete_file(self, file: str) -> None:
        """Delete a file of ours; what is gone is gone."""
        try:
            await called(self.client.files_delete, file=file)
        except Declined as refusal:
            if refusal.code not in ("file_not_found", "file_deleted"):
                raise

    async def open(self, trigger: str, view: Block, *, above: bool = False) -> str:
        """Open a modal, and give its id; `above` the one that is open, to which closing leads back. Where many people
        open one at once, Slack asks to wait a moment: then once more, as long as its trigger lives."""
        call = self.client.views_push if above else self.client.views_open
        try:
            answer = await called(call, trigger_id=trigger, view=view)
        except NotSent as slow:
            if slow.wait > SOON_S:
                raise
            await asyncio.sleep(slow.wait)
            answer = await called(call, trigger_id=trigger, view=view)
        return str(answer["view"]["id"])

    async def update(self, view_id: str, view: Block) -> None:
        """Put another content into an open modal; one that was closed meanwhile needs none."""
        try:
            await called(self.client.views_update, view_id=view_id, view=view)
        except Declined as refusal:
            if refusal.code != "not_found":
                raise

    async def publish(self, member: str, view: Block) -> None:
        """Show somebody's App Home."""
        await called(self.client.views_publish, user_id=member, view=view)

    async def thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """All messages of a thread, oldest first; Declined("thread_not_found") if it is gone."""
        found: list[dict[str, Any]] = []
        async for page in pages(self.client.conversations_replies, channel=channel, ts=ts, limit=200):
            found += page["messages"]
        return found

    async def said_since(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """What was said in a channel after a message, oldest first; replies stand in their threads."""
        found: list[dict[str, Any]] = []
        async for page in pages(self.client.conversations_history, channel=channel, oldest=ts, limit=200):
            found += page["messages"]
        return sorted((one for one in found if one["ts"] > ts), key=lambda one: str(one["ts"]))

    async def here(self, channel: str) -> frozenset[str]:
        """The ids of a channel's members."""
        found: set[str] = set()
        async for page in pages(self.client.conversations_members, channel=channel, limit=1000):
            found |= set(page["members"])
        return frozenset(found)

    async def look_into(self, channels: Sequence[str], within: float) -> dict[str, Look | None]:
        """Channels and their members, all asked about at once, by id; None where Slack does not let us look. Those
        about which it has not answered `within` so many seconds are left out."""
        looks = {asyncio.ensure_future(self._look_into(one)): one for one in channels}
        if not looks:
            return {}
        done, late = await asyncio.wait(looks, timeout=within)
        for look in late:
            look.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        answered = [look for look in done if not isinstance(look.exception(), NotSent | Unsure)]
        return {looks[look]: look.result() for look in answered}

    async def _look_into(self, channel: str) -> Look | None:
        try:
            return await self.channel(channel), await self.here(channel)
        except Declined:
            return None

    async def member_perhaps(self, member: str) -> Member | None:
        """Who somebody is, if Slack says so just now."""
        try:
            return await self.member(member)
        except (Declined, NotSent, Unsure):
            return None

    async def channels_of(self, member: str) -> list[str]:
        """The channels that somebody and the bot share."""
        found: list[str] = []
        async for page in pages(
            self.client.users_conversations,
            user=member,
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=200,
        ):
            found += [channel["id"] for channel in page["channels"]]
        return found

    async def channel(self, channel: str) -> dict[str, Any]:
        """A channel, as Slack describes it."""
        found: dict[str, Any] = (await called(self.client.conversations_info, channel=channel))["channel"]
        return found

    async def member(self, member: str) -> Member:
        """Who somebody is."""
        return person((await called(self.client.users_info, user=member))["user"])

    async def everybody(self) -> tuple[Member, ...]:
        """Everybody in the community."""
        found: list[Member] = []
        async for page in pages(self.client.users_list, limit=200):
            found += [person(user) for user in page["members"]]
        return tuple(found)

    async def who_am_i(self) -> dict[str, str]:
        """The community and the bot itself: team_id, team, url, user_id, bot_id."""
        done = await called(self.client.auth_test)
        return {name: str(done.get(name) or "") for name in ("team_id", "team", "url", "user_id", "bot_id")}

    async def way_in(self, app_token: str) -> str:
        """Where one Socket Mode connection can be opened, once and soon."""
        return str((await called(self.client.apps_connections_open, app_token=app_token))["url"])

    def _is_slack(self, url: str) -> bool:
        """Only Slack is ever answered, or the playground that stands in for it."""
        ours = {"hooks.slack.com", urlsplit(self.client.base_url).netloc}
        return urlsplit(url).netloc in ours

    async def _bring_in(self, member: str, channel: str) -> None:
        try:
            await called(self.client.conversations_invite, channel=channel, users=member)
        except Declined as refusal:
            if refusal.code != "already_in_channel":
                raise

    async def _delete(self, channel: str, ts: str) -> str:
        try:
            await called(self.client.chat_delete, channel=channel, ts=ts)
        except Declined as refusal:
            if refusal.code != "message_not_found":
                raise
        return ts


def person(user: dict[str, Any]) -> Member:
    """A member, of Slack's user object."""
    profile = user.get("profile") or {}
    return Member(
        id=user["id"],
        name=profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["name"],
        zone=zone_known(str(user.get("tz") or "")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        bot=bool(user.get("is_bot")),
        gone=bool(user.get("deleted")),
    )
