"""What a person types, as Slack stores it."""

import re

from playground.workspace import Workspace

_ADDRESS = re.compile(
    r"https?://[^\s<>|]+"
    r"|(?<![\w.+%-])(?:mailto:)?(?P<mail>\w[\w.+%-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63})(?![\w@-])",
    re.IGNORECASE,
)


def as_typed(workspace: Workspace, text: str) -> str:
    """Typed text escaped, with mentions, channels, web and email addresses marked up."""
    # A mention picked from the composer's list arrives as its markup; all else in brackets was typed.
    picked = re.split(r"(<@[A-Z0-9]+>|<#[A-Z0-9]+>)", text)
    return "".join(part if number % 2 else _marked_up(workspace, part) for number, part in enumerate(picked))


def _marked_up(workspace: Workspace, text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    handles = {member.handle.lower(): member.id for member in workspace.members.values()}
    handles |= {app.name.lower(): app.bot_user for app in workspace.apps.values()}

    def mention(match: re.Match[str]) -> str:
        handle = match[1]
        if handle in {"channel", "here", "everyone"}:
            return f"<!{handle}>"
        user = handles.get(handle.lower())
        return f"<@{user}>" if user else match[0]

    def named(match: re.Match[str]) -> str:
        channel = workspace.channel_named(match[1])
        return f"<#{channel.id}|{channel.name}>" if channel and channel.kind == "public" else match[0]

    def linked(match: re.Match[str]) -> str:
        return f"<mailto:{match['mail']}|{match['mail']}>" if match["mail"] else f"<{match[0]}>"

    text = re.sub(r"(?<![\w@/])@([\w.-]*\w)", mention, text)
    text = re.sub(r"(?<![\w#/&])#([\w-]+)", named, text)
    return re.sub(_ADDRESS, linked, text)
