"""A pocket map: a both/and of one's own, in four sentences, for nobody else."""

from practices.forms import Ask, Form

FORM = Form(
    key="pocket",
    title="A pocket map",
    about="Two good things that pull at you, in four sentences, for you alone.",
    asks=(
        Ask("lean", "Lately I lean towards...", limit=300, required=True),
        Ask("gives", "What that gives...", limit=300),
        Ask("overdo", "When I overdo it...", limit=300),
        Ask("visit", "The other side I could visit...", limit=300),
    ),
    preset="me",
    ladder=("me",),
    minutes=2,
)
