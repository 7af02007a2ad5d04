"""Of questions and their answers."""

from practices.refusals.declining import Refusal


class PromptClosed(Refusal):
    """This question has closed. The newest one is in the channel."""


class PromptTakenDown(Refusal):
    """Somebody has taken this question down. The next one comes by itself."""


class ClosedMeanwhile(Refusal):
    """This question has closed. Your words are still here to copy; the newest question is in the channel."""

    field = "answer"


class TakenDownMeanwhile(Refusal):
    """Somebody has taken this question down. Your words are still here, so you can copy them."""

    field = "answer"


class StillOnItsWay(Refusal):
    """Your first answer is still on its way to the channel. Please try again in a moment."""

    field = "answer"


class NoPromptOpen(Refusal):
    """No question is open in this channel just now. The next one comes by itself."""


class MissedIsSettled(Refusal):
    """That has been settled already, perhaps by another convener."""


class NoTimeLeft(Refusal):
    """This question closes before I could remind you. You can answer it now, or leave it."""


class NothingToRemindOf(Refusal):
    """You have answered this question already, so there is nothing to remind you of."""
