"""Her circles: those she convenes, with what conveners can do; and those she is in."""

from collections.abc import Sequence

from practices.catalogue.forms.convening import FORM as CONVENING
from practices.forms import Forms
from practices.home import PROPOSALS, Convening, Page, convened, joined
from practices.model import Circle
from workspace import blocks
from workspace.blocks import actions, button, context, safe
from workspace.circles import WEEKDAYS
from workspace.home.parts import Part, Row
from workspace.queue import lines, proposal

BARS = "▁▂▃▄▅▆▇█"
MORE = "There are more: they come up as you answer these."


def convened_by_her(page: Page, word: str, forms: Forms) -> Part | None:
    """With their queue and voices, as far as these were looked up; the others more briefly."""
    looked = {one.circle.id: one for one in page.convening}
    rows = tuple(_looked_after(one, looked.get(one.id), CONVENING in forms.offered) for one in convened(page))
    return Part("Circles you convene", rows=rows) if rows else None


def proposed_to_her(page: Page, word: str, forms: Forms) -> Part | None:
    """What members propose to be asked."""
    where = {one.id: f" · <#{one.channel}>" for one in page.circles}
    rows = tuple(proposal(one, page.names, where.get(one.circle, "")) for one in page.proposals)
    return Part("Proposed by members", rows=rows, most=PROPOSALS, more=context(MORE)) if rows else None


def joined_by_her(page: Page, word: str, forms: Forms) -> Part | None:
    others = joined(page)
    if not page.circles:
        text = f"None yet. Invite me to a channel, then type `/{word} circle` there."
        return Part("Your circles", above=(blocks.section(text),))
    return Part("Your circles", rows=tuple(_in(one) for one in others)) if others else None


def _in(circle: Circle) -> Row:
    return (
        blocks.section(_told(circle)),
        actions(
            button(
                "Propose a question", "propose", circle.id, label_for_all=_of("Propose a question", circle)
            ),
            button("Figures", "figures", circle.channel, label_for_all=_of("Figures", circle)),
        ),
    )


def _looked_after(circle: Circle, looked: Convening | None, notes: bool) -> Row:
    ahead = f"\n*Questions to come*\n{lines(looked.coming)}" if looked and looked.coming else ""
    heard = f"\n*Voices, week by week*\n{bars(looked.voices)}" if looked and looked.voices else ""
    return (
        blocks.section(f"{_told(circle)}{ahead}{heard}"),
        actions(
            button(
                "Questions to come", "queue", circle.channel, label_for_all=_of("Questions to come", circle)
            ),
            button("Figures", "figures", circle.channel, label_for_all=_of("Figures", circle)),
            button(
                "After we met", "ask_afterwards", circle.channel, label_for_all=_of("After we met", circle)
            ),
            button(
                "Learning digest", "learning", circle.channel, label_for_all=_of("Learning digest", circle)
            ),
            button(
                "Invite people", "invite_begin", circle.channel, label_for_all=_of("Invite people", circle)
            ),
            *(
                [
                    button(
                        CONVENING.title,
                        "write",
                        f"{CONVENING.key}/{circle.channel}",
                        label_for_all=_of(CONVENING.title, circle),
                    )
                ]
                if notes
                else []
            ),
            button("Match rounds", "match_rounds", circle.channel, label_for_all=_of("Match rounds", circle)),
            button("Change", "set_up", circle.channel, label_for_all=_of("Change", circle)),
        ),
    )


def bars(voices: Sequence[int]) -> str:
    """Numbers as small bars, and as numbers: the newest last. Nobody counts a week without voices."""
    most = max((*voices, 1))
    drawn = "".join(BARS[round(one / most * (len(BARS) - 1))] for one in voices)
    numbers = ", ".join(str(one) if one else "quiet" for one in voices)
    return f"{drawn}  {numbers} (newest last)"


def _told(circle: Circle) -> str:
    rhythm = circle.rhythm
    asked = f"{WEEKDAYS[rhythm.weekday]}s at {rhythm.at:%H:%M}"
    gathers = (
        f"; you gather on {WEEKDAYS[rhythm.gathering[0]]}s at {rhythm.gathering[1]:%H:%M}"
        if rhythm.gathering
        else ""
    )
    return f"*{safe(circle.name)}* in <#{circle.channel}>: {asked}{gathers}"


def _of(label: str, circle: Circle) -> str:
    """What a button of a circle's is called when it is read aloud."""
    return f"{label}: {circle.name}"[:75]
