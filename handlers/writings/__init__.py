"""Members write in forms, choose who sees it, change their minds, and take it back."""

from slack_bolt.async_app import AsyncApp

from handlers.writings import changing, keeping, opening, reading
from handlers.writings.changing import act_on, change_one, own_writing, tell_again
from handlers.writings.opening import open_form
from handlers.writings.reading import few

__all__ = ["act_on", "change_one", "few", "listen", "open_form", "own_writing", "tell_again"]


def listen(app: AsyncApp) -> None:
    for part in (opening, keeping, changing, reading):
        part.listen(app)
