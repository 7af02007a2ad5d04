"""For how long a circle keeps what is said: what is asked of its conveners, and what the channel reads of it."""

from practices.circles import months
from practices.keeping import ANSWERS_CHOICES, KEPT_CHOICES
from practices.model import Circle
from workspace.blocks import Block, counted, field, safe, select, text_input


def fields(circle: Circle | None) -> tuple[Block, ...]:
    """For how long: shorter as a circle likes, longer with a word why."""
    answers, threads = months(circle)
    return (
        field(
            "answers_months",
            "Answers to our questions are kept for",
            select([(_months(one), str(one)) for one in ANSWERS_CHOICES], str(answers)),
            hint="True of questions asked from then on: what was promised before is held.",
        ),
        field(
            "kept_months",
            "Kept threads and maps stay for",
            select([(_months(one), str(one)) for one in KEPT_CHOICES], str(threads)),
            hint="True of what is kept from then on. Conveners are asked before any of it goes.",
        ),
        field(
            "longer",
            "Why longer?",
            text_input(circle.longer if circle else "", limit=200),
            optional=True,
            hint="Needed only where something is kept longer than before. The channel reads it.",
        ),
    )


def keeping(circle: Circle, before: Circle | None) -> str:
    """What a channel reads when it changes how long things are kept; "" where it does not."""
    (answers, threads), (answers_before, threads_before) = months(circle), months(before)
    told = []
    if answers != answers_before:
        told.append(
            f"Answers to questions that come from now on are kept for {_months(answers)}, instead of "
            f"{_months(answers_before)}."
        )
    if threads != threads_before:
        told.append(
            f"Threads and maps that are kept from now on stay for {_months(threads)}, instead of "
            f"{_months(threads_before)}."
        )
    if answers > answers_before or threads > threads_before:
        told.append(f"Why longer: {safe(circle.longer)}")
    if told and before:
        told.append("What is there already is kept as it was promised.")
    return "\n".join(told)


def _months(many: int) -> str:
    return counted(many, "month", "months")
