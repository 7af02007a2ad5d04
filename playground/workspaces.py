"""The workspaces of one playground, and which of them a member, a channel or a token belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playground.acts import Acts
from playground.errors import ControlError, not_found
from playground.ground import Ground
from playground.people import Installation
from playground.reading import Reading
from playground.slack import Slack


@dataclass(frozen=True, slots=True)
class Place:
    """One workspace, what its members see there, and what they do."""

    slack: Slack
    reading: Reading
    acts: Acts

    @property
    def id(self) -> str:
        """The workspace's id, Slack's `team_id`."""
        return self.slack.workspace.id


class Workspaces:
    """Every workspace, in the order in which they were added. Ids of members and channels are unique in all."""

    def __init__(self, now: datetime | None) -> None:
        self.ground = Ground(now)
        self._places: list[Place] = []

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def add(self, team: str, name: str, domain: str) -> Place:
        """A new workspace, or the one with this id. Raises ControlError for an id that is none of Slack's."""
        found = self.known(team)
        if found:
            return found
        if not (team.startswith("T") and team.isalnum() and team.isascii() and team == team.upper()):
            raise ControlError(
                "invalid_workspace", "A workspace's id is a T with capitals and digits: T0NORTH."
            )
        slack = Slack(self.ground, team, name, domain)
        reading = Reading(slack)
        self._places.append(Place(slack, reading, Acts(slack, reading)))
        return self._places[-1]

    # Finding

    @property
    def first(self) -> Place:
        """The workspace that is meant where none is named."""
        return self._places[0]

    def known(self, team: Any) -> Place | None:
        """The workspace with this id."""
        return next((place for place in self if place.id == team), None)

    def named(self, team: Any) -> Place:
        """The workspace asked for, the first if none was. Raises ControlError."""
        found = self.first if team is None else self.known(team)
        if found is None:
            ids = ", ".join(place.id for place in self)
            raise not_found("workspace_not_found", f"There is no workspace {team!r}. There is: {ids}.")
        return found

    def of_member(self, member: Any, team: Any = None) -> Place:
        """Where a member is; for one who is nowhere the first, which says so. Raises ControlError."""
        if team is None and isinstance(member, str):
            return next((place for place in self if member in place.slack.workspace.members), self.first)
        return self.named(team)

    def of_channel(self, channel: str) -> Place:
        """Where a channel is. Raises KeyError."""
        for place in self:
            if channel in place.slack.workspace.channels:
                return place
        raise KeyError(channel)

    def installations(self) -> Iterator[tuple[Slack, Installation]]:
        """Every app in every workspace, those too that were uninstalled: their developers still have them."""
        for place in self:
            workspace = place.slack.workspace
            for installation in (*workspace.apps.values(), *workspace.former.values()):
                yield place.slack, installation

    def revoked(self, token: str) -> str | None:
        """What Slack answers to a bot token that is not good any more; None for every other."""
        errors = (place.slack.workspace.revoked.get(token) for place in self)
        return next((error for error in errors if error), None)
