"""Something left unsaid: the one line of *After we met* that goes by itself, without a name."""

from practices.forms import Ask, Form

FORM = Form(
    key="unsaid",
    title="Something left unsaid",
    about="What nobody said when we met.",
    asks=(Ask("unsaid", "Something left unsaid", limit=400, required=True),),
    preset="unnamed",
    together=True,
    months=12,
    opens="bot",
)
