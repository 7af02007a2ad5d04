"""The command line: togetherness COMMAND."""

import argparse
import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType

from bot.declining import ForTheHost
from bot.hosts import sentence
from bot.terminal import harmless
from store.address import UnknownDatabase
from store.engine import NotKept

MODULES = {
    "run": "run",
    "migrate": "migrate",
    "import": "import_",
    "search": "search",
    "match": "match",
    "keys": "keys",
    "forms": "forms",
    "manifest": "manifest",
}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
EPILOG = "Example: togetherness run. Settings come from the environment or the file .env; see .env.example."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 declined with one sentence on stderr, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    loaded = _loaded(words)
    chosen = _chosen(_parser(loaded), words)
    try:
        loaded[chosen.command].execute(chosen)
        sys.stdout.flush()
    except (ForTheHost, UnknownDatabase) as declined:
        print(f"togetherness: {harmless(str(declined))}", file=sys.stderr)
        return 1
    except NotKept as refusal:
        print(f"togetherness: {sentence(refusal)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("togetherness: stopped; what was kept until now stays.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read us has had enough
        _say_no_more()
        return 1
    except OSError as full:
        if full.errno not in NO_ROOM:
            raise
        _say_no_more()
        print(
            f"togetherness: what there was to say could not be written ({full.strerror}). Make room, or send it "
            "elsewhere.",
            file=sys.stderr,
        )
        return 1
    return 0


def _loaded(words: Sequence[str]) -> dict[str, ModuleType]:
    """The command that is asked for; all of them where that is not clear, for the help."""
    asked = words[:1] if words and words[0] in MODULES else MODULES  # the whole bot takes a second to load
    gc.disable()  # hundreds of modules come, and stay: nothing of them is looked through for what may go
    loaded = {name: import_module(f"bot.commands.{MODULES[name]}") for name in asked}
    gc.enable()
    return loaded


def _parser(loaded: Mapping[str, ModuleType]) -> argparse.ArgumentParser:
    """What can be written behind the program's name."""
    parser = argparse.ArgumentParser(
        "togetherness", description="A Slack companion for collaboration across sectors.", epilog=EPILOG
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in loaded.items():
        about = (command.__doc__ or "").strip().splitlines()[0]
        own = commands.add_parser(
            name, help=about, description=about, epilog=command.EXAMPLE, add_help=name != "search"
        )
        command.arguments(own)
    return parser


def _chosen(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """What is asked for; whoever asks for something else is told how, and the program ends."""
    if words[:1] == ["search"]:  # where -hope is not -h and some letters, but a word that is not wanted
        words = ["--help" if word == "-h" else word for word in words]
    chosen, rest = parser.parse_known_args(words)
    if rest and chosen.command == "search" and not any(word.startswith("--") for word in rest):
        chosen.query += rest  # -without is a word of the search, not an option
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return chosen


def _say_no_more() -> None:
    """What is still to be written goes nowhere, so that Python's own farewell does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
