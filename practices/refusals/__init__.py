"""What the bot declines, each noun's in a file of its own. The docstring of each is the sentence the member reads."""

from practices.refusals.archive import (
    AlreadyGone,
    MemoryOff,
    NothingAsked,
    NothingToRead,
    NotSaid,
    NotYourWords,
)
from practices.refusals.circles import (
    BotNotHere,
    ConvenerNotHere,
    GatheringHalf,
    GuestsDoNotConvene,
    LearningSettled,
    NameMissing,
    NobodyConvenes,
    NoCircleHere,
    NotAChannel,
    NotAConvener,
    NotInAChannel,
    QuietDatesCrossed,
    QuietDatesHalf,
    QuietTooLong,
    TimeUnreadable,
    TooManyConveners,
    TooManySectors,
    ZoneUnknown,
)
from practices.refusals.cohorts import (
    AnswersHaveGone,
    ClosesTooSoon,
    InvitationOver,
    InvitationStillOpen,
    InvitationUnclear,
    InvitationWithdrawn,
    NotYetDecided,
    PlacesUnclear,
    SectorMissing,
)
from practices.refusals.declining import Refusal, Refusals
from practices.refusals.matches import AwayNeedsAnEnd, AwayTooLong, NotDrawn
from practices.refusals.polarities import (
    HoldsAnotherMap,
    MapIsOver,
    MovedMeanwhile,
    NotAlike,
    NotWalkedYet,
    PoleMissing,
    PolesEqual,
    TooFewPeople,
    TooManyDots,
    WeeksUnclear,
)
from practices.refusals.prompts import (
    ClosedMeanwhile,
    MissedIsSettled,
    NoPromptOpen,
    PromptClosed,
    PromptTakenDown,
    StillOnItsWay,
    TakenDownMeanwhile,
)
from practices.refusals.queue import (
    DayIsGone,
    ProposalSettled,
    QuestionMissing,
    QuestionTooEarly,
    TooManyProposals,
)
from practices.refusals.wicked import (
    NobodyWroteYet,
    NoChannelForIt,
    TooFewWrote,
    WickedMoved,
    WickedShown,
)
from practices.refusals.words import NothingWritten, TooLong
from practices.refusals.writings import (
    AskMissing,
    CannotBeSealed,
    CircleTooSmall,
    FormGone,
    KeyIsLost,
    NoCircleForThat,
    NoLink,
    NoSuchLine,
    NothingAnswered,
    NotInCircle,
    NotInThisForm,
    OnlyForPublic,
    PulseAnswered,
    PulseOver,
    SavedElsewhere,
    SealedBefore,
    ShownBefore,
    TooManyChosen,
    WrongReceipt,
)

__all__ = [
    "AlreadyGone", "AnswersHaveGone", "AskMissing", "AwayNeedsAnEnd", "AwayTooLong", "BotNotHere",
    "CannotBeSealed", "CircleTooSmall", "ClosedMeanwhile", "ClosesTooSoon", "ConvenerNotHere", "DayIsGone",
    "FormGone", "GatheringHalf", "GuestsDoNotConvene", "HoldsAnotherMap", "InvitationOver",
    "InvitationStillOpen", "InvitationUnclear", "InvitationWithdrawn", "KeyIsLost", "LearningSettled",
    "MapIsOver", "MemoryOff", "MissedIsSettled", "MovedMeanwhile", "NameMissing", "NoChannelForIt",
    "NoCircleForThat", "NoCircleHere", "NoLink", "NoPromptOpen", "NoSuchLine", "NobodyConvenes",
    "NobodyWroteYet", "NotAChannel", "NotAConvener", "NotAlike", "NotDrawn", "NotInAChannel", "NotInCircle",
    "NotInThisForm", "NotSaid", "NotWalkedYet", "NotYetDecided", "NotYourWords", "NothingAnswered",
    "NothingAsked", "NothingToRead", "NothingWritten", "OnlyForPublic", "PlacesUnclear", "PoleMissing",
    "PolesEqual", "PromptClosed", "PromptTakenDown", "ProposalSettled", "PulseAnswered", "PulseOver",
    "QuestionMissing", "QuestionTooEarly", "QuietDatesCrossed", "QuietDatesHalf", "QuietTooLong", "Refusal",
    "Refusals", "SavedElsewhere", "SealedBefore", "SectorMissing", "ShownBefore", "StillOnItsWay",
    "TakenDownMeanwhile", "TimeUnreadable", "TooFewPeople", "TooFewWrote", "TooLong", "TooManyChosen",
    "TooManyConveners", "TooManyDots", "TooManyProposals", "TooManySectors", "WeeksUnclear", "WickedMoved",
    "WickedShown", "WrongReceipt", "ZoneUnknown",
]  # fmt: skip
