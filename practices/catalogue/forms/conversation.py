"""After a peer conversation: for the two of you, unless both say that others may hear it."""

from practices.forms import Ask, Form

FORM = Form(
    key="conversation",
    title="Our conversation",
    about="What you take away from a conversation with a peer.",
    asks=(
        Ask(
            "met",
            "Did you meet?",
            "choice",
            choices=(("met", "We met"), ("booked", "It's booked"), ("not", "Not this time")),
        ),
        Ask("talked_about", "What we talked about", limit=300),
        Ask("take_away", "Something I take away", limit=400, required=True),
    ),
    preset="me",
    ladder=("me", "conveners", "circle"),
    months=12,
    opens="bot",
)
