"""A convener's note: what she noticed, and what she held back from doing."""

from practices.forms import Ask, Form

FORM = Form(
    key="convening",
    title="A convener's note",
    about="What you noticed in the group, for yourself.",
    asks=(
        Ask("noticed", "What I noticed in the group", limit=600, required=True),
        Ask("held_back", "What I held back from doing", limit=400),
        Ask("left", "A polarity I sense: the one side", "line", limit=32),
        Ask("right", "and the other side", "line", limit=32),
    ),
    preset="me",
    ladder=("me", "conveners"),
    opens="convener",
    minutes=3,
)
