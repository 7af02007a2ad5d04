"""Keeps the workspaces on disk: one JSON file, put in place at once, a moment after each change; uploads beside it."""

import asyncio
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from playground.channels import Channel
from playground.people import App, Installation, Member
from playground.usergroups import UserGroup
from playground.workspace import Workspace
from playground.workspaces import Workspaces

Json = dict[str, Any]

FORMAT = 2
DELAY = 0.5  # seconds after a change


def taken(workspaces: Workspaces, *, stopped: bool) -> Json:
    """Everything that outlives the process. Modals and what only one member sees do not."""
    clock = workspaces.ground.clock
    return {
        "format": FORMAT,
        "stopped": stopped,
        "now": clock.now().isoformat(),
        "offset": clock.offset,
        "base": workspaces.ground.base,
        "apps": [asdict(app) for app in workspaces.ground.apps.values()],
        "workspaces": [
            _workspace(place.slack.workspace) | {"files": place.slack.files.kept()} for place in workspaces
        ],
    }


def _workspace(workspace: Workspace) -> Json:
    return {
        "id": workspace.id,
        "name": workspace.name,
        "domain": workspace.domain,
        "last_ts": workspace.last_ts,
        "members": [asdict(member) for member in workspace.members.values()],
        "installations": [_installation(installation) for installation in workspace.apps.values()],
        "former": [_installation(installation) for installation in workspace.former.values()],
        "revoked": workspace.revoked,
        "channels": [_channel(channel) for channel in workspace.channels.values()],
        "usergroups": [asdict(group) for group in workspace.usergroups.values()],
        "homes": [{"app": app, "member": member, "view": v} for (app, member), v in workspace.homes.items()],
    }


def _installation(installation: Installation) -> Json:
    # What an app has registered is kept once, beside the workspaces.
    return {**asdict(installation), "app": installation.id}


def _channel(channel: Channel) -> Json:
    kept = (
        *("id", "name", "kind", "members", "topic", "creator", "created", "archived"),
        *("purpose", "previous_names", "read", "pins", "bookmarks"),
    )
    return {**{name: getattr(channel, name) for name in kept}, "messages": list(channel.messages.values())}


def restore(workspaces: Workspaces, snapshot: Json, bytes_of: Callable[[str], bytes | None]) -> None:
    """Put a snapshot back; `bytes_of` gives an upload's, None where they have gone.

    The clock goes on from where it stopped; after a crash, as if it never had.
    """
    ground = workspaces.ground
    for kept in snapshot["apps"]:
        # What an app has registered is a matter of the program that runs now, not of the one that was saved.
        if kept["id"] not in ground.apps:
            ground.register(App(**kept))
    for number, kept in enumerate(snapshot["workspaces"]):
        # The first workspace takes the name of the first that was kept, as no program has two first ones.
        place = workspaces.first if number == 0 else workspaces.add(kept["id"], kept["name"], kept["domain"])
        _fill(place.slack.workspace, kept, ground.apps)
        for file in kept.get("files", ()):
            if (content := bytes_of(file["id"])) is not None:
                place.slack.files.put_back(file, content)
    if snapshot["stopped"]:
        ground.clock.begin_at(datetime.fromisoformat(snapshot["now"]))
    else:
        ground.clock.offset = snapshot["offset"]


def moved(workspaces: Workspaces, before: str, now: str) -> None:
    """The playground is served somewhere else now: what messages and App Homes link to is there too."""
    if not before or before == now:
        return
    for place in workspaces:
        workspace = place.slack.workspace
        told = [message for channel in workspace.channels.values() for message in channel.messages.values()]
        for one in (*told, *workspace.homes.values()):
            one.update(json.loads(json.dumps(one).replace(f"{before}/", f"{now}/")))


def _fill(workspace: Workspace, kept: Json, apps: dict[str, App]) -> None:
    workspace.id, workspace.name, workspace.domain = (kept[key] for key in ("id", "name", "domain"))
    workspace.members |= {member["id"]: Member(**member) for member in kept["members"]}
    for one in kept["installations"]:
        workspace.apps[one["app"]] = Installation(**{**one, "app": apps[one["app"]]})
    for one in kept["former"]:
        workspace.apps.pop(one["app"], None)
        workspace.former[one["app"]] = Installation(**{**one, "app": apps[one["app"]]})
    workspace.revoked = dict(kept["revoked"])
    for one in kept["channels"]:
        messages = one.pop("messages")
        channel = Channel(**one)
        for message in sorted(messages, key=lambda message: str(message["ts"])):
            channel.add(message)
        workspace.channels[channel.id] = channel
    workspace.usergroups = {group["id"]: UserGroup(**group) for group in kept.get("usergroups", ())}
    workspace.homes = {(home["app"], home["member"]): home["view"] for home in kept["homes"]}
    workspace.last_ts = kept["last_ts"]


def _of_format_1(snapshot: Json) -> Json:
    """What an earlier version kept, when there was one workspace and an app was its installation."""
    alone = ("bot_user", "bot_id", "bot_token", "installed")
    workspace = {
        **snapshot["workspace"],
        **{name: snapshot[name] for name in ("last_ts", "members", "channels", "homes")},
        "former": [],
        "revoked": {},
        "installations": [
            {"app": app["id"], **{name: app[name] for name in alone}} for app in snapshot["apps"]
        ],
    }
    apps = [{name: app[name] for name in app if name not in alone} for app in snapshot["apps"]]
    return {**snapshot, "format": FORMAT, "apps": apps, "workspaces": [workspace]}


class Keeper:
    """Saves after changes; `path` None keeps nothing."""

    def __init__(self, workspaces: Workspaces, path: Path | None) -> None:
        self._workspaces = workspaces
        self.base = ""  # where the playground was served when it was kept
        self._path = path
        self._there: set[str] = set()  # uploads whose bytes are on the disk
        self._timer: asyncio.TimerHandle | None = None
        self._delay = DELAY

    def load(self) -> bool:
        """Put back what was kept; answers whether there was anything. Raises ValueError."""
        if self._path is None or not self._path.exists():
            return False
        try:
            snapshot = json.loads(self._path.read_text(encoding="utf-8"))
            if snapshot["format"] == 1:
                snapshot = _of_format_1(snapshot)
            if snapshot["format"] != FORMAT:
                raise KeyError(FORMAT)
            restore(self._workspaces, snapshot, self._bytes_of)
            self.base = str(snapshot.get("base", ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{self._path} was not written by this version of the playground.") from error
        return True

    def soon(self) -> None:
        """Something changed: save in a moment."""
        if self._path is not None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._delay, self.save)

    def save(self, *, stopped: bool = False) -> None:
        """Save now."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._path is None:
            return
        began = time.monotonic()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._save_files()
        written = self._path.with_name(self._path.name + ".new")
        written.write_text(json.dumps(taken(self._workspaces, stopped=stopped)), encoding="utf-8")
        os.replace(written, self._path)
        # A large workspace is written more rarely, so that writing never takes more than a twentieth of the time.
        self._delay = max(DELAY, 20 * (time.monotonic() - began))

    def _save_files(self) -> None:
        """Each upload is written once, before the file that knows of it; one that was deleted goes."""
        now = {file.id: file.content or b"" for place in self._workspaces for file in place.slack.files.all()}
        for id_ in now.keys() - self._there:
            self._beside(id_).write_bytes(now[id_])
        for id_ in self._there - now.keys():
            self._beside(id_).unlink(missing_ok=True)
        self._there = set(now)

    def _bytes_of(self, id_: str) -> bytes | None:
        try:
            content = self._beside(id_).read_bytes()
        except FileNotFoundError:
            return None
        self._there.add(id_)
        return content

    def _beside(self, id_: str) -> Path:
        """Where an upload's bytes are."""
        assert self._path
        return self._path.with_name(f"{self._path.name}.{id_}")
