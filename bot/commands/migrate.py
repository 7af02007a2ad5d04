"""bring the database to this version of the code"""

import argparse

from bot.config import database_url
from store.migrate import migrate

EXAMPLE = "Example: togetherness migrate"


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def execute(chosen: argparse.Namespace) -> None:
    """Says from where to where."""
    del chosen
    before, after = migrate(database_url(), print)
    print(f"The database is at {after}." if before == after else f"From {before or 'nothing'} to {after}.")
