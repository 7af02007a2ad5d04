"""What of a form that comes back is accepted, and kept for how long."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from practices.forms import BRING_BACK, LADDER, Answers, Ask, Form, Visibility
from practices.gatherings import about
from practices.keeping import draft_until, until
from practices.model import Circle, Visit
from practices.reflections import clean
from practices.refusals import (
    AskMissing,
    NoLink,
    NotInThisForm,
    NotYourWords,
    Refusal,
    Refusals,
    ShownBefore,
    StillOnItsWay,
    TooLong,
    TooManyChosen,
)
from practices.writings.changing import stood
from practices.writings.ladder import cannot
from practices.writings.values import CHOSEN, POSTED, Wanted, Writing

LINKS = ("https://", "http://")  # how one begins
MONTHS_3, YEAR = timedelta(days=90), timedelta(days=365)
RETURNS = {"in_three_months": (MONTHS_3, YEAR), "in_a_year": (YEAR,)}


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
    _may_change(before, visit)
    answers = _trimmed(form, wanted.answers)
    step = next((step for step in LADDER if step == wanted.visibility), None)
    refusals = [*_refusals(form, answers), *_unseen(step, form, circle, before, visit, here, public=public)]
    if refusals or step is None:
        raise Refusals(*refusals)
    new = Writing(
        id=wanted.id,
        community=visit.community,
        form=form.key,
        author=visit.member,
        visibility=step,
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
    return _reworded(new, before, answers, visit) if before else new


def _may_change(before: Writing | None, visit: Visit) -> None:
    """Raises StillOnItsWay, NotYourWords."""
    if before and before.author != visit.member:
        raise NotYourWords
    if before and before.visibility in POSTED and before.ts is None and not before.hidden:
        raise StillOnItsWay(field="seen")


def _unseen(
    step: Visibility | None,
    form: Form,
    circle: Circle | None,
    before: Writing | None,
    visit: Visit,
    here: Collection[str],
    *,
    public: bool,
) -> Iterator[Refusal]:
    """Why those whom she chose cannot read it."""
    if step is None:
        yield NotInThisForm(field="seen")
    elif refusal := cannot(step, form, circle, here=visit.member in here, size=len(here), public=public):
        yield refusal
    elif step == "unnamed" and stood(before):
        yield ShownBefore(field="seen")


def _reworded(new: Writing, before: Writing, answers: Answers, visit: Visit) -> Writing:
    """A new wording of what is there: what became of the older one stays with it."""
    written_at = visit.now if before.draft else before.written_at
    asked_before = not before.draft and before.answers.get(BRING_BACK) == answers.get(BRING_BACK)
    return replace(
        new,
        id=before.id,
        written_at=written_at,
        revision=before.revision + 1,
        ts=before.ts,
        edited=before.ts is not None and (before.edited or new.answers != before.answers),
        occasion=new.occasion if before.draft else before.occasion or new.occasion,
        retells=before.retells,
        released=before.released,
        namings=before.namings,
        batch=before.batch if new.visibility == "unnamed" else "",
        down=before.down,
        goes_on=new.goes_on if before.draft else before.goes_on,
        returns_at=before.returns_at if asked_before else coming(answers, written_at, visit.now),
    )


def checked(form: Form, answers: Answers) -> Answers:
    """The answers as they are kept. Raises Refusals, each at its field."""
    trimmed = _trimmed(form, answers)
    if refusals := list(_refusals(form, trimmed)):
        raise Refusals(*refusals)
    return trimmed


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


def coming(answers: Answers, since: datetime, now: datetime) -> datetime | None:
    """When what was written then is brought back next: after three months and after a year, or only after a year."""
    after = next((RETURNS[one] for one in answers.get(BRING_BACK, ()) if one in RETURNS), ())
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
    if ask.kind == "link" and not str(given).startswith(LINKS):
        return NoLink(field=ask.name)
    return None
