"""What a member does about apps: open an App Home, and, as an admin, install and uninstall them."""

from collections.abc import Awaitable, Callable
from typing import Any

from playground import app_changes
from playground.errors import ControlError, not_found
from playground.letters import Ack
from playground.people import App, Installation, Member
from playground.reading import Reading
from playground.slack import Slack

Json = dict[str, Any]
Act = Callable[[Member, Json], Awaitable[tuple[Ack, Json]]]


class AppActs:
    """The acts on apps."""

    def __init__(self, slack: Slack, reading: Reading) -> None:
        self._slack = slack
        self._reading = reading

    def table(self) -> dict[str, Act]:
        """What can be done, by its name."""
        return {
            "home": self._home,
            "install": self._install,
            "uninstall": self._uninstall,
            "revoke": self._revoke,
        }

    async def _home(self, member: Member, body: Json) -> tuple[Ack, Json]:
        app, tab = self._reading.app(body.get("app")), body.get("tab", "home")
        if tab not in ("home", "messages"):
            raise ControlError("invalid_tab", "`tab` is `home` or `messages`.")
        view = self._slack.views.home(app, member.id) if tab == "home" else None

        channel = self._slack.workspace.dm(app, member.id)
        self._slack.hints.changed("state")

        def change() -> None:
            event = {
                "type": "app_home_opened",
                "user": member.id,
                "channel": channel.id,
                "tab": tab,
                "event_ts": self._slack.workspace.next_ts(),
            }
            self._slack.deliveries.event_to(app, {**event, "view": view} if view else event)

        return await self._slack.deliveries.acked(change), {"channel": channel.id}

    async def _install(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._reading.admin(member, "decide about apps")
        installation = app_changes.install(self._slack, self._registered(body.get("app")))
        return Ack("none"), {"bot_token": installation.bot_token, "bot_user": installation.bot_user}

    def _registered(self, wanted: Any) -> App:
        apps = self._slack.ground.apps.values()
        found = next((app for app in apps if wanted in (app.id, app.name)), None)
        if found is None:
            names = ", ".join(app.name for app in apps)
            raise not_found("app_not_found", f"There is no app {wanted!r}. There is: {names or 'none'}.")
        return found

    async def _uninstall(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._reading.admin(member, "decide about apps")
        app = self._reading.app(body.get("app"))
        ack = await self._slack.deliveries.acked(lambda: app_changes.uninstall(self._slack, app))
        if not self._slack.ground.installed(app.id):
            self._slack.posts[app.id].socket.disconnect("link_disabled")
        return ack, {}

    async def _revoke(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._reading.admin(member, "decide about apps")
        app: Installation = self._reading.app(body.get("app"))
        if app.bot_token in self._slack.workspace.revoked:
            raise ControlError(
                "already_revoked", f"{app.name}'s token is revoked: `install` gives a new one."
            )
        return await self._slack.deliveries.acked(lambda: app_changes.revoke(self._slack, app)), {}
