"""The weekly check-in: a sentence under this week's question."""

from practices.forms import Ask, Form
from practices.keeping import ANSWERS_MONTHS

WEATHER = (
    ("sunny", "Sunny"),
    ("bright", "Bright spells"),
    ("overcast", "Overcast"),
    ("windy", "Windy"),
    ("foggy", "Foggy"),
)

FORM = Form(
    key="checkin",
    title="Check-in",
    about="Answer this week's question.",
    asks=(
        Ask("answer", "Your answer", limit=1200, required=True),
        Ask("arriving", "How I arrive", "choice", choices=WEATHER),
    ),
    preset="circle",
    ladder=("me", "conveners", "circle"),
    months=ANSWERS_MONTHS,
    opens="rhythm",
    minutes=1,
)
