"""Where something is pressed or chosen: a message, a modal or an App Home, as the payloads of apps name it."""

from dataclasses import dataclass
from typing import Any

from playground.channels import Channel
from playground.people import Installation
from playground.views import View

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Surface:
    """A message, a modal or an App Home; `state` is what its elements hold."""

    app: Installation
    blocks: list[Json]
    state: Json
    view: Json | None = None
    modal: View | None = None
    channel: Channel | None = None
    message: Json | None = None

    @property
    def container(self) -> Json:
        """Slack's `container`."""
        if self.view is not None:
            return {"type": "view", "view_id": self.view["id"]}
        assert self.channel is not None
        assert self.message is not None
        return {
            "type": "message",
            "message_ts": self.message["ts"],
            "channel_id": self.channel.id,
            "is_ephemeral": bool(self.message.get("is_ephemeral")),
            **({"thread_ts": self.message["thread_ts"]} if "thread_ts" in self.message else {}),
        }
