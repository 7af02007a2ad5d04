"""Of the memory."""

from practices.refusals.declining import Refusal


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
