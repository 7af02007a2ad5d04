"""What is set of one question, at once or only if it still holds."""

from typing import Any

from sqlalchemy import Connection, update

from store.schema import prompt as prompts


def change(connection: Connection, community: str, prompt: str, **values: Any) -> None:
    """One question has these values from now on."""
    connection.execute(
        update(prompts).where(prompts.c.community_id == community, prompts.c.id == prompt).values(**values)
    )


def change_if(connection: Connection, community: str, prompt: str, *still: Any, **values: Any) -> bool:
    """Say that something was done, if it was still to be done when this commits."""
    return (
        connection.execute(
            update(prompts)
            .where(prompts.c.community_id == community, prompts.c.id == prompt, *still)
            .values(**values)
        ).rowcount
        == 1
    )
