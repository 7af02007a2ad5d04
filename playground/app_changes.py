"""What becomes of an app in a workspace - installed, its token revoked, uninstalled - and what it hears of that."""

from playground.people import App, Installation
from playground.slack import Slack


def install(slack: Slack, app: App) -> Installation:
    """Install an app, or install it again: a token that was revoked is replaced by a new one."""
    first = slack.ground.workspaces[0] is slack.workspace
    installation = slack.workspace.install(app, first=first)
    slack.hints.changed("state")
    return installation


def tell_revoked(slack: Slack, app: Installation, fault: str = "") -> None:
    """Tell an app that its bot's token is worth nothing any more."""
    tokens = {"oauth": [], "bot": [app.bot_user]}
    slack.deliveries.event_to(app, {"type": "tokens_revoked", "tokens": tokens}, fault)


def revoke(slack: Slack, app: Installation) -> None:
    """Revoke the bot's token for good. The app stays, its bot is out of every channel."""
    _end_token(slack, app, "token_revoked")
    slack.hints.changed("state")


def uninstall(slack: Slack, app: Installation) -> None:
    """Take an app out of the workspace with its App Homes and modals; it hears of it all the same."""
    _end_token(slack, app, "account_inactive")
    slack.deliveries.event_to(app, {"type": "app_uninstalled"})
    slack.workspace.former[app.id] = slack.workspace.apps.pop(app.id)
    slack.views.forget(app)
    slack.hints.changed("state")


def _end_token(slack: Slack, app: Installation, error: str) -> None:
    """`error` is what the token gets from now on."""
    if app.bot_token not in slack.workspace.revoked:
        tell_revoked(slack, app)
    slack.workspace.revoked[app.bot_token] = error
    slack.workspace.take_out(app.bot_user)
