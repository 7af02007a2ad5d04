"""check a file with a community's own reflection forms"""

import argparse

from bot.declining import ForTheHost
from bot.forms import text_of
from practices.catalogue.forms import FORMS
from practices.own_forms import FormsWrong, read

EXAMPLE = "Example: togetherness forms check forms.toml"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", metavar="check", choices=("check",), help="check: say what is wrong, by line and field"
    )
    parser.add_argument("file", metavar="FILE", help="the TOML file, as TOGETHERNESS_FORMS names it")


def execute(chosen: argparse.Namespace) -> None:
    """Say which forms the file makes. Raises ForTheHost."""
    try:
        forms = read(text_of(chosen.file), FORMS)
    except FormsWrong as wrong:
        raise ForTheHost(" ".join(wrong.sentences)) from None
    own = [one for one in forms.offered if one not in FORMS]
    for form in own:
        print(f"{form.key}: {form.title}, {len(form.asks)} asks.")
    off = ", ".join(one.key for one in forms.off)
    print(f"{len(own)} of your own; switched off: {off or 'none'}. The bot reads the file when it starts.")
