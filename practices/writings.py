"""What somebody writes in a form: what is accepted, and who may read it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal, get_args

from practices.archive import ESCAPED, Utterance
from practices.forms import LADDER, Answers, Ask, Form, Visibility
from practices.gatherings import about
from practices.keeping import draft_until, until
from practices.model import Circle, Visit, identity
from practices.reflections import clean
from practices.refusals import (
    AskMissing,
    CircleTooSmall,
    KeyIsLost,
    NoCircleForThat,
    NoLink,
    NotInCircle,
    NotInThisForm,
    NotYourWords,
    OnlyForPublic,
    Refusal,
    Refusals,
    ShownBefore,
    StillOnItsWay,
    TooLong,
    TooManyChosen,
)

ENOUGH = 5  # people; below it whoever is not named can be guessed
MONTHS_3, YEAR = timedelta(days=90), timedelta(days=365)
RETURNS = {"in_three_months": (MONTHS_3, YEAR), "in_a_year": (YEAR,)}

Role = Literal["author", "convener", "member", "guest", "elsewhere", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

# Who reads the words, besides their author. A guest is one who is in the circle's channel; somebody elsewhere is a full
# member who is not in the circle; an admin of the workspace is only that, and is shown nobody's words for it.
READERS: Mapping[Visibility, frozenset[Role]] = MappingProxyType(
    {
        "me": frozenset(),
        "conveners": frozenset({"convener"}),
        "circle": frozenset({"convener", "member", "guest"}),
        "unnamed": frozenset({"convener", "member", "guest"}),
        "everyone": frozenset({"convener", "member", "guest", "elsewhere", "admin"}),
    }
)
# In a public channel, whatever stands there can be opened by any full member, and found in the memory by them.
IN_CHANNEL: frozenset[Visibility] = frozenset({"circle", "unnamed", "everyone"})
OPENS_PUBLIC: frozenset[Role] = frozenset({"elsewhere", "admin"})
CHOSEN = "seen"  # among the answers of a draft: the step that was chosen in its form, where it goes on from
POSTED: frozenset[Visibility] = frozenset(
    {"circle", "everyone"}
)  # stands in the channel, with a name, at once


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody was chosen in a writing, and asked whether her name may stand there, for these people to read."""

    writing: str
    member: str
    circle: str
    visibility: Visibility
    said: Literal["", "yes", "no"] = ""

    @property
    def reach(self) -> tuple[str, str]:
        """For whom it was asked."""
        return self.circle, self.visibility


@dataclass(frozen=True, slots=True)
class Writing:
    """What one member wrote in one form."""

    id: str
    community: str
    form: str
    author: str  # "" to everybody but its author, where it stands without a name
    visibility: Visibility
    answers: Answers
    written_at: datetime
    circle: str = ""  # where it belongs; "" for what belongs to nobody else
    channel: str = ""
    may_quote: bool = False
    revision: int = 1  # grows with every change: who changes an older one is shown the newer
    draft: bool = False
    occasion: str = ""  # the gathering, the quarter or the message it is about
    retells: str = ""  # the writing that this tells again
    returns_at: datetime | None = None
    ts: str | None = None  # its card in the channel, once it stands there
    released: bool = False  # whether it has ever stood in the channel
    batch: str = ""  # without a name: with which lines it is shown
    shown_at: datetime | None = None  # about a gathering: all is shown at once then
    hidden: bool = False  # whether it waits for that
    down: str = ""  # why a convener has taken the line down
    goes_on: date | None = None  # the day on which it is kept no longer; None: until its author deletes it
    few: bool = False  # whether its circle has fewer than five people just now, where that was looked up
    namings: tuple[Naming, ...] = ()  # who was asked whether she may be named in it, and what she said


@dataclass(frozen=True, slots=True)
class Locked:
    """A writing whose key is lost: it can be seen from outside and deleted, and everything else works."""

    id: str
    community: str
    form: str
    author: str
    visibility: Visibility
    written_at: datetime
    channel: str
    ts: str | None
    goes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a modal holds when it is submitted, parsed but not yet judged."""

    id: str
    form: str
    visibility: str
    answers: Answers
    circle: str = ""
    may_quote: bool = False
    revision: int = 0  # of the writing that was opened; 0 for a new one
    occasion: str = ""
    retells: str = ""
    settled: bool = False  # whether it is clear which circle it belongs to
    edition: str = ""  # of the form that lay before her
    apart: bool = True  # whether what has a switch of its own goes without a name
    receipt: str = ""  # of a form that may be sealed: made when it is opened, kept by nobody


Found = Writing | Locked


def may_read(visibility: Visibility, role: Role, *, public: bool) -> bool:
    """Whether somebody in this role reads the words; `public` is whether any full member may open the channel.

    Nobody but the author reads *just me*, whatever their role.
    """
    if public and role in OPENS_PUBLIC and visibility in IN_CHANNEL:
        return True
    return role == "author" or role in READERS[visibility]


def steps(form: Form, circle: Circle | None, size: int, *, public: bool) -> tuple[Visibility, ...]:
    """The steps of the ladder that can be offered here: for no circle, or one too small, there are fewer.

    Raises Refusal where there are none.
    """
    hindrances = {
        step: _cannot(step, form, circle, here=True, size=size, public=public) for step in form.ladder
    }
    offered = tuple(step for step, refusal in hindrances.items() if refusal is None)
    if not offered:
        raise hindrances[form.preset] or NotInThisForm(field="seen")
    return offered


def accept(
    form: Form,
    wanted: Wanted,
    visit: Visit,
    circle: Circle | None,
    before: Writing | None,
    *,
    here: Collection[str],
    public: bool,
) -> Writing:
    """A writing, or the new wording of one.

    `here` are the people of the circle's channel (no bots), `public` whether any full member may open it. Raises
    Refusals, each at its field, StillOnItsWay, NotYourWords.
    """
    if before and before.author != visit.member:
        raise NotYourWords
    if before and before.visibility in POSTED and before.ts is None and not before.hidden:
        raise StillOnItsWay(field="seen")
    answers = _trimmed(form, wanted.answers)
    refusals = list(_refusals(form, answers))
    visibility = next((step for step in LADDER if step == wanted.visibility), None)
    inside = visit.member in here
    refusal = (
        NotInThisForm(field="seen")
        if visibility is None
        else _cannot(visibility, form, circle, here=inside, size=len(here), public=public)
    )
    if refusal is None and visibility == "unnamed" and before and before.released and not before.batch:
        refusal = ShownBefore(field="seen")
    if refusal:
        refusals.append(refusal)
    if refusals or visibility is None:
        raise Refusals(*refusals)
    new = Writing(
        id=wanted.id,
        community=visit.community,
        form=form.key,
        author=visit.member,
        visibility=visibility,
        answers=answers | _not_shown(form, answers, before),
        written_at=visit.now,
        circle=circle.id if circle else "",
        channel=circle.channel if circle else "",
        may_quote=wanted.may_quote,
        occasion=wanted.occasion or (about(circle, visit.now) if circle and form.seals else ""),
        retells=wanted.retells,
        returns_at=coming(answers, visit.now, visit.now),
        goes_on=until(form.months, visit.now.date()),
    )
    if before is None:
        return new
    written_at = visit.now if before.draft else before.written_at
    asked_before = not before.draft and before.answers.get("bring_back") == answers.get("bring_back")
    return replace(
        new,
        id=before.id,
        written_at=written_at,
        revision=before.revision + 1,
        ts=before.ts,
        occasion=new.occasion if before.draft else before.occasion or new.occasion,
        retells=before.retells,
        released=before.released,
        namings=before.namings,
        batch=before.batch if visibility == "unnamed" else "",
        down=before.down,
        goes_on=new.goes_on if before.draft else before.goes_on,
        returns_at=before.returns_at if asked_before else coming(answers, written_at, visit.now),
    )


def opened(
    form: Form, before: Writing | None, link: str = "", retells: str = "", occasion: str = ""
) -> Wanted:
    """What lies before somebody who opens a form: nothing yet, or what is to go on from."""
    if before:
        typed = {name: given for name, given in before.answers.items() if name != CHOSEN}
        return Wanted(
            before.id, form.key, chosen(before), typed, before.circle, before.may_quote,
            before.revision, before.occasion or (occasion if before.draft else ""), before.retells,
        )  # fmt: skip
    answers = {form.link.name: link} if link and form.link else {}
    return Wanted("", form.key, form.preset, answers, occasion=occasion, retells=retells)


def chosen(writing: Writing) -> str:
    """Who was to see it: for a draft never more than its author had chosen before she laid it aside."""
    return (
        next(iter(writing.answers.get(CHOSEN, ())), writing.visibility)
        if writing.draft
        else writing.visibility
    )


def checked(form: Form, answers: Answers) -> Answers:
    """The answers as they are kept. Raises Refusals, each at its field."""
    trimmed = _trimmed(form, answers)
    if refusals := list(_refusals(form, trimmed)):
        raise Refusals(*refusals)
    return trimmed


def readable(writing: Writing | None) -> Writing:
    """A writing whose key is there. Raises KeyIsLost."""
    if writing is None:
        raise KeyIsLost
    return writing


def narrowed(writing: Writing) -> Writing:
    """The same, for its author alone."""
    return replace(writing, visibility="me", revision=writing.revision + 1)


def changed(form: Form, wanted: Wanted) -> bool:
    """Whether the form asks for something else than the one that lay before her."""
    return wanted.edition != form.edition


def waits(writing: Writing) -> bool:
    """Whether it is a line without a name that nobody has been shown yet."""
    return writing.visibility == "unnamed" and not (writing.released or writing.draft or writing.down)


def outdated(wanted: Wanted, before: Writing | None) -> bool:
    """Whether what lies before her is older than what is kept: she has changed it somewhere else meanwhile."""
    return before is not None and wanted.revision != before.revision


def draft(form: Form, wanted: Wanted, visit: Visit, before: Writing | None) -> Writing:
    """What is kept of a form that is not finished: everything typed so far, for its author and a week."""
    answers = {name: given for name, given in wanted.answers.items() if given} | {
        CHOSEN: (wanted.visibility,)
    }
    return Writing(
        id=before.id if before else wanted.id,
        community=visit.community,
        form=form.key,
        author=visit.member,
        visibility="me",
        answers=answers,
        written_at=visit.now,
        may_quote=wanted.may_quote,
        revision=before.revision + 1 if before else 1,
        draft=True,
        occasion=wanted.occasion,
        retells=wanted.retells,
        goes_on=draft_until(visit.now),
    )


def own(writing: Writing | None, visit: Visit) -> Writing:
    """The member's own writing. Raises NotYourWords."""
    if writing is None or writing.author != visit.member:
        raise NotYourWords
    return writing


def new_id(visit: Visit, view: str) -> str:
    """One writing for each modal that was opened, however often it is sent."""
    return identity("writing", visit.community, view)


def utterance_of(writing: Writing) -> Utterance:
    """A card that stands in a channel, as the memory keeps it: its author's words."""
    return Utterance(
        community=writing.community,
        channel=writing.channel,
        ts=writing.ts or "",
        thread=writing.ts or "",
        author=writing.author,
        text="".join(ESCAPED.get(c, c) for c in text_of(writing.answers)),
        revision=f"{writing.revision}",
        practice="writing",
    )


def text_of(answers: Answers) -> str:
    """All that was typed, one answer after another: what a search in one's own words looks through."""
    return "\n".join(answer for answer in answers.values() if isinstance(answer, str))


def coming(answers: Answers, since: datetime, now: datetime) -> datetime | None:
    """When what was written then is brought back next: after three months and after a year, or only after a year."""
    after = next((RETURNS[one] for one in answers.get("bring_back", ()) if one in RETURNS), ())
    return next((since + one for one in after if since + one > now), None)


def _trimmed(form: Form, answers: Answers) -> dict[str, str | tuple[str, ...]]:
    """The answers without blanks around them and marks that hide; those that are empty are left out."""
    kept: dict[str, str | tuple[str, ...]] = {}
    for ask in form.asks:
        given = answers.get(ask.name) or ""
        if isinstance(given, tuple):
            kept[ask.name] = tuple(dict.fromkeys(given))
        elif words := clean(given):
            kept[ask.name] = words
    # Words in a field that the form has lost since it was opened are kept all the same.
    typed = ((name, given) for name, given in answers.items() if form.ask(name) is None)
    kept |= {name: words for name, given in typed if isinstance(given, str) and (words := clean(given))}
    return kept


def _not_shown(form: Form, answers: Answers, before: Writing | None) -> dict[str, str | tuple[str, ...]]:
    """What was chosen once, of what this form offers no more: nobody saw it, so nobody took it back."""
    found: dict[str, str | tuple[str, ...]] = {}
    for name, given in before.answers.items() if before else ():
        if name == CHOSEN:
            continue
        ask = form.ask(name)
        known = {value for value, _ in ask.choices} if ask else set()
        if name not in answers and isinstance(given, tuple) and not known.issuperset(given):
            found[name] = given
    return {name: given for name, given in found.items() if (ask := form.ask(name)) is None or ask.choices}


def _refusals(form: Form, answers: Answers) -> Iterator[Refusal]:
    for ask in form.asks:
        given = answers.get(ask.name)
        if not given:
            if ask.required:
                yield AskMissing(field=ask.name)
        elif wrong := _wrong(ask, given):
            yield wrong


def _wrong(ask: Ask, given: str | Collection[str]) -> Refusal | None:
    """Why this is no answer; Slack has asked the same before, but a form may have changed since it was opened."""
    if ask.kind == "people":
        return TooManyChosen(field=ask.name, limit=str(ask.limit)) if len(given) > ask.limit else None
    if ask.kind == "choice":
        known = {value for value, _ in ask.choices}
        return None if known.issuperset(given) else NotInThisForm(field=ask.name)
    if len(given) > ask.limit:
        return TooLong(field=ask.name, length=str(len(given)), limit=str(ask.limit))
    if ask.kind == "link" and not str(given).startswith(("https://", "http://")):
        return NoLink(field=ask.name)
    return None


def _cannot(
    step: Visibility, form: Form, circle: Circle | None, *, here: bool, size: int, public: bool
) -> Refusal | None:
    """Why this step of the ladder is not to be had; None if it is."""
    if step not in form.ladder:
        return NotInThisForm(field="seen")
    if step == "me":
        return None
    if circle is None or circle.state == "closed":
        return NoCircleForThat(field="seen")
    hindrances = (
        (not here, NotInCircle(field="seen", circle=circle.name)),
        (step == "unnamed" and size < ENOUGH, CircleTooSmall(field="seen")),
        (step == "everyone" and not public, OnlyForPublic(field="seen")),
    )
    return next((refusal for hinders, refusal in hindrances if hinders), None)
