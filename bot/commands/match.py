"""draw who talks with whom from a spreadsheet: across sectors, spaced, and fair"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from bot.declining import ForTheHost
from bot.progress import Progress
from bot.terminal import harmless
from practices.matches.aims import NAMES
from practices.matches.draw import LARGEST, Past, Plan, drawn
from practices.matches.sheets import Sheets, sheets
from practices.matches.tables import TableWrong, text_of

EXAMPLE = "Example: togetherness match members.csv --history history.csv --exclude exclude.csv --rounds 3"
LARGEST_FILE = 64 * 1024**2  # bytes
MOST_ROUNDS = 520


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "members",
        metavar="MEMBERS.csv",
        type=Path,
        help="a line for each person: id, sector, and if you like organisation, district, joined, available",
    )
    parser.add_argument("--history", metavar="CSV", type=Path, help="who was with whom: round, a, b")
    parser.add_argument("--exclude", metavar="CSV", type=Path, help="who shall not be with whom: a, b")
    parser.add_argument("--size", metavar="2|3", type=_size, default=2, help="people in a group, 2 to 6 (2)")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="another number, another chance (1)")
    parser.add_argument(
        "--rounds", metavar="K", type=_rounds, default=1, help="how many, one after the other (1)"
    )
    parser.add_argument("--json", action="store_true", help="the rounds as JSON")


def execute(chosen: argparse.Namespace) -> None:
    """Draw, and show. Raises ForTheHost."""
    try:
        found = sheets(*(_told(path) for path in (chosen.members, chosen.history, chosen.exclude)))
    except TableWrong as wrong:
        raise ForTheHost(str(wrong)) from None
    for note in found.notes:
        print(f"togetherness: {harmless(note)}", file=sys.stderr)
    plans = list(_drawn(found, chosen))
    if chosen.json:
        print(json.dumps({"aims": NAMES, "rounds": [as_json(plan) for plan in plans]}, indent=1))
    else:
        print("\n\n".join("\n".join(in_words(plan, bold=_bold())) for plan in plans))


def _drawn(found: Sheets, chosen: argparse.Namespace) -> Iterator[Plan]:
    """One round after the other, as if each had taken place."""
    progress, more = Progress("rounds"), list[Past]()
    try:
        for number in range(found.following, found.following + chosen.rounds):
            plan = drawn(found.asked(number, more, chosen.size, chosen.seed))
            more += [Past(number, *pair) for group in plan.groups for pair in combinations(group.members, 2)]
            progress.step(1)
            yield plan
    finally:
        progress.end()


def _told(path: Path | None) -> tuple[str, str]:
    """The name and the text of a file. Raises ForTheHost, TableWrong."""
    if path is None:
        return "", ""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ForTheHost(
                f"{path.name} is larger than {LARGEST_FILE >> 20} MB: that is no list of members."
            )
        return path.name, text_of(path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not right"
        raise ForTheHost(f"{path} cannot be read ({why}).") from None


def as_json(plan: Plan) -> dict[str, object]:
    """A round, whole."""
    told = plan.certificate
    return {
        "number": told.number,
        "groups": [list(group.members) for group in plan.groups],
        "alone": [one.id for one in plan.alone],
        "cross_sector": told.across,
        "bound": told.bound,
        "repeats": len(told.repeats),
        "objective": list(told.objective),
        "reasons": [list(group.reasons) for group in plan.groups],
        "why_alone": {one.id: one.reason for one in plan.alone},
        "repeated": [
            {"a": one.a, "b": one.b, "rounds_ago": one.gap, "forced": one.forced} for one in told.repeats
        ],
        "met_before": told.met_before,
        "window": told.window,
        "proved_best": told.exact,
        "seed": told.seed,
        "plan": plan.digest,
        "inputs": told.inputs,
        "versions": dict(told.versions),
    }


def in_words(plan: Plan, bold: bool = False) -> list[str]:
    """A round for a person, each line of it one line whatever the ids hold."""
    told = plan.certificate
    title = f"Round {told.number}: {_many(told.present, 'person', 'people')} in {_many(len(plan.groups), 'group')}"
    lines = [f"\033[1m{title}\033[0m" if bold else title]
    lines += [f"  {harmless(' + '.join(one.members))}: {', '.join(one.reasons)}" for one in plan.groups]
    lines += [f"  {harmless(one.id)} is left without: {one.reason}" for one in plan.alone]
    if plan.groups:
        most = "as many as there can be" if told.across >= told.bound else f"at most {told.bound} could be"
        lines.append(f"Across sectors: {told.across} of {len(plan.groups)}, {most}.")
        lines.append(
            f"Met again within {_many(told.window, 'round')}: {len(told.repeats)}"
            + (f" ({_forced(plan)})" if told.repeats else "")
            + f"; met at some time before: {told.met_before}."
        )
        best = "no better pairs exist (proved)" if told.exact else "good, and not proved to be the best"
        lines.append(f"The draw: {best}. Seed {told.seed}, plan {plan.digest[:12]}.")
    return lines


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _forced(plan: Plan) -> str:
    repeats: Sequence[bool | None] = [one.forced for one in plan.certificate.repeats]
    if None in repeats:
        return "whether they could be helped was not looked into"
    return f"{repeats.count(True)} could not be helped"


def _size(text: str) -> int:
    return _between(text, 2, LARGEST, "people in a group")


def _rounds(text: str) -> int:
    return _between(text, 1, MOST_ROUNDS, "rounds")


def _between(text: str, least: int, most: int, what: str) -> int:
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    raise argparse.ArgumentTypeError(f"{least} to {most} {what} are possible, not {text}")


def _bold() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
