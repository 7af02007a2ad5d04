"""Which scopes an app has been given, and whether they are enough for a call."""

from playground.errors import SlackError
from playground.people import Installation
from playground.table import Row

FAMILIES = {"public": "channels", "private": "groups", "dm": "im", "group": "mpim"}


def judge(app: Installation, row: Row) -> None:
    """Refuse a call for which the app has none of the scopes. Raises `missing_scope`."""
    if row.bot:
        _needed(app, row.bot)


def judge_kind(app: Installation, row: Row, kind: str) -> None:
    """Refuse a call on a channel of a kind the app has no scope for: `groups:read` and so on."""
    family = tuple(scope for scope in row.bot if scope.partition(":")[0] == FAMILIES[kind])
    if family:
        _needed(app, family)


def _needed(app: Installation, scopes: tuple[str, ...]) -> None:
    if not set(scopes) & set(app.scopes):
        raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(app.scopes))
