"""Groups of members that can be mentioned together."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class UserGroup:
    """One group; `disabled` holds when it was disabled, 0 while it is not."""

    id: str
    name: str
    handle: str
    creator: str
    created: int
    description: str = ""
    channels: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    updated: int = 0
    updated_by: str = ""
    disabled: int = 0

    def shown(self, team: str, *, users: bool, count: bool) -> Json:
        """The group as `usergroups.*` describe it, with its members' ids or their number where asked for."""
        described: Json = {
            "id": self.id,
            "team_id": team,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": self.description,
            "handle": self.handle,
            "is_external": False,
            "date_create": self.created,
            "date_update": self.updated,
            "date_delete": self.disabled,
            "auto_type": None,
            "auto_provision": False,
            "enterprise_subteam_id": "",
            "created_by": self.creator,
            "updated_by": self.updated_by,
            "deleted_by": self.updated_by if self.disabled else None,
            "prefs": {"channels": self.channels, "groups": []},
            "channel_count": len(self.channels),
        }
        if users:
            described["users"] = list(self.users)
        return {**described, "user_count": len(self.users)} if count else described
