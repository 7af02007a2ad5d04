"""What each step of the ladder means, and other words that are said about writings."""

from collections.abc import Sequence

from practices.forms import Form, Visibility
from practices.writings import Writing
from workspace.blocks import (
    Block,
    button,
    plain,
    safe,
    section,
)

# What each step of the ladder means, in one sentence, where it is chosen: at most 75 characters, Slack's limit.
SEEN: dict[Visibility, tuple[str, str]] = {
    "me": ("Just me", "Nobody else can read it, whatever their role."),
    "conveners": ("Me and conveners", "This circle's conveners can read it, and nobody else."),
    "circle": ("This circle", "Posted in the circle's channel, with your name."),
    "unnamed": ("Circle, without my name", "Shown without your name, once five people have written."),
    "everyone": ("Everyone here", "Posted with your name, and found by everyone in our memory."),
}
UNNAMED = (
    "Without my name: the bot keeps a link, under your own key, so that you can edit or delete it. Conveners cannot "
    "see it; whoever runs the server technically could. It waits until five people of the circle have written, and is "
    "then shown among theirs, mixed. If fewer than five people's lines are left, none of them is shown any more."
)
NOT_BACK = "Not while it is without your name: nothing but your own key knows that it is yours."
NOT_UNNAMED = "Without your name is not offered here: among fewer than five people one could guess who wrote."
STOOD = (
    "Without your name is not offered any more: this has stood in the channel, so people would know it again."
)
SEALED = ("Sealed", "Nobody, not even the bot, can look up who wrote it. No edit.")
SEALING = (
    "Sealed: it waits until five people have sealed theirs, and is then shown among them. You are shown a receipt, "
    "once, with which it can be taken back. A saved draft is kept with your name, so it cannot be sealed."
)
COULD_NAME_YOU = (
    "*Could this name you?* Read it once more as somebody would who knows you: a name, a place, a job that only you "
    "have, a story that people know. You can say it another way, or leave it out."
)
BY_ITSELF = "What was left unsaid goes without your name, as soon as five people have left such a line. "
APART = "Show it without my name"
APART_MEANS = "It waits until five people have left such a line, and is then shown among theirs, mixed."
TOO_FEW = "With fewer than five people in the circle it stands with your name, like the rest."
LOST = "_Its key is missing, so it cannot be opened just now._"
BEFORE = "What was asked before"


def done(writing: Writing, word: str, apart: Writing | None = None) -> str:
    """Said to its author alone."""
    where = f"You find it in your App Home, or with `/{word} reflect mine`."
    match writing.visibility:
        case "me":
            return f"Kept, for you alone. {where}"
        case "conveners":
            return f"Kept. You and your circle's conveners can read it. {where}"
        case "unnamed":
            if writing.down:
                return f"Kept. A convener has taken this line down, so it is not shown. {where}"
            if writing.batch:
                return f"Kept, and changed where it is shown without your name. {where}"
            return f"Kept. It is shown without your name as soon as five people have written. {where}"
        case _:
            return f"Shared in <#{writing.channel}>. {BY_ITSELF if apart else ''}{where}"


def drafted(word: str) -> str:
    return f"Your draft waits for a week: open the form again, with `/{word} reflect` or from your App Home."


def thanks(text: str, *more: Block) -> Block:
    """In the form's place, once it is sent; and what could come next."""
    return window("Thank you", [section(text), *more])


def window(title: str, blocks: Sequence[Block]) -> Block:
    """A window that only shows something."""
    return {"type": "modal", "title": plain(title), "close": plain("Close"), "blocks": list(blocks)}


def menu(forms: Sequence[Form], circle: str) -> list[Block]:
    """What can be written here, each with its button. `circle` is the channel, where there is one."""
    return [
        section("What would you like to write?"),
        *(
            section(safe(form.about), accessory=button(form.title, "write", f"{form.key}/{circle}"))
            for form in forms
        ),
    ]


def picking(forms: Sequence[Form], circle: str) -> Block:
    """The same as a window, for where there is no channel to say it in."""
    return {
        "type": "modal",
        "title": plain("Reflect"),
        "close": plain("Not now"),
        "blocks": menu(forms, circle),
    }
