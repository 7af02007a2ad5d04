"""The pretended Slack in one piece: what its Web API, its Socket Mode and its members all work on."""

from datetime import datetime

from playground.clock import Clock
from playground.conversation import Conversation
from playground.deliveries import Deliveries
from playground.hints import Hints
from playground.people import App
from playground.response_urls import ResponseUrls
from playground.socket_mode import SocketMode
from playground.stillness import Stillness
from playground.views import Views
from playground.wire_log import WireLog
from playground.workspace import Workspace


class Slack:
    """One workspace with everything around it. `base` is where it is served, once it is."""

    def __init__(self, team: str, name: str, domain: str, now: datetime | None) -> None:
        self.base = ""
        self.clock = Clock(now)
        self.still = Stillness(self.clock)
        self.hints = Hints()
        self.log = WireLog(self.clock, self.hints)
        self.workspace = Workspace(self.clock, team, name, domain)
        self.sockets: dict[str, SocketMode] = {}
        self.deliveries = Deliveries(self.workspace, self.sockets)
        self.conversation = Conversation(self.workspace, self.deliveries, self.hints)
        self.views = Views(self.workspace, self.hints)
        self.response_urls = ResponseUrls(self.workspace, self.conversation)

    def connect(self, app: App) -> None:
        """Give an installed app its side of Socket Mode."""
        if app.id not in self.sockets:
            self.sockets[app.id] = SocketMode(app, self.still, self.log, lambda: self.hints.changed("state"))

    def served_at(self, base: str) -> None:
        """From now on addresses that the playground gives out begin with this one."""
        self.base = base
        self.response_urls.base = base
