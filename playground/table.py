"""Slack's table of methods: which arguments, errors, rate tier and scopes each has, by Slack's own documentation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from playground import schemas

Json = dict[str, Any]

DOCUMENTED = "methods.json"
OBSERVED = "observed.json"  # what Slack or its SDKs do although no page of the documentation says so


@dataclass(frozen=True, slots=True)
class Row:
    """One method. `tier` is 1 to 4, "special" or None; `bot` are the scopes of which a bot needs one."""

    args: Json
    errors: frozenset[str]
    tier: int | str | None
    bot: tuple[str, ...]
    only_for_users: bool


@cache
def row(method: str) -> Row | None:
    """What Slack says of a method; None if it says nothing."""
    documented, observed = schemas.read(DOCUMENTED), schemas.read(OBSERVED)
    kept, also = documented["methods"].get(method), observed["methods"].get(method, {})
    if kept is None:
        return None
    everywhere = (*documented["common_errors"], *observed["common_errors"])
    return Row(
        args={**kept["args"], **also.get("args", {})},
        errors=frozenset((*kept["errors"], *also.get("errors", ()), *everywhere)),
        tier=kept["tier"],
        bot=tuple(kept["bot"]),
        only_for_users=bool(kept["user"]) and not kept["bot"],
    )


# Scopes that no single method asks for, and that a bot has unless it is told otherwise.
BESIDE = ("app_mentions:read", "chat:write.customize", "commands", "metadata.message:read")


def default_scopes() -> list[str]:
    """Every scope that some method asks of a bot; to write where it is no member, a bot must ask itself."""
    methods = schemas.read(DOCUMENTED)["methods"].values()
    return sorted({scope for method in methods for scope in method["bot"]} | set(BESIDE))
