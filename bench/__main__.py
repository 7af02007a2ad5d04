"""python -m bench [NAME ...]: measurements, seeded, side by side with their baselines."""

import argparse
import asyncio
import sys

from bench import (
    forgetting,
    home,
    importing,
    kills,
    maps,
    matches,
    memory,
    picture,
    playground,
    replies,
    search,
    start,
)

EVERY = {
    "replies": replies,
    "memory": memory,
    "start": start,
    "importing": importing,
    "search": search,
    "playground": playground,
    "home": home,
    "maps": maps,
    "picture": picture,
    "forgetting": forgetting,
}
BY_HAND = {"kills": kills, "matches": matches}  # take minutes
ALL = EVERY | BY_HAND


def main() -> int:
    """0 when every figure was reached, 1 when one was not."""
    parser = argparse.ArgumentParser(
        "python -m bench",
        description=f"Measure {', '.join(EVERY)}; {', '.join(BY_HAND)} only by name.",
        epilog="Example: python -m bench replies --seed 3 --json",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="a line of JSON for each measurement")
    parser.add_argument("--replies", type=int, default=6000, help="replies, playground: how many are sent")
    parser.add_argument("--messages", type=int, default=200_000, help="importing: how many")
    parser.add_argument(
        "--events", type=int, default=100_000, help="playground: over how many memory is flat"
    )
    parser.add_argument("--kills", type=int, default=320, help="kills: how many at least")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(ALL):
        parser.error(
            f"there is no measurement called {', '.join(sorted(unknown))}; there is {', '.join(ALL)}"
        )
    reached = True
    for name in chosen.names or EVERY:
        table = asyncio.run(ALL[name].measure(chosen))
        print(table.json() if chosen.json else table.text() + "\n", flush=True)
        reached = reached and table.reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
