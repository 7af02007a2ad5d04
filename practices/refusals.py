"""What the bot declines, and the sentence the member reads: the docstring of each."""


class Refusal(Exception):
    """Sorry, that is not possible."""

    field: str = ""  # the modal's field it belongs to, if it belongs to one

    def __init__(self, **details: str) -> None:
        """`details` fill the braces of the sentence; `field` says where in a modal the sentence belongs."""
        self.field = details.pop("field", self.field)
        self.sentence = (type(self).__doc__ or "").strip().format(**details)
        super().__init__(type(self).__name__)  # never the sentence: it may name people


class Refusals(Exception):
    """Several refusals of one modal at once."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(", ".join(type(one).__name__ for one in refusals))


class NothingWritten(Refusal):
    """There are no words here yet. A sentence is plenty."""

    field = "answer"


class TooLong(Refusal):
    """That is {length} characters; {limit} fit here. Could you shorten it a little?"""

    field = "answer"


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


class NoCircleHere(Refusal):
    """This channel has no circle yet. Invite me here; then anyone in it can set one up with `/{word} circle`."""


class NoPromptOpen(Refusal):
    """No question is open in this channel just now. The next one comes by itself."""


class NotAConvener(Refusal):
    """Only a convener of this circle can change that. Its conveners are {conveners}."""


class GuestsDoNotConvene(Refusal):
    """A guest cannot set up a circle. Please ask a colleague who is a full member here."""


class NotInAChannel(Refusal):
    """A circle lives in a channel. Please use this in a channel you are in."""


class BotNotHere(Refusal):
    """I am not in this channel yet. Please invite me first: type `/invite` and choose me."""


class NotAChannel(Refusal):
    """What is said in direct messages is never kept."""


class MemoryOff(Refusal):
    """This channel keeps nothing in our memory. Its conveners can change that: `/{word} circle`."""


class NothingToRead(Refusal):
    """I cannot find this thread any more, or it is not one you can read now."""


class NothingAsked(Refusal):
    """Which words are you looking for? The name of a person, a channel or a day will do as well."""

    field = "words"


class NotSaid(Refusal):
    """Only what people and I have said can be kept, with its thread. This is a notice of Slack's."""


class NotYourWords(Refusal):
    """Only the person who wrote this can change it."""


class AlreadyGone(Refusal):
    """That answer has been deleted already."""


class MissedIsSettled(Refusal):
    """That has been settled already, perhaps by another convener."""


class ConvenerNotHere(Refusal):
    """{names} cannot convene yet: please invite them to this channel first, or choose someone who is in it."""

    field = "conveners"


class NobodyConvenes(Refusal):
    """Please choose at least one convener; two is better."""

    field = "conveners"


class TooManyConveners(Refusal):
    """Twelve conveners at most, please."""

    field = "conveners"


class NameMissing(Refusal):
    """What do you call this circle? A short name is enough."""

    field = "name"


class TimeUnreadable(Refusal):
    """Please choose a time, such as 09:30."""

    field = "at"


class ZoneUnknown(Refusal):
    """I do not know this time zone. Please choose one from the list."""

    field = "zone"


class QuietDatesCrossed(Refusal):
    """The quiet time ends before it begins. Please swap the dates."""

    field = "quiet_until"


class QuietDatesHalf(Refusal):
    """Please give both dates of the quiet time, or neither."""

    field = "quiet_until"


class GatheringHalf(Refusal):
    """Please give both the day and the time of your gathering, or neither."""

    field = "gathering_at"


class TooManySectors(Refusal):
    """Twelve sectors at most, please, each at most 40 characters."""

    field = "sectors"


class QuietTooLong(Refusal):
    """A quiet time can last a year at most."""

    field = "quiet_until"


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


class LearningSettled(Refusal):
    """This digest has been posted or let go. The next draft comes by itself."""


class PulseOver(Refusal):
    """This pulse takes no answers any more. The next one comes with the next quarter."""


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


class NoSuchLine(Refusal):
    """This line is not shown here any more."""


class CannotBeSealed(Refusal):
    """Only a new answer can be sealed: what you saved before is kept with your name on it."""


class SealedBefore(Refusal):
    """You have sealed an answer about this before. It cannot be changed: nobody, not even I, can tell which it is."""


class WrongReceipt(Refusal):
    """There is no answer for this receipt. Please copy all of it; after an answer was taken back it is of no use."""


class TooManyDots(Refusal):
    """You have {limit} dots here. Please take one off before you give another."""


class NotAlike(Refusal):
    """These lines stand in different corners, so they cannot lie on one another."""


class WeeksUnclear(Refusal):
    """Please write after how many weeks to look, such as 4, 8, 12: up to {looks} numbers from 1 to {latest}."""

    field = "weeks"


class PoleMissing(Refusal):
    """Each side needs a name of a word or two. Or choose a pair, and leave both empty."""

    field = "left"


class PolesEqual(Refusal):
    """These two are the same. What is the other side, which this one needs?"""

    field = "right"


class HoldsAnotherMap(Refusal):
    """A map is being made in this channel already: {left} and {right}. Finish it or stop it first, or choose another
    channel."""

    field = "channel"


class MovedMeanwhile(Refusal):
    """Somebody was a moment quicker: this map has moved on already. You will find where it is in its channel."""


class TooFewPeople(Refusal):
    """It takes at least {least} people to walk this map. So far {here} stepped in."""


class NotWalkedYet(Refusal):
    """Nobody walks here yet. Your words are still here, so you can copy them."""

    field = "first"


class MapIsOver(Refusal):
    """This map has been gathered, so it takes no more lines. Your words are still here, so you can copy them."""

    field = "first"


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


class SectorNotHere(Refusal):
    """Please choose one of this circle's sectors."""

    field = "sector"


class AnswersHaveGone(Refusal):
    """These answers have gone out already, perhaps sent by another convener. Nobody was told anything twice."""


class NotYetDecided(Refusal):
    """Please choose for everybody before the answers go out together: {left} to go."""


class AwayNeedsAnEnd(Refusal):
    """Until when are you away? Please give a day from today on; you can come back sooner."""

    field = "until"


class AwayTooLong(Refusal):
    """You can be away for a year at most. After that, just say it again."""

    field = "until"
