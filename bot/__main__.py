"""The command line: togetherness COMMAND."""

import argparse
import sys
from collections.abc import Sequence

from bot.commands import migrate, run
from bot.config import SettingsWrong
from store.engine import NotKept, UnknownDatabase

COMMANDS = {"run": run, "migrate": migrate}
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
    chosen = parser.parse_args(argv)
    try:
        COMMANDS[chosen.command].execute(chosen)
    except (SettingsWrong, UnknownDatabase, run.NotLetIn) as declined:
        print(f"togetherness: {declined}", file=sys.stderr)
        return 1
    except NotKept as refusal:
        print(
            f"togetherness: the database cannot be used just now ({refusal}). Check DATABASE_URL, the disk and who "
            "may write there.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
