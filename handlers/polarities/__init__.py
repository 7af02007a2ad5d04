"""Both/and maps: a group names one, walks it, gathers what it saw, and moves it on."""

from slack_bolt.async_app import AsyncApp

from handlers.polarities import gathering, moving, naming, stepping_in, walking, wicked


def listen(app: AsyncApp) -> None:
    for room in (naming, stepping_in, walking, gathering, moving, wicked):
        room.listen(app)
