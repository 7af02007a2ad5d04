"""`bookmarks.*`: links at the top of a channel."""

import re
import secrets
from typing import Any

from playground.channels import Channel
from playground.emoji import kept
from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]

MOST_BOOKMARKS = 100


def _place(call: Call) -> Channel:
    channel = call.channel("channel_id")
    if call.app.bot_user not in channel.members:
        raise SlackError("permission_denied")
    return channel


def _judged(call: Call) -> None:
    link, emoji = call.args.get("link"), call.args.get("emoji")
    if link is not None and not re.fullmatch(r"(https?|slack|mailto):\S+", link):
        raise SlackError("invalid_link")
    if emoji and not (re.fullmatch(r":.+:", emoji) and kept(emoji[1:-1])):
        raise SlackError("invalid_emoji")


def _found(call: Call, channel: Channel) -> Json:
    wanted = call.args.get("bookmark_id")
    found = next((bookmark for bookmark in channel.bookmarks if bookmark["id"] == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return found


@method("bookmarks.add")
def add(call: Call) -> Json:
    """Put a link at the top of a channel."""
    channel = _place(call)
    if call.args["type"] != "link":
        raise SlackError("invalid_bookmark_type")
    if not call.args.get("link"):
        raise SlackError("invalid_link")
    _judged(call)
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    now = call.slack.workspace.seconds()
    bookmark = {
        "id": "Bk0" + secrets.token_hex(4).upper(),
        "channel_id": channel.id,
        "title": call.args["title"],
        "link": call.args["link"],
        "emoji": call.args.get("emoji", ""),
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": f"{len(channel.bookmarks):04d}",
        "last_updated_by_user_id": call.app.bot_user,
        "last_updated_by_team_id": call.slack.workspace.id,
        "shortcut_id": None,
        "app_id": call.app.id,
    }
    channel.bookmarks.append(bookmark)
    return {"bookmark": bookmark}


@method("bookmarks.edit")
def edit(call: Call) -> Json:
    """Change a link at the top of a channel."""
    bookmark = _found(call, _place(call))
    _judged(call)
    bookmark |= {name: call.args[name] for name in ("title", "link", "emoji") if name in call.args}
    bookmark |= {"date_updated": call.slack.workspace.seconds(), "last_updated_by_user_id": call.app.bot_user}
    return {"bookmark": bookmark}


@method("bookmarks.remove")
def remove(call: Call) -> Json:
    """Take a link away."""
    channel = _place(call)
    channel.bookmarks.remove(_found(call, channel))
    return {}


@method("bookmarks.list")
def list_(call: Call) -> Json:
    """The links at the top of a channel."""
    return {"bookmarks": call.channel("channel_id").bookmarks}
