"""Sealed answers: nobody, not even the bot, can look up who wrote which; its author alone holds a receipt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from practices import writings
from practices.forms import Answers, Form
from practices.gatherings import current, gone_on
from practices.model import Circle, Visit
from practices.refusals import (
    CannotBeSealed,
    CircleTooSmall,
    NoCircleForThat,
    NotInCircle,
    Refusals,
    WrongReceipt,
)
from practices.writings import ENOUGH, Wanted, Writing

STEP = "sealed"  # what is chosen in the modal; no step of the ladder, for it can never be changed


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed answer. It has no author, no time and no order."""

    id: str  # what only the receipt gives
    community: str
    circle: str
    channel: str
    form: str
    occasion: str
    answers: Answers  # none once it was taken back or down
    batch: str = ""  # with which others it is shown
    goes_on: date | None = None  # the day on which all about this occasion go


def offered(form: Form, wanted: Wanted, size: int) -> bool:
    """Whether sealing is offered: not for what is kept already with its author, not where anybody could be guessed."""
    return form.seals and wanted.revision == 0 and size >= ENOUGH


def accept(
    form: Form,
    wanted: Wanted,
    visit: Visit,
    circle: Circle | None,
    before: Writing | None,
    here: Collection[str],
) -> Sealed:
    """A sealed answer. Raises Refusals, each at its field."""
    if before or not form.seals or not wanted.receipt:
        raise Refusals(CannotBeSealed(field="seen"))
    if circle is None or circle.state == "closed":
        raise Refusals(NoCircleForThat(field="seen"))
    if visit.member not in here:
        raise Refusals(NotInCircle(field="seen", circle=circle.name))
    if len(here) < ENOUGH:
        raise Refusals(CircleTooSmall(field="seen"))
    occasion = current(wanted.occasion, form.months, circle, visit.now)
    return Sealed(
        id=key_of(wanted.receipt),
        community=visit.community,
        circle=circle.id,
        channel=circle.channel,
        form=form.key,
        occasion=occasion,
        answers=writings.checked(form, wanted.answers),
        goes_on=gone_on(occasion, form.months),
    )


def key_of(receipt: str) -> str:
    """The key of the answer that this receipt is for: 128 bits that tell nothing of it. Raises WrongReceipt."""
    receipt = "".join(receipt.split())
    if not receipt:
        raise WrongReceipt(field="receipt")
    return sha256(f"sealed|{receipt}".encode()).hexdigest()[:32]
