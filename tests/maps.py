"""Both/and maps of every kind, whose drawings are kept beside the tests; run as a program it draws them anew."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from practices.polarities.map import CORNERS, Found, Line, Map, Side, Standing, Step
from workspace.pictures.polarities import drawn

KEPT = Path(__file__).parent / "drawings"


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, dots=len(texts) - n) for n, text in enumerate(texts))


def standing(
    on: date, stood: tuple[int, int, int, int], scores: tuple[float, float, float, float], unsure: int = 0
) -> Standing:
    return Standing(on, dict(zip(CORNERS, map(Found, stood, scores), strict=True)), unsure)


def _bare(left: str, right: str) -> Map:
    return Map(Side(left), Side(right))


def _ours() -> Map:
    left = Side(
        "Moving quickly",
        lines(
            "People see something change this month",
            "Momentum keeps partners in the room",
            "We learn by trying, not by guessing",
        ),
        lines("Same few people decide everything", "Communities feel done-to, again", "Staff run on empty"),
        (
            Step("One two-week try-out each quarter"),
            Step("Say yes to the smallest next step", helps_both=True),
        ),
        ("Papers arrive the night before", "Only paid staff speak"),
    )
    right = Side(
        "Taking time",
        lines(
            "Quieter voices shape the work",
            "Trust that holds when things get hard",
            "We find the root, not the symptom",
        ),
        lines("Another year of talking", "Families wait while we convene", "Funders and members drift away"),
        (
            Step("Open with a round before any decision", "Asha", date(2026, 12, 4)),
            Step("Ask who is missing, then wait for them"),
        ),
        ("Third meeting with no next step", "“We have said this before”"),
    )
    now = standing(date(2026, 11, 26), (3, 5, 9, 2), (0.3, 0.6, 0.9, 0.2), unsure=1)
    return Map(
        left,
        right,
        question="How can we move quickly and take time at the same time?",
        purpose="Fairer health that lasts, shaped with the people it is for",
        fear="Promises nobody believes any more",
        now=now,
        circle="Hertfordshire lab",
    )


def _full() -> Map:
    """Every field as long as it may be."""
    seventy = "A step that is told in as many letters as a step of ours may have, no more"[:70]
    line = "From here I see that everybody is asked, and that nobody hears any answer"[:75]
    side = Side(
        "Local freedom for neighbourhoods",
        lines(*[f"{line[:72]} {n}" for n in range(9)]),
        lines(*[f"{line[:72]} {n}" for n in range(30)]),
        tuple(Step(f"{seventy[:67]} {n}") for n in range(3)),
        tuple(f"{seventy[:67]} {n}" for n in range(3)),
    )
    other = replace(side, pole="Shared approaches for the county")
    purpose = "Every neighbourhood finds its own way, and what works for one reaches all of us"[:80]
    fear = "Forty small islands that do not speak, or one great plan that nobody recognises"[:80]
    now = standing(date(2026, 11, 26), (14, 21, 12, 13), (1.0, 0.0, 0.5, 0.75))
    return Map(side, other, "Why?", purpose, fear, now)


def gallery() -> dict[str, Map]:
    """Each kind by its name."""
    ours, full = _ours(), _full()
    then = standing(date(2026, 10, 3), (2, 12, 3, 19), (0.1, 0.9, 0.2, 0.8), unsure=2)
    bare = _bare("Listening", "Deciding")
    return {
        "empty": bare,
        "ours": ours,
        "full": full,
        "very-long": Map(
            Side(
                "W" * 32,
                lines("W" * 75, "word " * 200),
                lines("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio" * 9),
            ),
            Side("Responding to whatever emerges, however " * 5, lines("x" * 3000), lines("i" * 75)),
            purpose="A purpose that goes on and on " * 40,
            fear="Fearfulness" * 40,
        ),
        "welsh": Map(
            Side(
                "Gwrando’n ofalus",
                lines("Mae lleisiau tawel yn cael lle", "Ŵyr y cŵn, ŷd a gŵydd: tŷ, sŵn, dŵr, ŷch"),
            ),
            Side("Penderfynu’n brydlon", (), lines("Mae’r un rhai’n siarad bob tro")),
            purpose="Iechyd tecach, wedi’i lunio gyda’r bobl",
        ),
        "polish": Map(
            Side(
                "Działać szybko",
                lines("Zażółć gęślą jaźń", "Ludzie widzą zmianę"),
                lines("Łódź bez wioseł, źdźbło na wietrze"),
            ),
            Side(
                "Nie śpieszyć się",
                lines("Cichsze głosy też się liczą"),
                lines("Rodziny czekają, aż się naradzimy"),
            ),
            purpose="Sprawiedliwsze zdrowie dla każdego sąsiedztwa",
            fear="Obietnice, w które nikt już nie wierzy",
        ),
        "missing-letters": Map(
            Side(
                "Numbers → facts",
                lines(
                    "Μετράμε ό,τι μετράει",
                    "We counted 🎉🎉 and cheered",
                    "x̂ ± 3 is a mean",
                    "Идём вперёд вместе",
                ),
            ),
            Side(
                "Stories 📖", lines("👩‍👩‍👧 tell it best", "A ⇒ B", "一期一会"), lines("Only ½ of it is true")
            ),
            purpose="Το όλον",
            fear="We hear nobody",
        ),
        "right-to-left": Map(
            Side(
                "להקשיב",
                lines("לשמוע את כולם ואז לדבר", "Abc \u202eזה הפוך\u202c def"),
                lines("نحن ننتظر طويلا"),
            ),
            Side("Deciding", lines("קצר and ברור"), ()),
            purpose="שלום بيننا",
        ),
        "two-people": replace(ours, now=standing(date(2026, 11, 26), (1, 0, 0, 1), (0.5, 0.25, 0.0, 1.0))),
        "sixty-people": replace(
            ours, now=standing(date(2026, 11, 26), (4, 33, 2, 21), (0.2, 0.95, 0.1, 0.8))
        ),
        "sixty-in-one-corner": replace(full, now=standing(date(2026, 11, 26), (0, 0, 60, 0), (0, 0, 1, 0))),
        "no-purpose-yet": replace(ours, purpose="", fear="", now=None),
        "then-and-now": replace(ours, then=then),
        "then-and-now-long": replace(full, then=standing(date(2026, 9, 2), (60, 0, 0, 0), (1, 1, 1, 1))),
        "steps-and-signs-full": replace(full, left=replace(full.left, gifts=(), fears=()), now=None),
        "one-side-empty": replace(ours, right=Side("Taking time")),
        "stopped": replace(
            ours, stopped="Not a polarity: one decision would end it, and it is the board’s to make"
        ),
    }


def redraw() -> None:
    """All of them anew; what no longer is a kind goes."""
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("*.svg"):
        old.unlink()
    for name, found in gallery().items():
        (KEPT / f"{name}.svg").write_text(drawn(found).svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    redraw()
