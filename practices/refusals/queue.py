"""Of the questions that come next, and those that members propose."""

from practices.refusals.declining import Refusal


class QuestionMissing(Refusal):
    """What would you like to ask? One question of a sentence is plenty."""

    field = "question"


class QuestionTooEarly(Refusal):
    """That one is more than a week away. A question can be asked up to seven days early."""


class DayIsGone(Refusal):
    """This has changed meanwhile: its question was asked, or its day has passed. Please look once more."""


class ProposalSettled(Refusal):
    """This proposal has been answered already, perhaps by another convener, or taken back."""


class TooManyProposals(Refusal):
    """{most} of your questions wait in this circle already. Its conveners will look at those first."""

    field = "question"
