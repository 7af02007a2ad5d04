"""find what was said: as a member would, or as the host all that is not private to somebody"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import textwrap
from dataclasses import replace

from bot.clock import real
from bot.config import database_url
from bot.hosts import NotReady, community_of, opened
from bot.terminal import harmless
from practices.archive import Hit, Page, Viewer
from practices.recall import parse
from store import communities
from store.engine import Database
from store.search import count, search

EXAMPLE = "Example: togetherness search --as U0123ABCD '\"warm spaces\" in:#co-lab after:2026-01-31'"
UTC = "UTC"
AT_ONCE = 100  # hits of one page


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--help", action="help", help="show this, and do nothing")
    parser.add_argument("query", metavar="QUERY", nargs="+", help="words, as in /together recall")
    parser.add_argument(
        "--as", metavar="MEMBER_ID", dest="member", help="find only what this member may read"
    )
    parser.add_argument("--limit", metavar="N", type=_limit, default=20, help="at most so many (20)")
    parser.add_argument("--community", metavar="ID", default="", help="which, where several are known")
    parser.add_argument("--json", action="store_true", help="the hits as JSON, best first")


def execute(chosen: argparse.Namespace) -> None:
    """Search, and show. Raises NotReady, UnknownDatabase, NotKept."""
    page, hits = asyncio.run(_found(chosen))
    if chosen.json:
        print(json.dumps({"count": page.count, "hits": [_as_json(hit) for hit in hits]}, indent=1))
    else:
        print("\n".join(_in_words(page, hits, _bold(), _width())))


async def _found(chosen: argparse.Namespace) -> tuple[Page, list[Hit]]:
    async with opened(database_url()) as db:
        community = await community_of(db, chosen.community)
        zone = await _zone(db, community, chosen.member)
        query = parse(" ".join(chosen.query), real(), zone)
        viewer = Viewer(chosen.member)
        page = first = await db.read(search, community, query, viewer, min(chosen.limit, AT_ONCE), "")
        hits = list(first.hits)
        while page.more and page.hits and len(hits) < chosen.limit:
            more = min(chosen.limit - len(hits), AT_ONCE)
            page = await db.read(search, community, query, viewer, more, page.more)
            hits += page.hits
        if not first.counted_all:  # a member waits, and reads "more than 50"; a host may want to know
            every = await db.read(count, community, query, viewer)
            first = replace(first, count=max(every, len(hits)), counted_all=True)
        return first, hits


async def _zone(db: Database, community: str, member: str | None) -> str:
    """Whose days and weeks are meant. Raises NotReady for a member nobody knows."""
    if member is None:
        return UTC
    people = await db.read(communities.people, community, (member,))
    if member not in people:
        raise NotReady(
            f"No member {member} is known here. An id begins with U: in Slack, open a profile, then "
            "the three dots, then Copy member ID."
        )
    return people[member].zone


def _limit(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 10_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 10000")


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "channel": hit.channel,
        "channel_name": hit.channel_name,
        "thread_ts": hit.thread,
        "ts": hit.ts,
        "author": hit.author or hit.author_name,
        "text": hit.text,
        "title": hit.title,
        "score": hit.score,
    }


def _in_words(page: Page, hits: list[Hit], bold: bool, width: int) -> list[str]:
    if not hits:
        ideas = [f"Did you mean {_plain(page.nearest)}?"] if page.nearest else []
        ideas += [f"Fewer words find something: {_plain(page.fewer)}"] if page.fewer else []
        return [" ".join(["Nothing was found.", *ideas])]
    lines = []
    for hit in hits:
        replies = f" · {hit.replies} replies" if hit.replies > 1 else " · 1 reply" if hit.replies else ""
        who = hit.author_name or hit.author or "somebody"
        lines += [
            _plain(f"#{hit.channel_name} · {who} · {hit.at:%Y-%m-%d %H:%M} UTC{replies}"),
            *([f"  {_plain(hit.title)[: width - 2]}"] if hit.ts != hit.thread and hit.title else []),
            *_wrapped(hit, bold, width),
            "",
        ]
    shown = "" if len(hits) == page.count else f", {len(hits)} shown"
    return [*lines, f"{page.count} found{shown}"]


def _wrapped(hit: Hit, bold: bool, width: int) -> list[str]:
    """The sentence that matched. Marks are put in after it is wrapped, so that they take no room."""
    pieces = [(_plain(words, strip=False), matched) for words, matched in hit.snippet]
    begin, end = ("\ue000", "\ue001") if bold else ("", "")
    text = "".join(f"{begin}{words}{end}" if matched else words for words, matched in pieces)
    lines = textwrap.wrap(text, max(width - 4, 20), initial_indent="    ", subsequent_indent="    ")
    shown, on = [], False
    for line in lines or ["    (no words)"]:
        opened_here = "\033[1m" if on else ""
        on = line.rfind("\ue000") > line.rfind("\ue001") or (on and "\ue001" not in line)
        marked = line.replace("\ue000", "\033[1m").replace("\ue001", "\033[0m")
        shown.append(opened_here + marked + ("\033[0m" if on else ""))
    return shown


def _plain(text: str, strip: bool = True) -> str:
    text = harmless(text)
    return " ".join(text.split()) if strip else text


def _bold() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _width() -> int:
    return max(40, min(shutil.get_terminal_size().columns, 110)) if sys.stdout.isatty() else 110
