"""A moment worth keeping: what happened, what I make of it, what I might do."""

from practices.forms import BRING_BACK, Ask, Form

BACK = (("in_three_months", "In three months, and in a year"), ("in_a_year", "In a year"))

FORM = Form(
    key="moment",
    title="A moment worth keeping",
    about="Something that happened, before it slips away.",
    asks=(
        Ask("happened", "What happened", limit=600, required=True),
        Ask("make_of_it", "What I make of it", limit=600, required=True),
        Ask("might_do", "One thing I might do", limit=300),
        Ask("link", "A link or a thread it belongs to", "link", limit=3000),
        Ask(BRING_BACK, "Bring it back to me", "choice", choices=BACK),
    ),
    preset="me",
    minutes=3,
)
