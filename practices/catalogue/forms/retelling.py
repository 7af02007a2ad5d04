"""Telling it again: an old story, told by somebody who has lived on since."""

from practices.forms import Ask, Form

FORM = Form(
    key="retelling",
    title="Telling it again",
    about="An old story, told as you see it now.",
    asks=(
        Ask("as_told", "The story as I told it", limit=600),
        Ask("now", "How I would tell it now", limit=800, required=True),
        Ask("shifted", "What shifted my view", limit=400),
        Ask(
            "helped",
            "Who helped",
            "people",
            limit=3,
            hint="I ask each of them first, and name only those who say yes. With Just me nobody is asked.",
        ),
    ),
    preset="conveners",
    minutes=4,
)
