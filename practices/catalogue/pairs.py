"""Starting pairs for a both/and map: two poles that need each other, each by a name its friends would choose."""

PAIRS: tuple[tuple[str, str], ...] = (
    ("moving quickly", "taking time"),
    ("local freedom", "shared approach"),
    ("listening", "deciding"),
    ("being human", "being accountable"),
    ("speaking up", "making space"),
    ("numbers", "stories"),
    ("caring for ourselves", "caring for others"),
    ("keeping what works", "trying something new"),
    ("clear roles", "shared leadership"),
    ("safe spaces", "brave spaces"),
    ("planning ahead", "responding to what emerges"),
    ("paid roles", "voluntary energy"),
    ("prevention", "response"),
    ("depth with a few", "reach to many"),
)
