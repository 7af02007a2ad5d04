"""Pictures within a message: where each stands, and what stands there until it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from practices.model import Drawing, Message, identity
from workspace.blocks import Block, cut, section
from workspace.pictures.drawing import Picture
from workspace.pictures.sentences import UPLOADED, whole

INSTEAD = "instead"  # of a picture that is not there yet; Slack never sees this


def show(
    message: Message, pictures: Sequence[Picture], *, at: int | None = None, twins: Sequence[str] = ()
) -> Message:
    """The message with these pictures before its block number `at`, or at its end. Where one cannot be brought to
    Slack, the message is said without it, and it is added later; until then its twin stands there (Slack's notation,
    nothing by default). An update that shows the same drawing again shows the same file; one that has another, or none,
    has the old file deleted."""
    drawings = tuple(_drawing(message.id, n, one) for n, one in enumerate(pictures))
    told = [*twins, *[""] * len(drawings)]
    where = len(message.blocks) if at is None else at
    blocks = [
        _block(one.id, whole(shown.alt), twin)
        for one, shown, twin in zip(drawings, pictures, told, strict=False)
    ]
    return replace(
        message,
        blocks=(*message.blocks[:where], *blocks, *message.blocks[where:]),
        pictures=drawings,
    )


def expected(message: Message) -> bool:
    """Whether there is a place for a picture in it."""
    return any(INSTEAD in block for block in message.blocks)


def placed(message: Message, files: Mapping[str, str]) -> Message:
    """The message as Slack is to have it: `files` are in Slack, by their picture's id."""
    blocks = [one for block in message.blocks for one in _placed(block, files)]
    return replace(message, blocks=tuple(blocks))


def completed(message: Message, there: Mapping[str, Drawing]) -> Message:
    """The same message once more, with all the pictures that are in Slack by now, by their id."""
    id_ = identity("picture", message.id)
    moved = {old: replace(one, id=identity(id_, one.id)) for old, one in there.items()}
    blocks = [one for block in message.blocks for one in _moved(block, moved)]
    return replace(message, id=id_, kind="update", blocks=tuple(blocks), pictures=tuple(moved.values()))


def _drawing(message: str, nth: int, one: Picture) -> Drawing:
    return Drawing(
        id=identity("picture", message, str(nth)),
        sha=one.sha,
        name=one.name,
        title=one.title,
        alt=whole(one.alt, UPLOADED),
        svg=one.svg,
        width=one.width,
    )


def _block(id_: str, alt: str, twin: str) -> Block:
    return {"type": "image", "block_id": id_, "alt_text": alt, INSTEAD: [section(one) for one in cut(twin)]}


def _placed(block: Mapping[str, Any], files: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    if INSTEAD not in block:
        return (block,)
    if block["block_id"] not in files:
        found: Sequence[Block] = block[INSTEAD]
        return found
    shown = {name: value for name, value in block.items() if name != INSTEAD}
    return ({**shown, "slack_file": {"id": files[block["block_id"]]}},)


def _moved(block: Mapping[str, Any], moved: Mapping[str, Drawing]) -> Sequence[Mapping[str, Any]]:
    """A picture keeps its place under a new id, as Slack wants it in an update; one that never comes, its twin."""
    one = moved.get(block["block_id"]) if INSTEAD in block else None
    return ({**block, "block_id": one.id},) if one else _placed(block, {})
