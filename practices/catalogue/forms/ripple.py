"""A ripple: something of this work that turned up somewhere else."""

from practices.forms import Ask, Form, choices

FORM = Form(
    key="ripple",
    title="A ripple",
    about="Something of this work that turned up somewhere else.",
    asks=(
        Ask("noticed", "What I noticed", limit=500, required=True),
        Ask(
            "where",
            "Where",
            "choice",
            choices=choices(
                "My organisation", "Another organisation", "Neighbourhood", "Partnership meeting", "Elsewhere"
            ),
        ),
        Ask("together", "Were two or more of us there?", "choice", choices=choices("Yes", "No", "Not sure")),
        Ask("know", "How I know", "choice", choices=choices("I saw it", "I was told", "A hunch")),
        Ask("started", "What may have started it", limit=300),
    ),
    preset="circle",
    months=24,
)
