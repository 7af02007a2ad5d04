"""Who takes part in a map that is being made, or watched: whoever is in its channel."""

from collections.abc import Collection

from practices.polarities.walking import Polarity
from practices.refusals import AlreadyGone, NotOfItsChannel


def belongs(polarity: Polarity | None, member: str, here: Collection[str]) -> Polarity:
    """A map in which somebody may take part. Raises AlreadyGone, NotOfItsChannel."""
    found = begun(polarity)
    if member not in here:
        raise NotOfItsChannel
    return found


def begun(polarity: Polarity | None) -> Polarity:
    """A map that has opened. Raises AlreadyGone."""
    if polarity is None or polarity.state == "draft":
        raise AlreadyGone
    return polarity
