"""What somebody searches for: Slack's own habits, read without ever complaining."""

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from practices.refusals import NothingAsked
from practices.words import WORD, clean, folded, stems


@dataclass(frozen=True, slots=True)
class Query:
    """A search, parsed. Words and phrases are all to be found, `without` none of them."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()  # a word is a phrase of one
    prefix: tuple[str, ...] = ()  # pre*
    authors: tuple[str, ...] = ()  # from: "me", a handle, a name or <@U...>: as typed, without the @
    channels: tuple[str, ...] = ()  # in: a name without the #, or an id
    since: datetime | None = None  # at or after (UTC)
    until: datetime | None = None  # before (UTC)
    sort: Literal["best", "new"] = "best"
    filters: tuple[str, ...] = ()  # from:, in: and the like, as typed: to write the search down again


LONGEST = 1_700  # letters that are read: with a place in the list, (More) can carry 2,000
MOST = 100  # parts that are looked at
WHOLE = re.compile(rf".{{0,{LONGEST}}}(?!\S)", re.DOTALL)  # to the end of a word
QUOTES = str.maketrans("“”„‟«»", '""""""')

PART = re.compile(r'-?"[^"]*"|\S+')
FILTER = re.compile(r"(from|in|before|after|on|during|sort):", re.IGNORECASE)
NAMED = re.compile(r'\s*(?:<[@#]([^<>|]+)(?:\|[^<>]*)?>|"([^"]*)"|[@#]?([^\s"<>]+))(?=\s|$)')

MONTHS = {
    name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name
} | {"sept": 9}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
DATES = [
    re.compile(rf'\s*(?P<quote>"?)\s*(?:{form})\s*(?P=quote)(?=\s|$)', re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        rf"(?P<day>\d{{1,2}})\s+{_MONTH}(?:\s+(?P<year>\d{{4}}))?",
        rf"{_MONTH}(?:\s+(?P<year>\d{{4}}))?",
        r"(?P<year>\d{4})",
        r"(?P<word>today|yesterday|" + "|".join(DAYS) + ")",
        r"(?P<which>last|this)\s+(?P<span>week|month|year)",
    )
]

Span = tuple[date, date]  # the first day, and the one after the last


@dataclass(slots=True)
class _Reading:
    """A query while it is read."""

    today: date
    zone: ZoneInfo
    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[tuple[str, ...]] = field(default_factory=list)
    prefix: list[str] = field(default_factory=list)
    query: Query = field(default_factory=Query)


def parse(text: str, now: datetime, zone: str) -> Query:
    """Read a search. Days are days in `zone` (an IANA name), counted from `now` (aware).

    Whatever is malformed is taken as plain words; of a very long text only what is `heeded` is read.
    """
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        where = ZoneInfo("UTC")
    text = clean(heeded(text)).translate(QUOTES)
    reading = _Reading(now.astimezone(where).date(), where)
    at = 0
    for _ in range(MOST):
        match = PART.search(text, at)
        if match is None:
            break
        at = _filter(reading, text, match.start()) or _plain(reading, match)
    return replace(
        reading.query,
        words=tuple(dict.fromkeys(reading.words)),
        phrases=tuple(dict.fromkeys(reading.phrases)),
        without=tuple(dict.fromkeys(reading.without)),
        prefix=tuple(dict.fromkeys(reading.prefix)),
    )


def heeded(text: str) -> str:
    """What of a search is read: all of it, or of a very long one the words within its first 1,700 letters."""
    text = text.strip()
    whole = WHOLE.match(text)
    return whole[0] if whole else text[:LONGEST]


def wanted(query: Query) -> Query:
    """A search that looks for something. Raises NothingAsked for one that holds no word, name, channel or day."""
    words = [
        *query.words,
        *query.prefix,
        *(word for some in (*query.phrases, *query.without) for word in some),
    ]
    named = query.authors or query.channels or query.since or query.until
    if not named and not any(stems(clean(word)) for word in words):
        raise NothingAsked
    return query


def spelled(query: Query) -> str:
    """The search as somebody would type it; reads as the same query again."""
    parts = [*query.words, *(f"{start}*" for start in query.prefix)]
    parts += [f'"{" ".join(phrase)}"' for phrase in query.phrases]
    parts += [f'-"{" ".join(one)}"' if len(one) > 1 else f"-{one[0]}" for one in query.without]
    return " ".join((*parts, *query.filters))


def _plain(reading: _Reading, match: re.Match[str]) -> int:
    """A word, a phrase, or one of either that is not wanted; gives where to go on."""
    part = unescaped(match[0])
    if FILTER.match(part):  # before:whenever
        part = part.replace(":", " ")
    wanted = not part.startswith("-")
    part = part.lstrip("-")
    words = tuple(part.replace('"', " ").split())
    if not words:
        return match.end()
    if not wanted:
        reading.without.append(tuple(word.rstrip("*") for word in words if word.rstrip("*")) or words)
    elif part.startswith('"') and part.endswith('"') and len(words) > 1:
        reading.phrases.append(words)
    elif words[0].endswith("*") and len(words) == 1 and (start := _beginning(words[0])):
        reading.prefix.append(start)
    else:
        reading.words.extend(words)
    return match.end()


def _beginning(word: str) -> str:
    """The beginning in pre*, if it is one of a single word and has at least two letters."""
    parts = WORD.findall(word)
    one = len(parts) == 1 and len(folded(parts[0]).split()) == 1 and len(folded(parts[0])) >= 2
    return parts[0] if one else ""


def unescaped(text: str) -> str:
    """What was typed, where Slack escaped it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _filter(reading: _Reading, text: str, at: int) -> int:
    """Read from:, in: and the like at this place; gives where to go on, or 0 if there is none."""
    match = FILTER.match(text, at)
    if match is None:
        return 0
    key, query = match[1].lower(), reading.query
    if key in ("from", "in", "sort"):
        value = NAMED.match(text, match.end())
        name = next((group.strip() for group in value.groups() if group), "") if value else ""
        if value is None or not name or (value.start() != value.start(value.lastindex or 0) and _gap(value)):
            return 0
        if key == "sort":
            sort = {"new": "new", "newest": "new", "best": "best"}.get(name.lower())
            if sort is None:
                return 0
            query = replace(query, sort="new" if sort == "new" else "best")
        elif key == "from":
            query = replace(query, authors=(*query.authors, unescaped(name)))
        else:
            query = replace(query, channels=(*query.channels, unescaped(name)))
        end = value.end()
    else:
        found = next(_dates(reading, text, match.end()), None)
        if found is None:
            return 0
        end, first, last = found
        since = {"after": last, "on": first, "during": first}.get(key)
        until = {"before": first, "on": last, "during": last}.get(key)
        query = replace(
            query,
            since=max((one for one in (query.since, since) if one), default=None),
            until=min((one for one in (query.until, until) if one), default=None),
        )
    reading.query = replace(query, filters=(*query.filters, " ".join(text[at:end].split())))
    return end


def _gap(value: re.Match[str]) -> bool:
    """Whether a space stands between from: and a bare word: then it is no filter's value."""
    return value[0][:1].isspace() and value[0].lstrip()[:1] not in '@#<"'


def _dates(reading: _Reading, text: str, at: int) -> Iterator[tuple[int, datetime, datetime]]:
    """A date, month, year, week ... at this place: where it ends, and the moments from and to which it goes."""
    for form in DATES:
        match = form.match(text, at)
        if match is None:
            continue
        try:
            first, after = _span(match.groupdict(), reading.today)
            yield match.end(), _midnight(first, reading.zone), _midnight(after, reading.zone)
        except (ValueError, OverflowError):
            continue


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _span(said: dict[str, str | None], today: date) -> Span:
    """The days meant. Raises ValueError or OverflowError where there are none."""
    if word := said.get("word"):
        return _day(word.lower(), today)
    if span := said.get("span"):
        return _whole(span.lower(), (said["which"] or "").lower() == "last", today)
    named = said.get("month")
    number = MONTHS[named.lower()] if named else int(said.get("number") or 0)
    day = int(said.get("day") or 0)
    if said.get("year"):
        year = int(said["year"] or 0)
    else:  # the latest that has begun
        year = today.year if date(today.year, number, day or 1) <= today else today.year - 1
    if not number:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if day:
        return date(year, number, day), date(year, number, day) + timedelta(days=1)
    return date(year, number, 1), _next_month(date(year, number, 1))


def _day(word: str, today: date) -> Span:
    back = {"today": 0, "yesterday": 1}.get(word)
    if back is None:
        back = (today.weekday() - DAYS.index(word)) % 7
    day = today - timedelta(days=back)
    return day, day + timedelta(days=1)


def _whole(span: str, last: bool, today: date) -> Span:
    """This or the last week (from Monday), month or year."""
    if span == "week":
        monday = today - timedelta(days=today.weekday() + 7 * last)
        return monday, monday + timedelta(days=7)
    if span == "month":
        first = today.replace(day=1)
        first = (first - timedelta(days=1)).replace(day=1) if last else first
        return first, _next_month(first)
    year = today.year - last
    return date(year, 1, 1), date(year + 1, 1, 1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
