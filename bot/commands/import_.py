"""take a Slack export into the memory: nothing twice, direct messages never"""

import argparse
import asyncio
import json
from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from bot.config import database_url
from bot.exports.beside import ReaderGone
from bot.exports.intake import Count, Report, bring_in
from bot.exports.zips import Export, NoExport, open_export
from bot.hosts import NotReady, first_community, opened, sentence
from bot.progress import Progress
from bot.terminal import harmless
from practices.exports import Conversation, since_ts
from store.engine import NotKept

T = TypeVar("T")

EXAMPLE = "Example: togetherness import export.zip --channel co-lab --since 2025-01-01 --dry-run"
SHOWN = 40  # channels, folders or damaged places that a person is shown; --json has them all


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.zip", type=Path, help="the export as Slack gave it")
    parser.add_argument(
        "--channel", metavar="NAME", action="append", default=[], help="only this channel; may be repeated"
    )
    parser.add_argument("--since", metavar="DATE", type=_day, help="only what was said since this day (UTC)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be imported, and keep nothing")
    parser.add_argument("--community", metavar="ID", default="", help="which, where several are known")
    parser.add_argument("--json", action="store_true", help="the report as JSON")


def execute(chosen: argparse.Namespace) -> None:
    """Import, and report. Raises NoExport, NotReady, UnknownDatabase, NotKept."""
    export = open_export(chosen.file)
    try:
        report = asyncio.run(_import(chosen, export))
    finally:
        export.close()
    if chosen.json:
        print(json.dumps(as_json(report), indent=1))
    else:
        print("\n".join(in_words(report)))


async def _import(chosen: argparse.Namespace, export: Export) -> Report:
    wanted = _wanted(export, chosen.channel)
    progress = Progress("messages")
    async with opened(database_url()) as db:
        community = await first_community(db, chosen.community, keep=not chosen.dry_run)
        since = since_ts(chosen.since) if chosen.since else ""
        try:
            return await bring_in(db, community, export, wanted, since, chosen.dry_run, progress.step)
        except (NotKept, ReaderGone) as stopped:
            progress.end()
            why = sentence(stopped) if isinstance(stopped, NotKept) else f"Reading stopped: {stopped}."
            raise NotReady(
                f"{why} {progress.done} messages were read before that; the same command again goes on from there, and "
                "keeps nothing twice."
            ) from stopped
        finally:
            progress.end()


def _wanted(export: Export, names: Collection[str]) -> list[Conversation]:
    if not names:
        return export.conversations
    by_name = {key: one for one in export.conversations for key in (one.id, one.name)}
    chosen: dict[str, Conversation] = {}
    for name in names:
        one = by_name.get(name.removeprefix("#"))
        if one is None:
            near = get_close_matches(name.removeprefix("#"), by_name, n=1)
            raise NoExport(
                f"The export has no channel {name}." + (f" Did you mean {near[0]}?" if near else "")
            )
        chosen[one.id] = one
    return list(chosen.values())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-03-01") from None


def as_json(report: Report) -> dict[str, object]:
    """The report, whole."""
    return {
        "dry_run": report.dry,
        "messages": report.messages,
        "threads": report.threads,
        "skipped": report.skipped,
        "changed": report.changed,
        "reasons": dict(report.reasons.most_common()),
        "channels": [
            {
                "id": one.home.id,
                "name": one.home.name,
                "in_export": one.name,
                "in_slack": one.home.linked,
                "messages": one.messages,
                "threads": one.threads,
                "skipped": one.skipped,
            }
            for one in report.channels
        ],
        "damaged": [{"file": one.file, "place": one.place, "why": one.why} for one in report.damages],
        "damaged_places": report.damaged,
        "direct_conversations_never_kept": report.direct,
        "folders_in_no_list": report.unlisted,
        "channels_that_keep_nothing": report.off,
    }


def in_words(report: Report) -> list[str]:
    """The report for a person, each line of it one line whatever the export's names hold; its last line is the same in
    every version."""
    lines = _some(
        [
            one
            for one in sorted(report.channels, key=lambda one: -one.messages)
            if one.messages or one.skipped
        ],
        lambda one: (
            f"#{one.name}: {one.messages} messages in {one.threads} threads, skipped {one.skipped}"
            + _where(one)
        ),
        "channels",
    )
    if report.reasons:
        reasons = ", ".join(
            f"{reason.replace('_', ' ')} {many}" for reason, many in report.reasons.most_common()
        )
        lines.append(f"Skipped: {reasons}.")
    if report.changed:
        lines.append(f"Of those kept already, {report.changed} have a newer wording now.")
    if report.direct:
        lines.append(f"Direct messages are never kept: {report.direct} conversations were left alone.")
    lines += _some(
        report.off, lambda one: f"Left alone: #{one}, whose circle keeps nothing in our memory.", "channels"
    )
    lines += _some(
        report.unlisted,
        lambda one: f"Left alone: the folder {one}, which no list of the export names.",
        "folders",
    )
    lines += _some(
        report.damages,
        lambda one: f"Damaged: {one.file}{', ' if one.place else ''}{one.place}: {one.why}.",
        "damaged places",
    )
    if any(not one.home.linked and one.messages for one in report.channels):
        lines.append(
            "What Slack has not told us of can be read by the host only, for now: togetherness search."
        )
    done = "would have imported" if report.dry else "imported"
    lines.append(f"{done} {report.messages} messages in {report.threads} threads, skipped {report.skipped}")
    return [harmless(line) for line in lines]


def _where(one: Count) -> str:
    if not one.home.linked:
        return " (for the host only)"
    return "" if one.home.name == one.name else f" (now #{one.home.name})"


def _some(those: Collection[T], line: Callable[[T], str], what: str) -> list[str]:
    shown = [line(one) for one in list(those)[:SHOWN]]
    return shown + (
        [f"... and {len(those) - SHOWN} more {what}; --json has them all."] if len(those) > SHOWN else []
    )
