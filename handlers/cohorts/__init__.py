"""Conveners invite people to join, people ask to, and all answers go out together."""

from slack_bolt.async_app import AsyncApp

from handlers.cohorts import applying, choosing, inviting


def listen(app: AsyncApp) -> None:
    for part in (inviting, applying, choosing):
        part.listen(app)
