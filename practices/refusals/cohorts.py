"""Of joining a cohort."""

from practices.refusals.declining import Refusal


class InvitationUnclear(Refusal):
    """Please say in a few words what you are inviting people to."""

    field = "what"


class PlacesUnclear(Refusal):
    """Please write how many places there are: a number from 2 to {most}."""

    field = "places"


class ClosesTooSoon(Refusal):
    """Please leave people at least a day, and at most {most} days, to answer."""

    field = "closes"


class InvitationWithdrawn(Refusal):
    """This invitation has been taken back. Your words are still here, so you can copy them."""


class InvitationOver(Refusal):
    """This invitation has closed, and what was written until then is being read. Your words are still here to copy."""


class InvitationStillOpen(Refusal):
    """People can still answer this invitation until it closes. You can read along, and decide after that."""


class SectorMissing(Refusal):
    """Which sector are you from? The nearest one is fine."""

    field = "sector"


class AnswersHaveGone(Refusal):
    """These answers have gone out already, perhaps sent by another convener. Nobody was told anything twice."""


class NotYetDecided(Refusal):
    """Please choose for everybody before the answers go out together: {left} to go."""
