"""The Web API, one file for each noun: what slack-sdk's own client can send it does send, the rest is plain HTTP."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Any) -> dict[str, Any]:
    """What Slack answers to a call that it refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return dict(caught.value.response.data)


async def error(call: Any) -> str:
    """Slack's word for why it refuses a call."""
    return str((await refused(call))["error"])
