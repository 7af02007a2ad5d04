"""Who takes part in a map that is being made, or watched: whoever is in its channel."""

from collections.abc import Collection

from practices.polarities.walking import Polarity
from practices.refusals import MapGone, NotOfItsChannel


def belongs(polarity: Polarity | None, member: str, here: Collection[str]) -> Polarity:
    """A map in which somebody may take part. Raises MapGone, NotOfItsChannel."""
    found = begun(polarity)
    if member not in here:
        raise NotOfItsChannel
    return found


def begun(polarity: Polarity | None) -> Polarity:
    """A map that has opened. Raises MapGone."""
    if polarity is None or polarity.state == "draft":
        raise MapGone
    return polarity
