"""What each method of Slack's Web API does, one module per family; importing this package fills the table."""

from playground.methods import (
    bookmarks,
    channels,
    chat,
    conversations,
    dnd,
    files,
    pins,
    reactions,
    team,
    usergroups,
    users,
    views,
)

__all__ = [
    "bookmarks",
    "channels",
    "chat",
    "conversations",
    "dnd",
    "files",
    "pins",
    "reactions",
    "team",
    "usergroups",
    "users",
    "views",
]
