"""How it will be: shown to the convener before anything happens."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from practices.model import Circle, SetUp
from practices.prompts import Ahead
from practices.rhythm import Skipped, Slot
from workspace.blocks import Block, context, day, day_of, divider, modal, moment, section
from workspace.circles.words import KEPT
from workspace.prompts import preview as looks


def preview(wanted: SetUp, circle: Circle, ahead: Ahead) -> Block:
    """What will come, only to the convener, before anything happens. Closing it goes back to the modal."""
    zone = circle.rhythm.zone
    skipped = [f"{day(one.local_date)} ({one.reason})" for one in ahead.coming if isinstance(one, Skipped)]
    moved = [
        f"{day(one.on)} instead of {day(one.local_date)}"
        for one in ahead.coming
        if isinstance(one, Slot) and one.on != one.local_date
    ]
    blocks: list[Block] = [
        section(f"*First question:* {moment(ahead.first.due, zone)}. It will look like this:"),
        divider(),
        *looks(ahead.question),
        divider(),
        section(f"*First digest:* {moment(ahead.digest, zone)}, if somebody has answered."),
    ]
    if skipped:
        blocks.append(section(f"*Skipped:* {', '.join(skipped)}."))
    if moved:
        blocks.append(section(f"*Moved:* {', '.join(moved)}."))
    if len(circle.conveners) == 1:
        blocks.append(context("One convener is fine to begin with. A second makes holidays easier."))
    blocks.append(context(KEPT[circle.memory]))
    return modal("start", "How it will be", blocks, submit="Start", close="Change", private=_packed(wanted))


def wanted(view: Mapping[str, Any]) -> SetUp:
    """What the preview was made from."""
    kept = json.loads(view["private_metadata"])
    for name in ("conveners", "themes", "sectors"):
        kept[name] = tuple(kept[name])
    for name in ("quiet_from", "quiet_until"):
        kept[name] = day_of(kept[name])
    return SetUp(**kept)


def _packed(wanted: SetUp) -> str:
    return json.dumps(asdict(wanted), default=str, ensure_ascii=False, separators=(",", ":"))
