"""The command line: togetherness COMMAND."""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.app import NotLetIn
from bot.commands import import_, migrate, run, search
from bot.config import SettingsWrong
from bot.exports.zips import NoExport
from bot.hosts import NotReady, sentence
from store.engine import NotKept, UnknownDatabase

COMMANDS = {"run": run, "migrate": migrate, "import": import_, "search": search}
EPILOG = "Example: togetherness run. Settings come from the environment or the file .env; see .env.example."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 declined with one sentence on stderr, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        "togetherness", description="A Slack companion for collaboration across sectors.", epilog=EPILOG
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        about = (command.__doc__ or "").strip().splitlines()[0]
        command.arguments(commands.add_parser(name, help=about, description=about, epilog=command.EXAMPLE))
    chosen, rest = parser.parse_known_args(argv)
    if rest and chosen.command == "search" and not any(word.startswith("--") for word in rest):
        chosen.query += rest  # -without is a word of the search, not an option
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        COMMANDS[chosen.command].execute(chosen)
        sys.stdout.flush()
    except (SettingsWrong, UnknownDatabase, NotReady, NoExport, NotLetIn) as declined:
        print(f"togetherness: {declined}", file=sys.stderr)
        return 1
    except NotKept as refusal:
        print(f"togetherness: {sentence(refusal)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("togetherness: stopped; what was kept until now stays.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read us has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
