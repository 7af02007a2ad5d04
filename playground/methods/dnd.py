"""`dnd.*`: who does not want to be disturbed. Nobody in the playground does, and a bot cannot ask for it."""

from typing import Any

from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]

NEVER = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


@method("dnd.info")
def info(call: Call) -> Json:
    """Whether one member, or the bot itself, may be disturbed."""
    user = call.args.get("user") or call.app.bot_user
    if call.slack.workspace.user_json(user) is None:
        raise SlackError("user_not_found")
    return {**NEVER, "snooze_enabled": False}


@method("dnd.teamInfo")
def team_info(call: Call) -> Json:
    """Whether several members may be disturbed."""
    users = [user.strip() for user in call.args["users"].split(",") if user.strip()]
    if not users:
        raise SlackError("no_users_provided")
    if any(call.slack.workspace.user_json(user) is None for user in users):
        raise SlackError("user_not_visible")
    return {"users": {user: dict(NEVER) for user in users}, "cached": False}
