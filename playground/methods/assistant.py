"""`assistant.threads.*`: what an agent says of a thread; judged, and shown in the inspector only."""

import re
from typing import Any

from playground.channels import Channel
from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]

MOST_PROMPTS = 4


def _thread(call: Call) -> Channel:
    channel, thread = call.channel("channel_id"), call.args["thread_ts"]
    if not re.fullmatch(r"\d+\.\d+", thread) or thread not in channel.messages:
        raise SlackError("invalid_thread_ts")
    return channel


@method("assistant.threads.setStatus")
def set_status(call: Call) -> Json:
    """Say what the agent is doing, such as "is thinking"."""
    _thread(call)
    return {}


@method("assistant.threads.setTitle")
def set_title(call: Call) -> Json:
    """Give the thread a title."""
    _thread(call)
    return {}


@method("assistant.threads.setSuggestedPrompts")
def set_suggested_prompts(call: Call) -> Json:
    """Suggest up to four things to say."""
    _thread(call)
    prompts = call.args["prompts"]
    fits = isinstance(prompts, list) and 1 <= len(prompts) <= MOST_PROMPTS
    if not fits or not all(isinstance(p, dict) and p.get("title") and p.get("message") for p in prompts):
        raise SlackError(
            "invalid_arguments", ["[ERROR] one to four of title and message [json-pointer:/prompts]"]
        )
    return {}
