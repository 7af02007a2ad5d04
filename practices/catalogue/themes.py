"""The forty weekly questions, by theme: each can be answered in a sentence, and each may be passed.

A key is kept with every question a circle has met, so it never changes and is never given to another
question: a new question takes the next number of its theme, a withdrawn one leaves its number behind.
"""

from practices.rotation import Depth, Question

_Numbered = tuple[int, Depth, str]


def _light(number: int, text: str) -> _Numbered:
    return number, "light", text


def _middle(number: int, text: str) -> _Numbered:
    return number, "middle", text


def _deep(number: int, text: str) -> _Numbered:
    return number, "deep", text


def _theme(name: str, slug: str, *questions: _Numbered) -> tuple[Question, ...]:
    return tuple(Question(f"{slug}-{number}", name, depth, text) for number, depth, text in questions)


BANK: tuple[Question, ...] = (
    *_theme(
        "Arriving",
        "arriving",
        _light(1, "What was the last thing you did before opening this message?"),
        _light(2, "If your week had a weather forecast, what would it say?"),
        _light(3, 'Finish the sentence: "I\'m mostly here, but part of me is..."'),
        _light(4, "Which part of this week are you looking forward to, however small?"),
        _middle(5, "What would help you be present with this group today?"),
    ),
    *_theme(
        "One another",
        "one-another",
        _light(1, "Who made something easier for you lately, and what did they do?"),
        _middle(2, "What do people often assume about your work that isn't quite right?"),
        _middle(3, "What did you hear someone say that has stayed with you?"),
        _light(4, "What would you like to ask somebody here about an ordinary day in their job?"),
        _middle(5, "When did you last feel properly listened to at work, and what did the listener do?"),
    ),
    *_theme(
        "Learning, not knowing",
        "learning",
        _deep(1, "What question are you living with that has no answer yet?"),
        _deep(2, "What are you less sure about than you used to be?"),
        _middle(3, "What did you try recently that went differently from the plan?"),
        _middle(4, "Is there a habit of your own sector you would happily put down?"),
        _light(5, "What would have been good to know when you started this work?"),
    ),
    *_theme(
        "Across boundaries",
        "across",
        _light(1, "Which everyday word in your sector might mean something else to the rest of us?"),
        _middle(2, "Which boundary did you cross this week: a building, a team, a way of talking?"),
        _deep(3, "Whose view was not in a room you were in?"),
        _middle(4, "What can you do from where you sit that others here can't, and the other way round?"),
        _deep(5, "When have you noticed a title or a budget changing how a room behaved?"),
    ),
    *_theme(
        "Both/and",
        "both-and",
        _deep(1, "Where are you pulled two ways just now, with something good on each side?"),
        _middle(2, "What felt too fast this week? What felt too slow?"),
        _deep(3, "What did you leave alone rather than fix, and what happened next?"),
        _deep(4, "Is there a disagreement you are learning from? What is it showing you?"),
        _middle(5, "What is worth keeping, even while other things change?"),
    ),
    *_theme(
        "Ripples",
        "ripples",
        _middle(1, "Has anything from this group turned up somewhere else, even a phrase?"),
        _middle(2, "Did a conversation with someone here change anything you did this week?"),
        _middle(3, "Have you seen two people or teams talking who weren't a year ago?"),
        _light(4, "How would you tell a friend about this work in three sentences?"),
        _middle(5, "What is ordinary now that would have been odd a year ago?"),
    ),
    *_theme(
        "Place and people",
        "place",
        _light(1, "Where in the county were you this week, and what did you notice there?"),
        _middle(2, "What did someone outside any organisation teach you?"),
        _light(3, "Which place near you brings people together without trying to?"),
        _middle(4, "What is going on in a community you know that never makes it into a report?"),
        _middle(5, "If a neighbour asked what we are for, what would you say?"),
    ),
    *_theme(
        "Time, hope, rest",
        "time",
        _light(1, "What gave you a lift this week?"),
        _middle(2, "Did you say no to anything lately, and what did that make room for?"),
        _light(3, "What would you do with one unplanned hour together?"),
        _deep(4, "Does anything feel more possible, or less, than {season}?"),
        _deep(5, "Is there something you are ready to finish, hand on or let go of?"),
    ),
)

THEMES: tuple[str, ...] = tuple(dict.fromkeys(question.theme for question in BANK))
