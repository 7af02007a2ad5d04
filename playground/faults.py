"""Lets the Web API fail on purpose: errors and dropped answers, before or after the effect."""

import random
from dataclasses import dataclass
from typing import Any

from playground.errors import ControlError

Json = dict[str, Any]

KNOWN = frozenset({"status", "after", "rate", "times", "drop"})


@dataclass(slots=True)
class Fault:
    """What happens to calls of one method; `left` is how often still, None for ever."""

    status: int
    after: bool
    drop: bool
    rate: float
    left: int | None


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._api: dict[str, Fault] = {}
        self._random = random.Random(0)  # noqa: S311

    def replace(self, body: Json, known_methods: set[str]) -> None:
        """Put other faults in force; all or none. Raises ControlError for what it does not understand."""
        if unknown := sorted(set(body) - {"api", "seed"}):
            raise ControlError(
                "unknown_fault", f"This version knows `api` and `seed`, not {', '.join(unknown)}."
            )
        api, seed = body.get("api", {}), body.get("seed", 0)
        if not isinstance(api, dict) or not isinstance(seed, int):
            raise ControlError("invalid_fault", "`api` is an object of methods and `seed` a whole number.")
        if unknown := sorted(set(api) - known_methods - {"*"}):
            raise ControlError(
                "unknown_method", f"There is no method {', '.join(unknown)} here; `*` means every one."
            )
        self._api = {name: _fault(name, wanted) for name, wanted in api.items()}
        self._random = random.Random(seed)  # noqa: S311

    def draw(self, method: str) -> Fault | None:
        """The fault that hits this call, if one does."""
        fault = self._api.get(method) or self._api.get("*")
        if fault is None or fault.left == 0 or self._random.random() >= fault.rate:
            return None
        if fault.left is not None:
            fault.left -= 1
        return fault


def _fault(name: str, wanted: Any) -> Fault:
    if not isinstance(wanted, dict) or set(wanted) - KNOWN:
        raise ControlError("invalid_fault", f"A fault of {name} is an object of {', '.join(sorted(KNOWN))}.")
    status, rate, times = wanted.get("status", 500), wanted.get("rate", 1.0), wanted.get("times")
    drop, after = wanted.get("drop", False), wanted.get("after", False)
    fits = (
        isinstance(status, int)
        and 400 <= status <= 599
        and isinstance(drop, bool)
        and isinstance(after, bool)
        and isinstance(rate, int | float)
        and 0 <= rate <= 1
        and (times is None or (isinstance(times, int) and times >= 0))
    )
    if not fits:
        raise ControlError(
            "invalid_fault",
            f"For {name}: status is 400 to 599, rate 0 to 1, times a whole number, after and drop booleans.",
        )
    return Fault(status, after, drop, float(rate), times)
