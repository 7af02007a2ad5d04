"""How a cohort is joined: an invitation, applications until it closes, and kind answers that go out together."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from practices.model import Circle, Visit, identity
from practices.reflections import clean
from practices.refusals import (
    AnswersHaveGone,
    ApplicationGone,
    ClosesTooSoon,
    DecidedMeanwhile,
    InItAlready,
    InvitationGone,
    InvitationOver,
    InvitationShut,
    InvitationStillOpen,
    InvitationUnclear,
    InvitationWithdrawn,
    NotAConvener,
    NotInThatChannel,
    NotYetDecided,
    PlacesUnclear,
    Refusal,
    Refusals,
    SectorMissing,
    TooLong,
)

Decision = Literal["", "welcome", "waiting", "not_this_time"]
State = Literal["open", "closed", "answered", "withdrawn"]  # closed: its conveners are choosing

CHOICES: tuple[Decision, ...] = get_args(Decision)[1:]
LIMITS = {"what": 300, "when": 150, "whom": 300, "effort": 150}  # characters of an invitation
WORDS = {"organisation": 80, "draws": 600, "possible": 300}  # and of an application
ANSWER = 1000  # and of what goes out with an answer
MOST_PLACES = 500
SOONEST, LATEST = timedelta(days=1), timedelta(days=180)
REMINDED = timedelta(hours=48)  # before closing
KEPT = timedelta(days=30)  # an application that was not welcomed, from the day it was answered


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a convener invites to. Times are UTC."""

    id: str
    community: str
    circle: str
    channel: str  # where it stands
    what: str
    when: str
    whom: str
    effort: str
    places: int
    closes: datetime
    state: State = "open"
    answered_at: datetime | None = None  # when the answers went out together
    revision: int = 0
    ts: str | None = None  # the message in Slack, once it stands there


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody wrote who would like to join, for conveners only; `words` are a convener's to her alone."""

    id: str
    community: str
    invitation: str
    member: str
    sector: str
    organisation: str
    draws: str
    possible: str
    decision: Decision = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody would like to join, as it stands on her own page: `decision` once she may know it."""

    application: str
    invitation: Invitation
    circle: str  # its name
    decision: Decision


@dataclass(frozen=True, slots=True)
class Running:
    """An invitation as its conveners see it, and how many would like to join."""

    invitation: Invitation
    circle: str  # its name
    applications: int


def invite(
    asked: Mapping[str, str],
    closes: datetime | None,
    circle: Circle,
    visit: Visit,
    names: str,
    before: Invitation | None = None,
) -> Invitation:
    """The invitation that was asked for, new or changed; `names` are the conveners'. Raises NotAConvener,
    InvitationWithdrawn, InvitationOver, or Refusals: one for each field."""
    convenes(circle, visit, names)
    if before:
        still_open(before, visit.now)
    words = {name: clean(asked.get(name, "")) for name in LIMITS}
    refusals = list(_too_long(words, LIMITS))
    if not words["what"]:
        refusals.append(InvitationUnclear())
    places = asked.get("places", "").strip()
    if not (places.isascii() and places.isdigit() and len(places) < 5 and 2 <= int(places) <= MOST_PLACES):
        refusals.append(PlacesUnclear(most=str(MOST_PLACES)))
    fits = closes is not None and SOONEST <= closes - visit.now <= LATEST
    if closes is None or not (fits or (before and closes == before.closes)):
        raise Refusals(*refusals, ClosesTooSoon(most=str(LATEST.days)))
    if refusals:
        raise Refusals(*refusals)
    return Invitation(
        id=before.id if before else identity("invitation", visit.community, visit.key),
        community=visit.community,
        circle=circle.id,
        channel=before.channel if before else asked.get("channel", ""),
        revision=before.revision + 1 if before else 0,
        ts=before.ts if before else None,
        places=int(places),
        closes=closes,
        what=words["what"],
        when=words["when"],
        whom=words["whom"],
        effort=words["effort"],
    )


def stands_in(channel: str, here: Collection[str], bot: str, visit: Visit) -> None:
    """An invitation stands where whoever invites is, and the bot: `here` are a channel's members. Raises Refusals."""
    if not channel or not {visit.member, bot} <= set(here):
        raise Refusals(NotInThatChannel())


def reminder(invitation: Invitation, posted: datetime) -> datetime | None:
    """When the channel is reminded, once; None where it was posted less than 48 hours before it closes."""
    at = invitation.closes - REMINDED
    return at if at > posted else None


def comes_from_outside(here: Collection[str], circle: Circle, mine: Application | None, visit: Visit) -> None:
    """Whoever is in a circle's channel (`here`) need not ask to join it; words written before stay hers to change.
    Raises InItAlready."""
    if mine is None and visit.member in here:
        raise InItAlready(channel=circle.channel)


def accept(
    given: Mapping[str, str], invitation: Invitation, sectors: Sequence[str], visit: Visit
) -> Application:
    """An application, new or changed: one for each person, however often it comes. Raises InvitationWithdrawn,
    InvitationOver, or Refusals: one for each field."""
    still_open(invitation, visit.now)
    words = {name: clean(given.get(name, "")) for name in WORDS}
    refusals = list(_too_long(words, WORDS))
    if given.get("sector", "") not in sectors:
        refusals.append(SectorMissing())
    if refusals:
        raise Refusals(*refusals)
    return Application(
        id=identity("application", invitation.id, visit.member),
        community=visit.community,
        invitation=invitation.id,
        member=visit.member,
        sector=given["sector"],
        organisation=words["organisation"],
        draws=words["draws"],
        possible=words["possible"],
    )


def balance(applications: Sequence[Application], sectors: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """For each sector, in the circle's order: how many would like to join, and how many are welcomed so far."""
    asked = Counter(one.sector for one in applications)
    welcomed = Counter(one.sector for one in applications if one.decision == "welcome")
    order = dict.fromkeys((*sectors, *sorted(asked)))
    return tuple((one, asked[one], welcomed[one]) for one in order)


def choose(application: Application, decision: str, invitation: Invitation, visit: Visit) -> Application:
    """What a convener chose for somebody, who reads it only when all answers go out. Words that were written to her
    for another answer go. Raises ApplicationGone, InvitationWithdrawn, InvitationStillOpen, AnswersHaveGone."""
    _being_answered(invitation, visit.now)
    chosen = next((one for one in CHOICES if one == decision), None)
    if chosen is None or application.invitation != invitation.id:
        raise ApplicationGone
    words = application.words if chosen == application.decision else ""
    return replace(application, decision=chosen, words=words)


def as_read(applications: Sequence[Application], edited: Mapping[str, str]) -> str:
    """A mark of what was chosen, and of the words `edited` for each kind of answer, so that nothing else goes out than
    what a convener has read."""
    chosen = sorted(f"{one.id}/{one.decision}/{one.words}" for one in applications)
    return identity("choices", *chosen, *sorted(f"{kind}/{words}" for kind, words in edited.items()))


def answered(
    invitation: Invitation,
    applications: Sequence[Application],
    visit: Visit,
    read: str = "",
    edited: Mapping[str, str] | None = None,
) -> Invitation:
    """The invitation once all answers go out together; `read` is the mark of what the convener has read,
    `edited` the words for each kind of answer now. Raises
    InvitationWithdrawn, InvitationStillOpen, AnswersHaveGone, NotYetDecided, DecidedMeanwhile."""
    _being_answered(invitation, visit.now)
    if read and read != as_read(applications, edited or {}):
        raise DecidedMeanwhile
    if left := sum(not one.decision for one in applications):
        raise NotYetDecided(left=str(left))
    return replace(invitation, state="answered", answered_at=visit.now)


def welcomed_later(application: Application, invitation: Invitation) -> Application:
    """Somebody of the waiting list is welcome after all. Raises ApplicationGone, AnswersHaveGone."""
    if application.invitation != invitation.id or not invitation.answered_at:
        raise ApplicationGone
    if application.decision != "waiting":
        raise AnswersHaveGone
    return replace(application, decision="welcome")


def worded(words: Mapping[str, str]) -> dict[str, str]:
    """What goes out with an answer, as it is kept: trimmed. Raises Refusals, each at its field."""
    trimmed = {name: clean(text) for name, text in words.items()}
    if refusals := list(_too_long(trimmed, dict.fromkeys(trimmed, ANSWER))):
        raise Refusals(*refusals)
    return trimmed


def withdrawn(invitation: Invitation) -> Invitation:
    """The invitation, taken back before its answers went out. Raises InvitationWithdrawn, AnswersHaveGone."""
    if invitation.state == "withdrawn":
        raise InvitationWithdrawn
    if invitation.answered_at:
        raise AnswersHaveGone
    return replace(invitation, state="withdrawn", revision=invitation.revision + 1)


def closed(invitation: Invitation, applications: int) -> Invitation:
    """The invitation once nobody can apply any more; where nobody did, that was all."""
    return replace(invitation, state="closed" if applications else "answered")


def erased_at(application: Application, invitation: Invitation) -> datetime | None:
    """When an application is deleted: 30 days after it was answered, or after closing where it never was; never by
    itself while its person is welcomed."""
    if application.decision == "welcome" and invitation.answered_at:
        return None
    return (invitation.answered_at or invitation.closes) + KEPT


def convenes(circle: Circle | None, visit: Visit, names: str) -> None:
    """That she convenes the circle. Raises InvitationGone, NotAConvener."""
    if circle is None:
        raise InvitationGone
    if visit.member not in circle.conveners:
        raise NotAConvener(conveners=names)


def may_ask(invitation: Invitation, now: datetime) -> None:
    """That somebody who has not asked yet still can. Raises InvitationShut."""
    if invitation.state != "open" or now >= invitation.closes:
        raise InvitationShut


def still_open(invitation: Invitation, now: datetime) -> None:
    """That one can still apply. Raises InvitationWithdrawn, InvitationOver."""
    if invitation.state == "withdrawn":
        raise InvitationWithdrawn
    if invitation.state != "open" or now >= invitation.closes:
        raise InvitationOver


def _being_answered(invitation: Invitation, now: datetime) -> None:
    if invitation.state == "withdrawn":
        raise InvitationWithdrawn
    if invitation.answered_at:
        raise AnswersHaveGone
    if now < invitation.closes:
        raise InvitationStillOpen


def _too_long(words: Mapping[str, str], limits: Mapping[str, int]) -> Iterator[Refusal]:
    for name, text in words.items():
        if len(text) > limits[name]:
            yield TooLong(field=name, length=str(len(text)), limit=str(limits[name]))
