"""What is said about words on a gathering that wait to be shown all at once."""

from collections.abc import Mapping
from typing import Any

from practices.model import Circle, Message, identity
from practices.reveals import Reveal
from workspace.blocks import Block, actions, button, moment, safe, section
from workspace.writings import window


def near(one: Reveal, circle: Circle) -> tuple[Message, ...]:
    """To each convener: it is shown soon; now, or a day later, if that is better."""
    text = (
        f"What was written after *{safe(circle.name)}* met is shown on {moment(one.at, circle.rhythm.zone)}, all at "
        "once. Until then nobody reads it but whoever wrote it."
    )
    value = f"{one.circle}/{one.occasion}"
    return tuple(
        Message(
            id=identity("reveal", one.circle, one.occasion, str(one.given), convener),
            community=one.community,
            purpose="notice",
            subject=one.circle,
            member=convener,
            text=text,
            blocks=(
                section(text),
                actions(
                    button("Give it another day", "reveal_later", value),
                    button("Show it now", "reveal_now", value),
                    block_id="reveal",
                ),
            ),
        )
        for convener in circle.conveners
    )


def waiting(one: Reveal, circle: Circle) -> str:
    """Said to whoever has written."""
    return (
        f"Kept. It is shown in <#{circle.channel}> with what the others write, all at once, on "
        f"{moment(one.at, circle.rhythm.zone)}. Until then nobody else reads it, and you can change it or take it back "
        "in your App Home. What has no name on it waits until five people have written."
    )


def pressed(action: Mapping[str, Any]) -> tuple[str, str]:
    """Of which circle, and about which gathering."""
    circle, _, occasion = str(action["value"]).partition("/")
    return circle, occasion


def moved(one: Reveal, circle: Circle) -> Block:
    """Said to the convener who gave more time."""
    told = f"Given. It is shown on {moment(one.at, circle.rhythm.zone)}."
    return window("After we met", [section(told)])


def now_shown(circle: Circle) -> Block:
    """Said to the convener who would not wait."""
    return window("After we met", [section(f"It is on its way to <#{circle.channel}>.")])
