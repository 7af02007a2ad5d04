"""Files that apps upload: the address to send them to, what is known of them, and who may fetch them."""

import mimetypes
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePath
from typing import Any

from playground.channels import Channel
from playground.people import Installation
from playground.workspace import Workspace

Json = dict[str, Any]

LARGEST = 8_000_000  # bytes of one file
ROOM = 64 * 1024 * 1024  # bytes of all files together
GENERAL_TYPE = "application/octet-stream"


@dataclass(slots=True)
class File:
    """One file, from the moment its address was asked for. `content` is None until it has arrived."""

    id: str
    ticket: str
    name: str
    length: int
    owner: str
    created: int
    snippet: str = ""
    alt: str = ""
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)  # (channel, ts of the message)
    handed_to: set[str] = field(default_factory=set)  # bots that got it with a form

    @property
    def mimetype(self) -> str:
        """By its name, as Slack guesses it."""
        return "text/plain" if self.snippet else mimetypes.guess_type(self.name)[0] or GENERAL_TYPE

    @property
    def filetype(self) -> str:
        """Slack's short word for its kind."""
        return self.snippet or PurePath(self.name).suffix.removeprefix(".").lower() or "binary"


class Files:
    """The files of one workspace. `base` is where the playground is served."""

    def __init__(self, workspace: Workspace, base: Callable[[], str]) -> None:
        self._workspace = workspace
        self._base = base
        self._files: dict[str, File] = {}
        self.deleted: set[str] = set()

    def expect(self, app: Installation, name: str, length: int, snippet: str, alt: str) -> File:
        """Make room for a file that an app announces."""
        file = File(
            "F0" + secrets.token_hex(4).upper(),
            secrets.token_urlsafe(16),
            name,
            length,
            app.bot_user,
            self._workspace.seconds(),
            snippet,
            alt,
            name,
        )
        self._files[file.id] = file
        return file

    def add(self, member: str, name: str, content: bytes) -> File:
        """A file that a member chooses for a form; whoever's form it is sees it once the form is sent."""
        identity, ticket = "F0" + secrets.token_hex(4).upper(), secrets.token_urlsafe(16)
        file = File(identity, ticket, name, len(content), member, self._workspace.seconds(), title=name)
        file.content, file.complete = content, True
        self._files[file.id] = file
        return file

    def upload_url(self, file: File) -> str:
        """Where its bytes are to be posted to."""
        return f"{self._base()}/_slack/upload/{self._workspace.id}/{file.ticket}"

    @property
    def room(self) -> int:
        """How many bytes can still be kept."""
        return ROOM - sum(file.length for file in self._files.values())

    def receive(self, ticket: str, content: bytes) -> bool:
        """Keep the bytes of a file; False where no file of this length is expected there."""
        file = next((file for file in self._files.values() if file.ticket == ticket), None)
        if file is None or file.complete or len(content) != file.length:
            return False
        file.content = content
        return True

    def get(self, identity: str) -> File | None:
        """A file that is expected or there."""
        return self._files.get(identity)

    def all(self) -> list[File]:
        """The files that are complete, newest first."""
        return [file for file in reversed(self._files.values()) if file.complete]

    def kept(self) -> list[Json]:
        """What is known of the files that are complete, without their bytes."""
        return [
            asdict(replace(file, content=None, handed_to=set())) | {"handed_to": sorted(file.handed_to)}
            for file in self._files.values()
            if file.complete
        ]

    def put_back(self, kept: Json, content: bytes) -> None:
        """A file that was kept, with its bytes."""
        shares = [(channel, ts) for channel, ts in kept["shares"]]
        told = kept | {"content": content, "shares": shares, "handed_to": set(kept["handed_to"])}
        self._files[kept["id"]] = File(**told)

    def seen_by(self, app: Installation, file: File) -> bool:
        """Whether an app may look at a file: its own, and those in channels it sees."""
        shared = any(c.kind == "public" or app.bot_user in c.members for c, _ in self._places(file))
        return file.complete and (shared or app.bot_user in {file.owner, *file.handed_to})

    def delete(self, file: File) -> list[Channel]:
        """Take a file out of the workspace and its messages; answers the channels it was shared in."""
        del self._files[file.id]
        self.deleted.add(file.id)
        places = self._places(file)
        for channel, ts in places:
            message = channel.messages.get(ts)
            if message:
                message["files"] = [one for one in message.get("files", ()) if one["id"] != file.id]
        return list({channel.id: channel for channel, _ in places}.values())

    def _places(self, file: File) -> list[tuple[Channel, str]]:
        """Channel and ts of each message that shares a file, where the channel still is."""
        known = self._workspace.channels
        return [(known[channel], ts) for channel, ts in file.shares if channel in known]

    def shown(self, file: File) -> Json:
        """A file as `files.info` describes it."""
        places = self._places(file)
        held: Json = {"public": {}, "private": {}}
        for channel, ts in places:
            side = held["public" if channel.kind == "public" else "private"]
            side.setdefault(channel.id, []).append({"ts": ts, "channel_name": channel.name})
        kinds = {"channels": {"public"}, "groups": {"private", "group"}, "ims": {"dm"}}
        address = f"{self._base()}/_slack/files/{self._workspace.id}/{file.id}/{file.name}"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "filetype": file.filetype,
            "pretty_type": file.filetype.upper() if not file.snippet else "Plain Text",
            "user": file.owner,
            "user_team": self._workspace.id,
            "editable": bool(file.snippet),
            "size": file.length,
            "mode": "snippet" if file.snippet else "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": bool(held["public"]),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": address,
            "url_private_download": address,
            "permalink": address,
            **({"alt_txt": file.alt} if file.alt else {}),
            **{name: [c.id for c, _ in places if c.kind in some] for name, some in kinds.items()},
            "shares": {side: shares for side, shares in held.items() if shares},
            "has_rich_preview": False,
            "file_access": "visible",
        }
