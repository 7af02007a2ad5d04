"""The pretended Slack as one workspace: what its Web API, its events and its members all work on."""

from playground.conversation import Conversation
from playground.deliveries import Deliveries
from playground.files import Files
from playground.ground import Ground
from playground.response_urls import ResponseUrls
from playground.scheduled import Scheduled
from playground.views import Views
from playground.workspace import Workspace


class Slack:
    """One workspace with everything around it, standing on the ground it shares with the others."""

    def __init__(self, ground: Ground, team: str, name: str, domain: str) -> None:
        self.ground = ground
        self.clock, self.still, self.hints, self.log = ground.clock, ground.still, ground.hints, ground.log
        self.posts = ground.posts
        self.workspace = Workspace(self.clock, team, name, domain, ground.taken)
        ground.workspaces.append(self.workspace)
        self.deliveries = Deliveries(self.workspace, self.posts, lambda: bool(ground.base))
        self.conversation = Conversation(self.workspace, self.deliveries, self.hints)
        self.files = Files(self.workspace, lambda: self.base)
        self.scheduled = Scheduled(self.workspace, self.conversation)
        self.views = Views(self.workspace, self.hints)
        self.response_urls = ResponseUrls(self.workspace, self.conversation, lambda: self.base)

    @property
    def base(self) -> str:
        """Where it is served: every address that the playground gives out begins with this."""
        return self.ground.base
