"""Lets Slack fail on purpose: refused calls and lost answers, slow wires, deliveries that go astray."""

import random
from dataclasses import dataclass
from typing import Any

from playground.errors import ControlError
from playground.people import App

Json = dict[str, Any]

KNOWN = frozenset({"api", "deliveries", "disconnect", "latency", "revoke", "seed"})
ONCE = frozenset({"archive", "kick", "deactivate"})  # happen at once, and stay: see mishaps.py
OF_A_CALL = frozenset({"status", "after", "rate", "times", "drop", "retry_after"})
OF_DELIVERIES = frozenset({"duplicate", "delay", "reorder", "drop"})
DISCONNECTS = ("lost", "warning", "refresh_requested", "link_disabled")
SLOWEST = 60.0  # seconds
RATE_LIMITED = 429
REVOKED, DISCONNECTED = "token revoked", "disconnected"  # in the words of the wire log


@dataclass(slots=True)
class Fault:
    """What happens to calls of one method; `left` is how often still, None for ever."""

    status: int
    after: bool
    drop: bool
    rate: float
    left: int | None
    retry_after: int  # seconds, said with 429

    @property
    def error(self) -> str:
        """The error in the answer."""
        return "ratelimited" if self.status == RATE_LIMITED else "internal_error"

    @property
    def said(self) -> str:
        """The fault in the words of the wire log."""
        what = "answer dropped" if self.drop else f"HTTP {self.status}"
        return f"{what} {'after' if self.after else 'before'} the effect"


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one delivery on its way; `delay` in seconds."""

    drop: bool = False
    duplicate: bool = False
    reorder: bool = False
    delay: float = 0.0

    @property
    def hinders(self) -> bool:
        """Whether it does not simply arrive."""
        return self.drop or self.reorder or self.delay > 0

    @property
    def said(self) -> str:
        """The fate in the words of the wire log."""
        if self.drop:
            return "dropped"
        told = [f"{self.delay:g} s late"] if self.delay else []
        return ", ".join(told + ["held back"] * self.reorder)


UNTROUBLED = Fate()


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._api: dict[str, Fault] = {}
        self._revoke: bool | frozenset[str] = False  # all apps, none, or those of these ids and names
        self._deliveries: dict[str, float] = {}
        self.latency = 0.0  # seconds that each call takes on its way there and back
        self._calls, self._fates = _dice(0)

    def replace(self, body: Json, known_methods: set[str], known_apps: set[str]) -> str | None:
        """Put other faults in force, all or none; answers how apps are to be disconnected now, if at all.

        Raises ControlError for what it does not understand.
        """
        if unknown := sorted(set(body) - KNOWN - ONCE):
            known = ", ".join(sorted(KNOWN | ONCE))
            raise ControlError("unknown_fault", f"There is {known}, and no {', '.join(unknown)}.")
        api, seed = body.get("api", {}), body.get("seed", 0)
        if not isinstance(api, dict) or not _whole(seed):
            raise ControlError("invalid_fault", "`api` is an object of methods and `seed` a whole number.")
        if unknown := sorted(set(api) - known_methods - {"*"}):
            raise ControlError(
                "unknown_method", f"There is no method {', '.join(unknown)} here; `*` means every one."
            )
        calls = {name: _fault(name, wanted) for name, wanted in api.items()}
        deliveries, disconnect = _deliveries(body.get("deliveries", {})), _disconnect(body.get("disconnect"))
        revoke, latency = _revoke(body.get("revoke", False), known_apps), body.get("latency", 0)
        if not _within(latency, SLOWEST):
            raise ControlError("invalid_fault", f"`latency` is a number of seconds, at most {SLOWEST:g}.")
        self._api, self._deliveries, self.latency = calls, deliveries, float(latency)
        self._revoke = revoke
        self._calls, self._fates = _dice(seed)
        return disconnect

    def revokes(self, app: App) -> bool:
        """Whether the bot tokens of an app are to be answered as revoked."""
        if isinstance(self._revoke, bool):
            return self._revoke
        return bool({app.id, app.name} & self._revoke)

    def draw(self, method: str) -> Fault | None:
        """The fault that hits this call, if one does."""
        fault = self._api.get(method) or self._api.get("*")
        if fault is None or fault.left == 0 or self._calls.random() >= fault.rate:
            return None
        if fault.left is not None:
            fault.left -= 1
        return fault

    def fate(self) -> Fate:
        """What happens to the next delivery."""
        if not self._deliveries:
            return UNTROUBLED
        drop, duplicate, reorder = (
            self._fates.random() < self._deliveries.get(name, 0.0)
            for name in ("drop", "duplicate", "reorder")
        )
        return Fate(drop, duplicate, reorder, self._deliveries.get("delay", 0.0))


def _dice(seed: int) -> tuple[random.Random, random.Random]:
    return random.Random(seed), random.Random(seed)  # noqa: S311


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _within(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def _revoke(wanted: Any, known_apps: set[str]) -> bool | frozenset[str]:
    if isinstance(wanted, bool):
        return wanted
    apps = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(apps, list) or not all(isinstance(app, str) for app in apps):
        raise ControlError("invalid_fault", "`revoke` is true, or a list of apps.")
    if unknown := sorted(set(apps) - known_apps):
        raise ControlError("app_not_found", f"There is no app {', '.join(unknown)}: GET /_/state lists them.")
    return frozenset(apps)


def _fault(name: str, wanted: Any) -> Fault:
    if not isinstance(wanted, dict) or set(wanted) - OF_A_CALL:
        known = ", ".join(sorted(OF_A_CALL))
        raise ControlError("invalid_fault", f"A fault of {name} is an object of {known}.")
    status, rate, times = wanted.get("status", 500), wanted.get("rate", 1.0), wanted.get("times")
    drop, after, retry_after = (
        wanted.get("drop", False),
        wanted.get("after", False),
        wanted.get("retry_after", 1),
    )
    fits = (
        _whole(status)
        and 400 <= status <= 599
        and isinstance(drop, bool)
        and isinstance(after, bool)
        and _within(rate, 1)
        and (times is None or (_whole(times) and times >= 0))
        and _whole(retry_after)
        and _within(retry_after, 3600)
    )
    if not fits:
        raise ControlError(
            "invalid_fault",
            f"For {name}: status is 400 to 599, rate 0 to 1, times and retry_after whole numbers, "
            "after and drop booleans.",
        )
    return Fault(status, after, drop, float(rate), times, retry_after)


def _deliveries(wanted: Any) -> dict[str, float]:
    fits = isinstance(wanted, dict) and all(
        name in OF_DELIVERIES and _within(value, SLOWEST if name == "delay" else 1)
        for name, value in wanted.items()
    )
    if not fits:
        raise ControlError(
            "invalid_fault",
            f"`deliveries` has duplicate, reorder and drop, 0 to 1, and delay, 0 to {SLOWEST:g} seconds.",
        )
    return {name: float(value) for name, value in wanted.items() if value}


def _disconnect(wanted: Any) -> str | None:
    if wanted is None or wanted is False:
        return None
    if wanted is True:
        return "lost"
    if wanted not in DISCONNECTS:
        raise ControlError("invalid_fault", f"`disconnect` is true or one of {', '.join(DISCONNECTS)}.")
    return str(wanted)
