"""What a member does about who is in the workspace: their own profile, and what only an admin may do."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import available_timezones

from playground import member_changes
from playground.errors import ControlError
from playground.letters import Ack
from playground.people import Member
from playground.reading import Reading
from playground.slack import Slack

Json = dict[str, Any]
Act = Callable[[Member, Json], Awaitable[tuple[Ack, Json]]]

LONGEST = 80
TEXTS = ("name", "handle", "tz", "sector", "organisation")
ROLES = ("guest", "admin", "convener")
HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]*")


class MemberActs:
    """The acts on members."""

    def __init__(self, slack: Slack, reading: Reading) -> None:
        self._slack = slack
        self._reading = reading

    def table(self) -> dict[str, Act]:
        """What can be done, by its name."""
        return {
            "profile": self._profile,
            "role": self._role,
            "add_member": self._add,
            "deactivate": self._deactivate,
            "reactivate": self._reactivate,
        }

    async def _profile(self, member: Member, body: Json) -> tuple[Ack, Json]:
        target = self._whom(member, body, "describe somebody else")
        changes = self._described(body, target)
        if all(getattr(target, name) == value for name, value in changes.items()):
            raise ControlError("nothing_changed", f"Give another {', '.join(TEXTS[:-1])} or {TEXTS[-1]}.")

        def change() -> None:
            for name, value in changes.items():
                setattr(target, name, value)
            member_changes.changed(self._slack, target)

        return await self._slack.deliveries.acked(change), {}

    async def _add(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._reading.admin(member, "let somebody in")
        described = self._described(body, None)
        if not {"name", "handle"} <= described.keys():
            raise ControlError("missing_name", "Somebody new has a `name` and a `handle`.")
        roles = self._roles(body, None)
        identity = self._slack.workspace.new_member_id(described["handle"])
        new = Member(identity, described["name"], described["handle"])
        for name, value in (described | roles).items():
            setattr(new, name, value)

        def change() -> None:
            self._slack.workspace.add_member(new)
            member_changes.joined(self._slack, new)

        return await self._slack.deliveries.acked(change), {"member": new.id}

    def _described(self, body: Json, target: Member | None) -> dict[str, str]:
        """What a body says about somebody. Raises ControlError for what cannot be so."""
        said = {name: body[name] for name in TEXTS if name in body}
        for name, value in said.items():
            if not isinstance(value, str) or len(value) > LONGEST:
                raise ControlError(f"invalid_{name}", f"`{name}` is a text of at most {LONGEST} characters.")
        if not said.get("name", "x").strip():
            raise ControlError("invalid_name", "Everybody has a name: it cannot be empty.")
        if said.get("tz", "UTC") not in available_timezones():
            raise ControlError("invalid_tz", "`tz` is a time zone such as Europe/London.")
        handle = said.get("handle")
        if handle is not None and not HANDLE.fullmatch(handle):
            raise ControlError("invalid_handle", "`handle` has small letters, digits, `.`, `-` and `_` only.")
        members = self._slack.workspace.members.values()
        if any(other.handle == handle for other in members if other is not target):
            raise ControlError("handle_taken", f"Somebody is called {handle} already: choose another handle.")
        return said

    def _roles(self, body: Json, target: Member | None) -> dict[str, bool]:
        roles = {role: body[role] for role in ROLES if role in body}
        if not all(isinstance(value, bool) for value in roles.values()):
            raise ControlError("invalid_role", f"{', '.join(ROLES)} are true or false.")
        if all(roles.get(role, getattr(target, role, False)) for role in ("guest", "admin")):
            raise ControlError("invalid_role", "A guest cannot be an admin.")
        return roles

    async def _role(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._reading.admin(member, "say who is what")
        target = self._whom(member, body, "say who is what")
        roles = self._roles(body, target)
        if all(getattr(target, role) == value for role, value in roles.items()):
            raise ControlError("nothing_changed", f"Give another {', '.join(ROLES[:-1])} or {ROLES[-1]}.")
        if not roles.get("admin", True):
            self._not_the_last(target)

        def change() -> None:
            for role, value in roles.items():
                setattr(target, role, value)
            member_changes.changed(self._slack, target)

        return await self._slack.deliveries.acked(change), {}

    def _not_the_last(self, target: Member) -> None:
        """Somebody has to be able to let people in."""
        admins = [one for one in self._slack.workspace.members.values() if one.admin and not one.deactivated]
        if admins == [target]:
            raise ControlError(
                "last_admin", f"{target.name} is the only admin: make somebody else one first."
            )

    async def _deactivate(self, member: Member, body: Json) -> tuple[Ack, Json]:
        target = self._whom(member, body, "deactivate somebody else")
        if target.deactivated:
            raise ControlError("already_deactivated", f"{target.name} is deactivated already.")
        self._not_the_last(target)
        return await self._slack.deliveries.acked(lambda: member_changes.deactivate(self._slack, target)), {}

    async def _reactivate(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._reading.admin(member, "let somebody back in")
        target = self._whom(member, body, "let somebody back in")
        if not target.deactivated:
            raise ControlError("not_deactivated", f"{target.name} is not deactivated.")
        return await self._slack.deliveries.acked(lambda: member_changes.reactivate(self._slack, target)), {}

    def _whom(self, member: Member, body: Json, what: str) -> Member:
        """The member meant, oneself if none is. Raises ControlError."""
        wanted = body.get("member", member.id)
        if isinstance(wanted, str) and self._slack.workspace.app_of(wanted):
            raise ControlError("is_a_bot", "A bot is no member: `uninstall` its app instead.")
        target = self._reading.member(wanted)
        if target is not member:
            self._reading.admin(member, what)
        return target
