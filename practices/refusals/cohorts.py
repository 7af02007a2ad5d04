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


class InvitationShut(Refusal):
    """This invitation has closed, so nobody can ask to join any more. Perhaps another time."""


class InvitationStillOpen(Refusal):
    """People can still answer this invitation until it closes. You can read along, and decide after that."""


class SectorMissing(Refusal):
    """Which sector are you from? The nearest one is fine."""

    field = "sector"


class AnswersHaveGone(Refusal):
    """These answers have gone out already, perhaps sent by another convener. Nobody was told anything twice."""


class NotYetDecided(Refusal):
    """Please choose for everybody before the answers go out together: {left} to go."""


class DecidedMeanwhile(Refusal):
    """Something has changed while you were reading: please look once more before the answers go out."""


class InvitationGone(Refusal):
    """I cannot find this invitation any more."""


class InItAlready(Refusal):
    """You are in this circle already, so you need not ask. You find everybody in <#{channel}>."""


class ApplicationGone(Refusal):
    """I cannot find this any more: perhaps whoever wrote it has taken it back."""


class NotInThatChannel(Refusal):
    """Please choose a channel that you are in; and if I am not there yet, invite me first."""

    field = "channel"


class InvitationOnItsWay(Refusal):
    """Your invitation is just on its way to the channel. Please try again in a moment."""
