"""The only way to Slack's Web API: what it answers becomes one of a few outcomes, and it is never hurried."""

from workspace.gateway.outcomes import Declined, NotSent, Unsure
from workspace.gateway.web_api import Gateway, person

__all__ = ["Declined", "Gateway", "NotSent", "Unsure", "person"]
