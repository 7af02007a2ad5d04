"""The picture of a both/and map: one drawing for the channel, the playground and what is taken along."""

from practices.polarities.map import Map
from workspace.pictures.canvas import WIDTH
from workspace.pictures.drawing import Picture
from workspace.pictures.polarities import beside, whole
from workspace.pictures.polarities.words import alt, markdown, name, twin

__all__ = ["alt", "drawn", "markdown", "name", "twin"]


def drawn(found: Map) -> Picture:
    """The map as it stands; or then and now, where it has an earlier standing to lay beside the newest."""
    title = name(found)
    if found.then and found.now:
        return Picture(
            "then-and-now", title, alt(found), beside.drawing(found, found.then, found.now, title), WIDTH
        )
    return Picture("both-and-map", title, alt(found), whole.drawing(found, title), WIDTH)
