"""What each method of Slack's Web API does, one module per family; importing this package fills the table."""

from playground.methods import (
    assistant,
    bookmarks,
    channels,
    chat,
    chat_scheduled,
    chat_streams,
    conversations,
    dnd,
    files,
    openid,
    pins,
    reactions,
    team,
    usergroups,
    users,
    views,
)

__all__ = [
    "assistant",
    "bookmarks",
    "channels",
    "chat",
    "chat_scheduled",
    "chat_streams",
    "conversations",
    "dnd",
    "files",
    "openid",
    "pins",
    "reactions",
    "team",
    "usergroups",
    "users",
    "views",
]
