"""Of circles and who looks after them."""

from practices.refusals.declining import Refusal


class NoCircleHere(Refusal):
    """This channel has no circle yet. Invite me here; then anyone in it can set one up with `/{word} circle`."""


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


class MonthsUnclear(Refusal):
    """Please choose one of these lengths of time."""

    field = "answers_months"


class LongerNeedsWhy(Refusal):
    """Please say why it is kept longer: a sentence is plenty. Your channel reads it."""

    field = "longer"


class LearningSettled(Refusal):
    """This digest has been posted or let go. The next draft comes by itself."""
