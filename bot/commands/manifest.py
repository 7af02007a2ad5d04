"""print the app manifest: what Slack asks for when you create the app"""

import argparse
import json
import re

from bot.config import command_word
from practices.commands import Word
from workspace.manifest import ALIASES, manifest

EXAMPLE = "Example: togetherness manifest --alias polarity --alias recall > manifest.json"
WORDS = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--command",
        metavar="WORD",
        dest="word",
        type=_word,
        help="the slash command's word (as the settings say)",
    )
    parser.add_argument(
        "--alias",
        metavar="WORD",
        dest="aliases",
        type=_alias,
        action="append",
        default=[],
        help=f"a command of its own for one word, such as /polarity: {', '.join(ALIASES)}",
    )
    parser.add_argument(
        "--url",
        metavar="URL",
        type=_url,
        help="without Socket Mode: the address at which Slack reaches the bot, https://...",
    )


def execute(chosen: argparse.Namespace) -> None:
    """Print it. Raises SettingsWrong."""
    aliases = list(dict.fromkeys(chosen.aliases))
    made = manifest(chosen.word or command_word(), aliases, chosen.url or "")
    print(json.dumps(made, indent=2, ensure_ascii=False))


def _word(text: str) -> str:
    word = text.strip().removeprefix("/").lower()
    if not WORDS.fullmatch(word):
        raise argparse.ArgumentTypeError("small letters, digits, - and _, at most 31 of them")
    return word


def _alias(text: str) -> Word:
    typed = text.strip().removeprefix("/").lower()
    found = next((word for word in ALIASES if word == typed), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"one of {', '.join(ALIASES)}")
    return found


def _url(text: str) -> str:
    if not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", text):
        raise argparse.ArgumentTypeError("an address that begins with https://, without ? or #")
    whole = text.rstrip("/")
    return whole if whole.endswith("/slack/events") else f"{whole}/slack/events"
