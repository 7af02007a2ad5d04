"""How a cohort is joined: an invitation, applications until it closes, and kind answers that go out together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from practices.model import Circle, Visit, identity
from practices.refusals import (
    AnswersHaveGone,
    ClosesTooSoon,
    InvitationOver,
    InvitationStillOpen,
    InvitationUnclear,
    InvitationWithdrawn,
    NotAConvener,
    NotYetDecided,
    PlacesUnclear,
    Refusal,
    Refusals,
    SectorMissing,
    TooLong,
)

Decision = Literal["", "welcome", "waiting", "not_this_time"]

LIMITS = {"what": 300, "when": 150, "whom": 300, "effort": 150}  # characters of an invitation
WORDS = {"organisation": 80, "draws": 600, "possible": 300}  # and of an application
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
    what: str
    when: str
    whom: str
    effort: str
    places: int
    closes: datetime
    withdrawn: bool = False
    answered_at: datetime | None = None  # when the answers went out together


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody wrote who would like to join. `possible` is for conveners only."""

    id: str
    community: str
    invitation: str
    member: str
    sector: str
    organisation: str
    draws: str
    possible: str
    decision: Decision = ""


def invite(
    asked: Mapping[str, str], closes: datetime, circle: Circle, visit: Visit, names: str
) -> Invitation:
    """The invitation that was asked for; `names` are the conveners'. Raises NotAConvener, or Refusals:
    one for each field."""
    _convenes(circle, visit, names)
    words = {name: asked.get(name, "").strip() for name in LIMITS}
    refusals = list(_too_long(words, LIMITS))
    if not words["what"]:
        refusals.append(InvitationUnclear())
    places = asked.get("places", "").strip()
    if not (places.isascii() and places.isdigit() and len(places) < 5 and 2 <= int(places) <= MOST_PLACES):
        refusals.append(PlacesUnclear(most=str(MOST_PLACES)))
    if not SOONEST <= closes - visit.now <= LATEST:
        refusals.append(ClosesTooSoon(most=str(LATEST.days)))
    if refusals:
        raise Refusals(*refusals)
    return Invitation(
        id=identity("invitation", visit.community, visit.key),
        community=visit.community,
        circle=circle.id,
        places=int(places),
        closes=closes,
        what=words["what"],
        when=words["when"],
        whom=words["whom"],
        effort=words["effort"],
    )


def reminder(invitation: Invitation, posted: datetime) -> datetime | None:
    """When the channel is reminded, once; None where it was posted less than 48 hours before it closes."""
    at = invitation.closes - REMINDED
    return at if at > posted else None


def accept(
    given: Mapping[str, str], invitation: Invitation, sectors: Sequence[str], visit: Visit
) -> Application:
    """An application, new or changed: one for each person, however often it comes. Raises InvitationWithdrawn,
    InvitationOver, or Refusals: one for each field."""
    _still_open(invitation, visit.now)
    words = {name: given.get(name, "").strip() for name in WORDS}
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


def answered(
    invitation: Invitation,
    applications: Sequence[Application],
    circle: Circle,
    visit: Visit,
    names: str,
) -> Invitation:
    """The invitation once all answers go out together. Raises NotAConvener, InvitationWithdrawn,
    InvitationStillOpen, AnswersHaveGone, NotYetDecided."""
    _convenes(circle, visit, names)
    if invitation.withdrawn:
        raise InvitationWithdrawn
    if visit.now < invitation.closes:
        raise InvitationStillOpen
    if invitation.answered_at:
        raise AnswersHaveGone
    if left := sum(not one.decision for one in applications):
        raise NotYetDecided(left=str(left))
    return replace(invitation, answered_at=visit.now)


def erased_at(application: Application, invitation: Invitation) -> datetime | None:
    """When an application is deleted: 30 days after it was answered, or after closing where it never was; never by
    itself while its person is welcomed."""
    if application.decision == "welcome" and invitation.answered_at:
        return None
    return (invitation.answered_at or invitation.closes) + KEPT


def _convenes(circle: Circle, visit: Visit, names: str) -> None:
    if visit.member not in circle.conveners:
        raise NotAConvener(conveners=names)


def _still_open(invitation: Invitation, now: datetime) -> None:
    if invitation.withdrawn:
        raise InvitationWithdrawn
    if now >= invitation.closes:
        raise InvitationOver


def _too_long(words: Mapping[str, str], limits: Mapping[str, int]) -> Iterator[Refusal]:
    for name, text in words.items():
        if len(text) > limits[name]:
            yield TooLong(field=name, length=str(len(text)), limit=str(limits[name]))
