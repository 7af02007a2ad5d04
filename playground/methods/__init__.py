"""What each method of Slack's Web API does, one module per family; importing this package fills the table."""

from playground.methods import channels, chat, conversations, reactions, team, users, views

__all__ = ["channels", "chat", "conversations", "reactions", "team", "users", "views"]
