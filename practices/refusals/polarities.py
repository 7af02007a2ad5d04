"""Of both/and maps."""

from practices.refusals.declining import Refusal


class TooManyDots(Refusal):
    """You have {limit} dots here. Please take one off before you give another."""


class NotAlike(Refusal):
    """These lines stand in different corners, so they cannot lie on one another."""


class NothingToLay(Refusal):
    """Choose the line that lies on top, and those that say the same as it."""

    field = "top"


class DayUnfit(Refusal):
    """Please choose a day from today on, within a year."""

    field = "by"


class WeeksUnclear(Refusal):
    """Please write after how many weeks to look, such as 4, 8, 12: up to {looks} numbers from 1 to {latest}."""

    field = "weeks"


class WeeksOver(Refusal):
    """The look after {last} weeks has begun or is over. Please add a later week, up to {latest}."""

    field = "weeks"


class PoleMissing(Refusal):
    """Each side needs a name of a word or two. Or choose a pair, and leave both empty."""

    field = "left"


class HalfMissing(Refusal):
    """Each half needs a word or two: this, and at the same time that."""


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


class MapGone(Refusal):
    """This map is here no more, so there is nothing to be done with it."""


class NoRoomHere(Refusal):
    """Each of us has {lines} lines at a stop. Some of yours stand there already, so there is room for {room} more."""

    field = "first"


class AllWalked(Refusal):
    """You have written at every stop that is open. Thank you: there is nothing more to do here just now."""


class NotOfItsChannel(Refusal):
    """This map is made in another channel. Please join that channel first."""


class HeldByOthers(Refusal):
    """Whoever holds this, or convenes the circle, moves it on. It is held by {holders}."""


class GatheredAlready(Refusal):
    """The gathering is over, or has not begun. You will find where this map is in its channel."""


class HoldsWithNobody(Refusal):
    """{names} cannot hold this map yet: choose a full member who is in that channel."""

    field = "second"


class NothingHereYet(Refusal):
    """Nothing stands here yet. Where names are not shown, lines wait until five people or more have written."""


class TooFewHere(Refusal):
    """It takes {least} people, and this channel has {here}. Choose a smaller number, or a channel with more of us."""

    field = "least"
