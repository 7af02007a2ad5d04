"""Match rounds, as people meet them: joining, convening, a conversation, and its close."""

from slack_bolt.async_app import AsyncApp

from handlers.matches import convening, ending, joining, talking


def listen(app: AsyncApp) -> None:
    for part in (joining, convening, talking, ending):
        part.listen(app)
