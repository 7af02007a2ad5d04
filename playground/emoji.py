"""Which emoji there are, and which of an emoji's names Slack keeps."""

import re
from functools import cache

from playground import schemas

NAMED = re.compile(r"(?P<plain>[^:]+)(?P<tones>::skin-tone(-[2-6]){1,2})?")


@cache
def _first_names() -> dict[str, str]:
    table = schemas.read("emoji.json")
    return {name: first for first, more in table.items() for name in (first, *more.get("also", ()))}


def kept(name: str) -> str | None:
    """The name that Slack keeps, `+1` for `thumbsup`, with the skin tones it has; None if there is no such emoji."""
    said = NAMED.fullmatch(name)
    first = _first_names().get(said["plain"]) if said else None
    if said is None or first is None:
        return None
    tones = said["tones"] or ""
    able = schemas.read("emoji.json")[first].get("tones", 0)
    return first + tones if tones.count("-") - 1 <= able else None
