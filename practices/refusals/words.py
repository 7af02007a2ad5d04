"""Of words that anybody writes anywhere."""

from practices.refusals.declining import Refusal


class NothingWritten(Refusal):
    """There are no words here yet. A sentence is plenty."""

    field = "answer"


class TooLong(Refusal):
    """That is {length} characters; {limit} fit here. Could you shorten it a little?"""

    field = "answer"
