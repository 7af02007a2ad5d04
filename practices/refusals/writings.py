"""Of what is written in forms, and for whom."""

from practices.refusals.declining import Refusal


class FormGone(Refusal):
    """This form is not in use any more. Your words are still here, so you can copy them."""


class KeyIsLost(Refusal):
    """This one cannot be opened: the key that locks it is missing. Whoever looks after the bot may mend that."""


class SavedElsewhere(Refusal):
    """This has just been saved from somewhere else as well. Your words are still here: please send them once more."""


class AskMissing(Refusal):
    """This one needs a few words. A sentence is plenty."""


class TooManyChosen(Refusal):
    """{limit} people at most, please."""


class NoLink(Refusal):
    """A link begins with https://. You can copy one from Slack: the three dots of a message, Copy link."""


class NotInThisForm(Refusal):
    """This is not to be had here any more. Please choose again; your words are still here."""


class NoCircleForThat(Refusal):
    """There is no circle here to share it with. Keep it to yourself, or open the form in a circle's channel."""


class NotInCircle(Refusal):
    """You are not in {circle} any more, so it cannot be shared there. You can still keep it to yourself."""


class PulseOver(Refusal):
    """This pulse takes no answers any more. The next one comes with the next quarter."""


class PulseSettled(Refusal):
    """Whether this pulse is offered is decided already: another convener was quicker."""


class PulseAnswered(Refusal):
    """You have answered this pulse. Nobody, not even I, can look up which answers are yours, so they stay."""


class NothingAnswered(Refusal):
    """Nothing is chosen yet. One answer is plenty."""

    field = "purpose"


class CircleTooSmall(Refusal):
    """Words without a name need at least five people in the circle, so that nobody can be guessed."""


class OnlyForPublic(Refusal):
    """This circle's channel is private, so not everyone can open it. Its own people are the widest choice here."""


class ShownBefore(Refusal):
    """This has stood in the channel, so people would know it again: without your name it would tell too much. Choose
    another step, or write it anew."""


class NotPostedYet(Refusal):
    """What you are asked about is still on its way to the channel. Please press once more in a moment."""


class NoSuchLine(Refusal):
    """This line is not shown here any more."""


class CannotBeSealed(Refusal):
    """Only a new answer can be sealed: what you saved before is kept with your name on it."""


class SealedBefore(Refusal):
    """You have sealed an answer about this before. It cannot be changed: nobody, not even I, can tell which it is."""


class WrongReceipt(Refusal):
    """There is no answer for this receipt. Please copy all of it; after an answer was taken back it is of no use."""


class ShownAlready(Refusal):
    """What was written about this gathering has been shown already."""


class WaitedLong(Refusal):
    """It has been given more time {times} times already. It is shown when its time comes, or when you say so."""


class MovedByAnother(Refusal):
    """Somebody was a moment quicker. Have a look in the channel, or press once more."""
