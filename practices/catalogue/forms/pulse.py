"""The foundations pulse: six small questions each quarter, shown as sums of five people or more."""

from practices.forms import Ask, Form

STEPS = (
    ("not_yet", "Not yet"),
    ("a_little", "A little"),
    ("mostly", "Mostly"),
    ("strongly", "Strongly"),
    ("cannot_say", "I can't say"),
)
FOUNDATIONS = (
    ("purpose", "We can say in one breath what we are here for"),
    ("need", "We believe we need one another to do it"),
    ("disagree", "We can disagree and stay in touch"),
    ("share", "We do what we said, and share credit and power"),
    ("fit", "Time, money and meeting places fit the way we want to work"),
    ("change", "We look back together and change something because of it"),
)

FORM = Form(
    key="pulse",
    title="Foundations pulse",
    about="Six small questions about how we work together, each quarter.",
    asks=(
        *(Ask(name, label, "choice", choices=STEPS) for name, label in FOUNDATIONS),
        Ask("effort", "Where would one small effort help most?", "choice", choices=FOUNDATIONS),
        Ask("why", "Why there?", limit=300),
    ),
    preset="unnamed",
    ladder=("unnamed",),
    months=24,
    opens="bot",
    minutes=2,
)
