"""After we met: a word on leaving, what mattered, and what was left unsaid."""

from practices.forms import Ask, Form

FORM = Form(
    key="afterwards",
    title="After we met",
    about="A few words after a gathering.",
    asks=(
        Ask("leaving", "One word on leaving", "line", limit=30),
        Ask("mattered", "Something that mattered", limit=400, required=True),
        Ask("unsaid", "Something left unsaid", limit=400, apart="unsaid"),
        Ask("next_time", "Something for next time", limit=300),
    ),
    preset="circle",
    seals=True,
    together=True,
    months=12,
    opens="anyone",
)
