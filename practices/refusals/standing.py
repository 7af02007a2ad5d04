"""Of the second half of a both/and map: wordings, standing, small steps and early signs, and an eye kept on it."""

from practices.refusals.declining import Refusal


class WordingsShown(Refusal):
    """These wordings are being looked at already, so no more are taken. Your words are still here, so you can copy
    them."""

    field = "purpose"


class RoundOver(Refusal):
    """This round is over, so no more answers are taken."""

    field = "place"


class ThreeAlready(Refusal):
    """There are {limit} for {pole} already. Few and small works best: change one, or take one out."""

    field = "words"


class OwnerNotHere(Refusal):
    """Whoever takes a step has to be in this channel. Please choose somebody who is, or nobody."""

    field = "owner"


class NoSuchLook(Refusal):
    """This look is over. If there is another, it comes by itself."""
