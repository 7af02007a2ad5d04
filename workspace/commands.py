"""The menu and the help behind the command."""

from practices.model import Circle
from workspace.blocks import Block, actions, button, context, if_worried, mrkdwn, safe, section

EXAMPLES = {
    "checkin": "answer this week's question in this channel",
    "reflect": "write something down, for yourself or to share: `reflect`, or `reflect mine` for what you wrote",
    "ripple": "tell where something of this work turned up",
    "met": "say a few words after a gathering",
    "pocket": "a both/and of your own, in four sentences that nobody else reads",
    "polarity": "make a both/and map together: `polarity`, or `polarity list` for those you hold or convene",
    "wicked": "ask a wicked question in this channel: how is it that we are … and … at the same time?",
    "recall": "find what was said here: `recall hope`, or `recall` alone for a form",
    "circle": "set up this channel's circle, or change it: `circle`; look at its figures: `circle figures`; at "
    "the questions to come: `circle questions`; invite people to join it: `circle invite`",
    "match": "talk with somebody you would not meet otherwise: join, change, leave; `match rounds` for conveners",
    "away": "be reminded of nothing, and in no match round, until a day of your choice",
    "me": "see what is kept about you, take it along, or be forgotten",
    "help": "show this",
}


def menu(word: str, channel: str, typed: str = "") -> list[Block]:
    """What can be done here, as buttons; `typed` is a word we did not know."""
    unknown = f"I do not know “{safe(typed[:40])}”. " if typed else ""
    places = (
        [
            button("This circle", "set_up", channel),
            button("Talk with somebody", "match_join", channel),
            button("Figures", "figures", channel),
            button("A wicked question", "wicked_begin", channel),
        ]
        if channel.startswith(("C", "G"))
        else []
    )
    return [
        section(f"{unknown}What would you like to do?"),
        actions(
            button("Answer this week's question", "menu_checkin", channel, primary=True),
            button("Write something", "menu_reflect", channel),
            button("Find something", "menu_recall", word),
            button("Begin a both/and map", "polarity_begin", channel or word),
            *places,
            button("What is kept about me", "my_record"),
            button("Help", "menu_help", word),
        ),
        context(f"You can also type `/{word} help`."),
    ]


def help_text(word: str, circle: Circle | None, typed: str = "help") -> list[Block]:
    """Every word with an example; none of them needs to be learnt. `circle` is the one here, `typed` what was taken to
    mean help."""
    lines = "\n".join(f"`/{word} {one}` - {what}" for one, what in EXAMPLES.items())
    return [
        section("*What I can do*" if typed == "help" else meant(word, "help", typed)),
        {"type": "section", "text": mrkdwn(lines)},
        context("Everything has a button too: `/" + word + "` alone shows them. Passing is always fine."),
        *([context(if_worried(circle.turn_to, "please tell its conveners."))] if circle else []),
    ]


def meant(word: str, near: str, typed: str) -> str:
    """Said when a word was nearly right."""
    return f"I took “{safe(typed[:40])}” to mean `/{word} {near}`."
