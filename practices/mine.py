"""All that is kept of one member's own words, how she finds something in it, and how she takes it along."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from practices.away import Away
from practices.cohorts import WORDS, Application
from practices.forms import BESIDE, Answers, Forms
from practices.keeping import ANSWERS_MONTHS
from practices.matches.conversations import Note
from practices.matches.profiles import Profile
from practices.model import Reflection
from practices.nudges import Wish
from practices.queue import Own
from practices.words import clean, stems
from practices.writings import Locked, Writing, text_of, waits


@dataclass(frozen=True, slots=True)
class Answered:
    """Her answer to a question that her circle can read."""

    id: str
    question: str
    text: str
    written_at: datetime
    channel: str
    in_thread: bool  # said in the thread herself: there it is hers to change
    thread_kept: bool  # and the answer with it, as long
    months: int = ANSWERS_MONTHS  # how long it is kept otherwise


NO_WISH = Wish()
IN_ROUNDS = ("sector", "organisation", "district", "about", "pace")
JOINING = ("sector", *WORDS)  # of what she wrote to join a circle


@dataclass(frozen=True, slots=True)
class Said:
    """Something she said in a channel that the memory keeps."""

    channel: str
    at: datetime
    text: str  # in Slack's notation


@dataclass(frozen=True, slots=True)
class InRounds:
    """What she gave for a circle's match rounds, and what she took away from conversations."""

    profile: Profile | None
    apart: tuple[str, ...]  # with whom she does not want to be matched
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A line of hers on a both/and map, a wording for it, or a line of a wicked question."""

    where: str  # the map's two poles
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is kept of her."""

    written: int = 0  # in forms
    answered: int = 0
    said: int = 0  # and kept in the memory
    asked: int = 0  # questions
    joining: int = 0  # what she wrote to join circles
    mapped: int = 0  # on maps
    rounds: int = 0  # what she gave for match rounds, and took away from conversations
    wish: Wish = NO_WISH  # how often she is reminded of a question
    away: tuple[Away, ...] = ()
    welcomed: int = 0  # to how many circles


@dataclass(frozen=True, slots=True)
class Everything:
    """What is kept of her, newest first."""

    writings: tuple[Writing | Locked, ...]
    checkins: tuple[tuple[Reflection, str], ...]  # each with its question
    said: tuple[Said, ...]
    questions: tuple[Own, ...] = ()  # that she proposed or wrote
    applications: tuple[Application, ...] = ()
    rounds: tuple[InRounds, ...] = ()
    mapped: tuple[Mapped, ...] = ()
    wish: Wish = NO_WISH  # how often she is reminded of a question
    away: tuple[Away, ...] = ()


Found = Writing | Locked | Answered


def having(words: str, found: Sequence[Found]) -> list[Found]:
    """Those in which all of these words stand, whatever their endings; all of them where no word is given.

    Private words are in no index: each is opened and looked through. What cannot be opened is given too.
    """
    wanted = set(stems(clean(words)))
    return [one for one in found if not wanted or isinstance(one, Locked) or wanted <= _stems_of(one)]


def told_of_few(found: Sequence[Found], few: Collection[str]) -> list[Found]:
    """The same, each line that waits in one of these circles, of fewer than five people, saying so."""
    return [
        replace(one, few=True) if isinstance(one, Writing) and waits(one) and one.circle in few else one
        for one in found
    ]


def _stems_of(one: Writing | Answered) -> set[str]:
    return set(stems(clean(one.text if isinstance(one, Answered) else text_of(one.answers))))


def as_json(kept: Everything, forms: Forms) -> str:
    """For programs."""
    return json.dumps(
        {
            "written": [_written(one, forms) for one in kept.writings],
            "answers": [
                {"question": question, "answer": one.text, "arriving": one.arriving, "at": one.kept_at.isoformat()}
                for one, question in kept.checkins
            ],
            "said": [{"channel": one.channel, "text": one.text, "at": one.at.isoformat()} for one in kept.said],
            "questions": [{"text": one.text, "step": one.step, "at": one.at.isoformat()} for one in kept.questions],
            "on_maps": [{"map": one.where, "text": one.text} for one in kept.mapped],
            "asked_to_join": [{name: getattr(one, name) for name in JOINING} for one in kept.applications],
            "match_rounds": [_in_rounds(one) for one in kept.rounds],
            "reminders": kept.wish.pace,
            "away": [{"since": one.since.isoformat(), "until": one.until.isoformat()} for one in kept.away],
        },
        ensure_ascii=False,
        indent=1,
    )  # fmt: skip


def _in_rounds(one: InRounds) -> dict[str, Any]:
    profile = one.profile
    given = {name: getattr(profile, name) for name in IN_ROUNDS} if profile else {}
    notes = [{"talked_about": note.talked_about, "take_away": note.take_away} for note in one.notes]
    times = sorted(profile.times) if profile else []
    return given | {"times": times, "please_not_with": list(one.apart), "conversations": notes}


def as_markdown(kept: Everything, forms: Forms, zone: str) -> str:
    """For people: one page, newest first."""
    return "\n".join(_page(kept, forms, ZoneInfo(zone))) + "\n"


def _written(one: Writing | Locked, forms: Forms) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": one.id,
        "form": forms.for_reading(one.form).title,
        "who_sees_it": one.visibility,
        "at": one.written_at.isoformat(),
        "kept_until": one.goes_on.isoformat() if one.goes_on else None,
    }
    if isinstance(one, Locked):
        return told | {"locked": "its key is missing"}
    return told | {"answers": _answers(one), "draft": one.draft, "tells_again": one.retells}


def _answers(one: Writing) -> Answers:
    return {name: given for name, given in one.answers.items() if name not in BESIDE}


def _page(kept: Everything, forms: Forms, zone: ZoneInfo) -> Iterator[str]:
    yield "# My words"
    for one in kept.writings:
        form = forms.for_reading(one.form)
        yield f"\n## {form.title}, {_day(one.written_at, zone)}\n"
        if isinstance(one, Locked):
            yield "(Its key is missing, so it cannot be opened.)"
            continue
        for name, given in _answers(one).items():
            ask = form.ask(name)
            words = (
                given
                if isinstance(given, str)
                else ", ".join(dict(ask.choices if ask else ()).get(g, g) for g in given)
            )
            yield f"**{ask.label if ask else name}**\n\n{words}\n"
    for answer, question in kept.checkins:
        yield f"\n## Check-in, {_day(answer.kept_at, zone)}\n\n**{question}**\n\n{answer.text}\n"
    if kept.questions:
        yield "\n## Questions I proposed\n"
    for question_of_hers in kept.questions:
        yield f"- {_day(question_of_hers.at, zone)}: {question_of_hers.text}"
    for one_asked in kept.applications:
        yield "\n## Asking to join a circle\n"
        yield from (
            f"**{name.capitalize()}**\n\n{said}\n" for name in JOINING if (said := getattr(one_asked, name))
        )
    for one_circle in kept.rounds:
        yield from _rounds_page(one_circle)
    if kept.mapped:
        yield "\n## On both/and maps\n"
    for one_mapped in kept.mapped:
        yield f"- {one_mapped.where}: {one_mapped.text}"
    if kept.said:
        yield "\n## What I said, kept in our memory\n"
    for one_said in kept.said:
        yield f"- {_day(one_said.at, zone)}, {one_said.channel}: {one_said.text}"


def _rounds_page(one: InRounds) -> Iterator[str]:
    yield "\n## Match rounds\n"
    given = {name.capitalize(): said for name, said in _in_rounds(one).items() if isinstance(said, str)}
    given |= {
        "Usually free": ", ".join(sorted(one.profile.times)) if one.profile else "",
        "Please not with": ", ".join(f"<@{other}>" for other in one.apart),
    }
    yield from (f"**{name}**\n\n{said}\n" for name, said in given.items() if said)
    yield from (f"- {note.take_away} {note.talked_about}".rstrip() for note in one.notes)


def _day(at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return f"{there.day} {there:%B %Y}"
