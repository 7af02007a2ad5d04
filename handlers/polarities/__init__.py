"""Both/and maps: a group names one, walks it, gathers what it saw, and moves it on."""

from slack_bolt.async_app import AsyncApp

from handlers.polarities import (
    gathering,
    maps,
    moving,
    naming,
    revealing,
    standing,
    stepping_in,
    steps,
    walking,
    watching,
    wicked,
)


def listen(app: AsyncApp) -> None:
    for room in (
        naming,
        stepping_in,
        walking,
        gathering,
        moving,
        revealing,
        standing,
        steps,
        watching,
        maps,
        wicked,
    ):
        room.listen(app)
