"""What all workspaces stand on: one clock, one wire log, and the apps with their connections."""

import time
from datetime import datetime

from playground.clock import Clock
from playground.faults import Faults
from playground.hints import Hints
from playground.limits import Limits
from playground.people import App, new_app
from playground.post import Post
from playground.sign_in import SignIn
from playground.stillness import Stillness
from playground.wire_log import WireLog
from playground.workspace import Workspace


class Ground:
    """Shared by every workspace. `base` is where all of it is served, once it is."""

    def __init__(self, now: datetime | None) -> None:
        self.base = ""
        self.held = False  # whether nobody may act yet: what went before is still being lived
        self.clock = Clock(now)
        self.still = Stillness(self.clock)
        self.hints = Hints()
        self.log = WireLog(self.clock, self.hints)
        self.sign_in = SignIn(self.clock)
        self.limits = Limits(0.0, time.monotonic)
        self.workspaces: list[Workspace] = []
        self.apps: dict[str, App] = {}
        self.faults = Faults()
        self.posts: dict[str, Post] = {}  # by the app's id: one connection hears of every workspace

    def app(
        self, name: str, commands: list[dict[str, str]] | None, shortcuts: list[dict[str, str]] | None
    ) -> App:
        """Register an app, or give the one of the same name other commands and shortcuts; None: as they are."""
        app = next((app for app in self.apps.values() if app.name == name), None)
        if app is None:
            app = new_app(len(self.apps), name)
            self.register(app)
        if commands is not None:
            app.commands = list(commands)
        if shortcuts is not None:
            app.shortcuts = list(shortcuts)
        return app

    def taken(self, identity: str) -> bool:
        """Whether any workspace has a channel, a member or a bot of this id."""
        return any(
            identity in workspace.channels or identity in workspace.members or workspace.app_of(identity)
            for workspace in self.workspaces
        )

    def installed(self, app: str) -> bool:
        """Whether an app, by its id, is installed in any workspace."""
        return any(app in workspace.apps for workspace in self.workspaces)

    def register(self, app: App) -> None:
        """Keep an app and give it its post."""
        self.apps[app.id] = app
        self.posts[app.id] = Post(app, self.still, self.log, self.faults, lambda: self.hints.changed("state"))
