"""A member's own page has room for everybody, however much there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as some

from practices.catalogue.forms import FORMS
from practices.forms import Forms
from practices.home import NEWEST, Convening, Page
from practices.model import Circle, Prompt
from practices.rhythm import Rhythm
from practices.writings import Writing
from workspace.blocks import context, header
from workspace.blocks import section as words
from workspace.home import home
from workspace.home.parts import LIMIT, Part, laid_out

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
CIRCLE = Circle(
    "circle", "T1", "C1", "Co-lab", "", ("U1",), Rhythm(1, time(9, 30), "Europe/London", gathering=(3, time(14))),
    (), (), "chosen", date(2026, 11, 2),
)  # fmt: skip
PROMPT = Prompt(
    "prompt", "T1", "circle", "C1", date(2026, 11, 3), date(2026, 11, 3), "k", "Arriving", "light",
    "What was hard & <what> was easy?", late=False, open_until=date(2026, 11, 10), digest_at=None, ts="1.0",
)  # fmt: skip
PARTS = some.lists(some.tuples(some.integers(0, 4), some.integers(0, 120), some.integers(0, 4)), max_size=9)


def page(circles: int, convened: int, prompts: int, written: int) -> Page:
    """Somebody with so much of everything."""
    return Page(
        member="U1",
        zone="Europe/London",
        now=NOW,
        prompts=tuple(replace(PROMPT, id=f"prompt {number}") for number in range(prompts)),
        answered=frozenset({"prompt 0"}),
        circles=tuple(
            replace(
                CIRCLE,
                id=f"circle {number}",
                name=f"Circle {number} with a name of many words and more" * 2,
                conveners=("U1",) if number < convened else ("U2",),
            )
            for number in range(circles)
        ),
        newest=tuple(
            Writing(f"w{n}", "T1", "moment", "U1", "me", {"happened": "Plum jam came. " * 30}, NOW)
            for n in range(min(written, NEWEST))
        ),
        written=written,
        returning=written,
        returns_at=NOW if written else None,
        never=False,
    )


@given(PARTS)
def test_a_page_never_has_more_blocks_than_slack_takes_and_says_what_it_leaves_out(
    sizes: list[tuple[int, int, int]],
) -> None:
    parts = [
        Part(
            f"Part {number}",
            above=(words("Above"),) * above,
            rows=tuple((words(f"row {number}/{row}"), words("its buttons")) for row in range(rows)),
            below=(words("Below"),) * (above // 2),
            most=5 + more * 10,
        )
        for number, (above, rows, more) in enumerate(sizes)
    ]
    blocks = laid_out(parts, context("The foot."))

    assert len(blocks) <= LIMIT
    assert blocks[-1] == context("The foot.")
    heads = [at for at, block in enumerate(blocks) if block["type"] == "header"]
    for number, (_, rows, _) in enumerate(sizes):
        part = blocks[heads[number] : (*heads, len(blocks) - 1)[number + 1]]
        shown = str(part).count(f"'row {number}/")
        left_out = [context(f"And {rows - shown} more.")] if shown < rows else []
        assert part[0] == header(f"Part {number}")
        assert [block for block in part if block["type"] == "context"] == left_out


def test_sixty_circles_twenty_questions_and_five_hundred_writings_fit_with_something_of_each() -> None:
    for convened in (0, 30, 60):
        blocks = home(page(60, convened, 20, 500), "together", Forms(FORMS))["blocks"]
        told = str(blocks)

        assert len(blocks) <= LIMIT
        assert told.count("'Answer'") >= 5
        assert told.count("Plum jam") >= NEWEST
        assert "These are the newest of 500." in told
        assert "Forget me" in told
        assert ("Circles you convene" in told) == (convened > 0)
        assert ("'Your circles'" in told) == (convened < 60)


def test_what_she_has_not_answered_stands_first() -> None:
    told = str(home(page(1, 0, 3, 0), "together", Forms(FORMS)))

    assert told.index("prompt 1") < told.index("prompt 0")


def test_a_week_without_voices_reads_quiet_to_a_convener() -> None:
    looked = Convening(CIRCLE, (), (0, 5, 10))
    one = replace(page(1, 1, 0, 0), circles=(CIRCLE,), convening=(looked,))
    told = str(home(one, "together", Forms(FORMS)))

    assert "quiet, 5, 10 (newest last)" in told
    assert "0, 5" not in told
