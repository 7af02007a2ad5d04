"""What an app asks about itself and its workspace: `api.test`, `auth.test`, `apps.*`, `team.*`, `bots.*`."""

from typing import Any

from playground import app_changes
from playground.errors import SlackError
from playground.web_api import Call, method, page

Json = dict[str, Any]


@method("api.test")
def api_test(call: Call) -> Json:
    """Answers with what it was given."""
    if call.args.get("error"):
        raise SlackError(str(call.args["error"]), args=call.args)
    return {"args": call.args} if call.args else {}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Who the bot is."""
    workspace = call.slack.workspace
    return {
        "url": f"{call.slack.base}/",
        "team": workspace.name,
        "user": call.app.name.lower(),
        "team_id": workspace.id,
        "user_id": call.app.bot_user,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(call: Call) -> Json:
    """Give the bot's token up, unless it is only a `test`."""
    if call.args.get("test"):
        return {"revoked": False}
    app_changes.revoke(call.slack, call.app)
    return {"revoked": True}


@method("apps.connections.open")
def connections_open(call: Call) -> Json:
    """An address for one Socket Mode connection."""
    ticket = call.slack.posts[call.app.id].socket.ticket()
    address = call.slack.base.replace("http", "ws", 1)
    return {"url": f"{address}/_slack/socket?app_id={call.app.id}&ticket={ticket}"}


@method("team.info")
def team_info(call: Call) -> Json:
    """The workspace."""
    workspace = call.slack.workspace
    if call.args.get("team", workspace.id) != workspace.id:
        raise SlackError("team_not_found")
    team = {
        "id": workspace.id,
        "name": workspace.name,
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {},
    }
    return {"team": {**team, "url": f"{call.slack.base}/"}}


@method("team.profile.get")
def team_profile(call: Call) -> Json:
    """The fields a profile has here beside Slack's own: none."""
    return {"profile": {"fields": [], "sections": []}}


@method("team.preferences.list")
def team_preferences(call: Call) -> Json:
    """What members may do."""
    return {
        "allow_message_deletion": True,
        "disable_file_uploads": "allow_all",
        "display_real_names": True,
        "msg_edit_window_mins": -1,
        "who_can_post_general": "ra",
    }


@method("team.billing.info")
def team_billing(call: Call) -> Json:
    """The plan, which is the smallest that shows everything."""
    return {"info": {"plan": "std"}}


@method("auth.teams.list")
def auth_teams(call: Call) -> Json:
    """The workspaces that the token speaks for: one."""
    workspace = call.slack.workspace
    found, more = page(call, [{"id": workspace.id, "name": workspace.name}], 100)
    return {"teams": found, **more}


@method("bots.info")
def bots_info(call: Call) -> Json:
    """An app's bot."""
    wanted = call.args.get("bot", call.app.bot_id)
    workspace = call.slack.workspace
    apps = (*workspace.apps.values(), *workspace.former.values())
    app = next((app for app in apps if app.bot_id == wanted), None)
    if app is None:
        raise SlackError("bot_not_found")
    icons: Json = {"image_36": "", "image_48": "", "image_72": ""}
    deleted = workspace.gone(app.bot_user)
    bot = {"id": app.bot_id, "deleted": deleted, "name": app.name, "updated": app.installed, "app_id": app.id}
    return {"bot": {**bot, "user_id": app.bot_user, "icons": icons}}


@method("emoji.list")
def emoji_list(call: Call) -> Json:
    """The workspace's own emoji, of which there are none."""
    answer: Json = {"emoji": {}, "cache_ts": str(call.slack.workspace.last_ts)}
    return {**answer, "categories": []} if call.args.get("include_categories") else answer
