"""The app as Slack is told of it: what it is called, what it listens to, and the least it has to be allowed."""

from collections.abc import Sequence
from typing import Any

from practices.commands import Word

SCOPES = {
    "chat:write": "asking, showing cards and digests",
    "commands": "the slash command and the shortcuts",
    "channels:history": "replies in the threads of its questions; looking whether a message arrived",
    "groups:history": "the same in private channels it was invited to",
    "channels:read": "who is in a circle's channel",
    "groups:read": "the same in private channels it was invited to",
    "channels:write.invites": "bringing people who are welcomed into their circle's channel",
    "groups:write.invites": "the same for a private channel",
    "im:write": "a private word to you",
    "im:history": "looking whether it arrived",
    "mpim:write": "direct messages of a match",
    "mpim:history": "whether somebody wrote there, never what",
    "files:write": "pictures in a circle's channel, and these and your own words for whoever asks for them",
    "users:read": "names, time zones, who is a guest",
}
EVENTS = {
    "message.channels": "replies, edits and deletions are voices",
    "message.groups": "the same in private channels",
    "message.mpim": "whoever has written to a match needs no reminder",
    "member_joined_channel": "it says hello when invited; who may find what was said in a channel",
    "member_left_channel": "who may find it no more",
    "channel_rename": "the memory knows its channels as they are now",
    "group_rename": "the same for private channels",
    "channel_archive": "the memory knows its channels as they are now",
    "group_archive": "the same for private channels",
    "channel_unarchive": "the memory knows its channels as they are now",
    "group_unarchive": "the same for private channels",
    "channel_deleted": "what was kept of it is looked after",
    "channel_left": "nothing is asked where the bot is no more",
    "group_left": "the same for private channels",
    "app_home_opened": "your page",
    "team_join": "names stay right",
    "user_change": "names stay right",
}
SHORTCUTS = (
    ("message", "keep_thread", "Keep this thread", "A good conversation goes into the circle's memory"),
    ("message", "reflect_on", "Reflect on this", "Write a few words about a message, with its link"),
    ("global", "reflect", "Reflect", "A moment worth keeping, an old story, a ripple"),
    ("global", "polarity", "Begin a both/and map", "Two good things that pull: draw the map of both"),
)
ALIASES: dict[Word, tuple[str, str]] = {
    "checkin": ("Answer this week's question", ""),
    "reflect": ("A moment worth keeping, an old story, a ripple", "mine, mine hope"),
    "ripple": ("Something you set going turned up elsewhere", ""),
    "met": ("A few words after we met", ""),
    "pocket": ("A both/and of your own, read by nobody else", ""),
    "polarity": ("Begin a both/and map, or see those there are", "list"),
    "wicked": ("How is it that we are … and … at the same time?", ""),
    "recall": ("Find what was said", "hope"),
    "circle": ("Set up this circle, or change it", "questions, figures, invite"),
    "match": ("Take part in conversations with unexpected people", "rounds"),
    "away": ("Not for a while", ""),
    "me": ("See what is kept about you", ""),
}
ABOUT = (
    "Together holds a rhythm for people who practise collaboration across sectors: a weekly question, a few honest "
    "words, both/and maps, conversations with unexpected people, and a memory that you can search. It asks little, "
    "never counts who did not speak, and you choose who reads what you write."
)


def manifest(word: str, aliases: Sequence[Word] = (), url: str = "") -> dict[str, Any]:
    """The app manifest, as Slack's schema wants it: with Socket Mode, or with `url` as the address Slack posts to."""
    to = {"url": url} if url else {}
    asked = {"request_url": url} if url else {}
    usage = "checkin, reflect, pocket, polarity, recall hope, circle, help"
    commands = [_command(word, "What can I do here?", usage, to)]
    commands += [_command(alias, *ALIASES[alias], to) for alias in aliases if alias != word]
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Together",
            "description": "A rhythm, a both/and, unexpected people and a memory",
            "background_color": "#2f5d50",
            "long_description": ABOUT,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Together", "always_online": True},
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": id_, "description": about}
                for kind, id_, name, about in SHORTCUTS
            ],
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": asked | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True} | asked,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _command(word: str, about: str, usage: str, to: dict[str, str]) -> dict[str, Any]:
    hint = {"usage_hint": usage} if usage else {}
    return {"command": f"/{word}", "description": about, **hint, **to}
