"""Keeps the workspace on disk: one JSON file, put in place at once, a moment after each change."""

import asyncio
import json
import os
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from playground.channels import Channel
from playground.people import App, Member
from playground.slack import Slack

Json = dict[str, Any]

FORMAT = 1
DELAY = 0.5  # seconds after a change


def taken(slack: Slack, *, stopped: bool) -> Json:
    """Everything that outlives the process. Modals and what only one member sees do not."""
    workspace = slack.workspace
    return {
        "format": FORMAT,
        "stopped": stopped,
        "now": slack.clock.now().isoformat(),
        "offset": slack.clock.offset,
        "last_ts": workspace.last_ts,
        "workspace": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain},
        "members": [asdict(member) for member in workspace.members.values()],
        "apps": [asdict(app) for app in workspace.apps.values()],
        "channels": [_channel(channel) for channel in workspace.channels.values()],
        "homes": [{"app": app, "member": member, "view": v} for (app, member), v in workspace.homes.items()],
    }


def _channel(channel: Channel) -> Json:
    kept = ("id", "name", "kind", "members", "topic", "creator", "created", "archived")
    return {**{name: getattr(channel, name) for name in kept}, "messages": list(channel.messages.values())}


def restore(slack: Slack, snapshot: Json) -> None:
    """Put a snapshot back. The clock goes on from where it stopped; after a crash, as if it never had."""
    workspace = slack.workspace
    workspace.id, workspace.name, workspace.domain = (
        snapshot["workspace"][key] for key in ("id", "name", "domain")
    )
    workspace.members |= {member["id"]: Member(**member) for member in snapshot["members"]}
    for kept in snapshot["apps"]:
        # What an app has registered is a matter of the program that runs now, not of the one that was saved.
        if kept["id"] not in workspace.apps:
            app = workspace.apps[kept["id"]] = App(**kept)
            slack.connect(app)
    for kept in snapshot["channels"]:
        messages = kept.pop("messages")
        channel = Channel(**kept)
        for message in sorted(messages, key=lambda message: str(message["ts"])):
            channel.add(message)
        workspace.channels[channel.id] = channel
    workspace.homes = {(home["app"], home["member"]): home["view"] for home in snapshot["homes"]}
    workspace.last_ts = snapshot["last_ts"]
    if snapshot["stopped"]:
        slack.clock.begin_at(datetime.fromisoformat(snapshot["now"]))
    else:
        slack.clock.offset = snapshot["offset"]


class Keeper:
    """Saves after changes; `path` None keeps nothing."""

    def __init__(self, slack: Slack, path: Path | None) -> None:
        self._slack = slack
        self._path = path
        self._timer: asyncio.TimerHandle | None = None
        self._delay = DELAY

    def load(self) -> bool:
        """Put back what was kept; answers whether there was anything. Raises ValueError."""
        if self._path is None or not self._path.exists():
            return False
        try:
            snapshot = json.loads(self._path.read_text(encoding="utf-8"))
            if snapshot["format"] != FORMAT:
                raise KeyError(FORMAT)
            restore(self._slack, snapshot)
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
        written = self._path.with_name(self._path.name + ".new")
        written.write_text(json.dumps(taken(self._slack, stopped=stopped)), encoding="utf-8")
        os.replace(written, self._path)
        # A large workspace is written more rarely, so that writing never takes more than a twentieth of the time.
        self._delay = max(DELAY, 20 * (time.monotonic() - began))
