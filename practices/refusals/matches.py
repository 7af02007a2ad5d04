"""Of match rounds."""

from practices.refusals.declining import Refusal


class NotDrawn(Refusal):
    """The draw did not come to its end this time, and nothing has changed. Please try again in a few minutes."""


class NoMatchesHere(Refusal):
    """There are no match rounds in this circle yet. A convener can begin them with `/{word} match`."""


class NoMatchesYet(Refusal):
    """None of your circles has match rounds yet. A convener can begin them with `/{word} match` in its channel."""


class SectorsMissing(Refusal):
    """Please name two sectors at least, each on a line of its own."""

    field = "sectors"


class RoundToday(Refusal):
    """A round opens or has opened here today. One a day is enough."""


class RoundsRest(Refusal):
    """Match rounds rest here just now, so none opens. Once they come again, you can run one."""


class RoundStillOpen(Refusal):
    """A round is open here just now. As soon as it has closed, you can run another one."""


class RoundOpenAlready(Refusal):
    """A round has opened meanwhile. The next one can be looked at as soon as it is foreseen."""


class RoundMovedOn(Refusal):
    """That round has moved on, so this changes nothing any more."""


class NotYourMatch(Refusal):
    """This conversation belongs to others, or you have said *not this time* to it."""


class MatchFreed(Refusal):
    """This conversation does not take place: somebody can't this time, and that is nobody's fault."""


class MatchOver(Refusal):
    """This round is over. The next one comes by itself."""


class NoMoreQuestions(Refusal):
    """That was the last of three other questions. Now you will find one of your own."""


class InThePast(Refusal):
    """That moment has passed. Please choose one that comes."""

    field = "on"


class MeetsTooLate(Refusal):
    """That is more than a year away. Please choose a day that comes sooner."""

    field = "on"


class MatchedAlready(Refusal):
    """You are in a conversation of this round already, so nobody else is looked for."""


class NobodyIsFreeNow(Refusal):
    """It is too late to find somebody in this round. The next one comes by itself."""


class NotWithYourself(Refusal):
    """Please choose two people at least."""

    field = "people"


class NoteOnItsWay(Refusal):
    """What was written here before is just going out. Please try again in a moment."""


class RoundsWithoutMe(Refusal):
    """I am not in <#{channel}> any more, so nobody can join its match rounds. Whoever is there can `/invite` me."""

    field = "sector"


class NotAmongThem(Refusal):
    """Match rounds are for the people in a circle's channel. Please join <#{channel}> first."""

    field = "sector"
