"""Her rhythm: when something comes to her by itself, and how often she is reminded, and when she is away."""

from zoneinfo import ZoneInfo

from practices.away import ahead
from practices.forms import Forms
from practices.home import Page
from practices.model import Circle
from practices.rhythm import local_day, next_slot
from workspace import away, blocks, nudges
from workspace.blocks import Block, counted, day, moment, safe
from workspace.home.parts import CALM, Part


def section(page: Page, word: str, forms: Forms) -> Part | None:
    active = [one for one in page.circles if one.state == "active"]
    lines = [_comes(one, page) for one in active[:CALM]]
    if len(active) > CALM:
        lines.append(f"• and {counted(len(active) - CALM, 'circle', 'circles')} more")
    if page.returns_at:
        back = counted(page.returning, "old story is", "old stories are")
        on = day(page.returns_at.astimezone(ZoneInfo(page.zone)).date(), year=True)
        lines.append(f"• {back} to be brought back to you; the next on {on}")
    told: tuple[Block, ...] = (blocks.section("\n".join(lines)),) if lines else ()
    today = local_day(page.now, page.zone)
    names = {one.id: one.name for one in page.circles}
    above = (*told, nudges.row(page.pace), away.row(ahead(page.away, today), names, today))
    return Part("Your rhythm", above=above) if page.circles or lines else None


def _comes(circle: Circle, page: Page) -> str:
    following = next_slot(circle.rhythm, page.now)
    if any(one.circle == circle.id and one.local_date >= following.local_date for one in page.prompts):
        following = next_slot(circle.rhythm, following.due)  # its question was asked early
    return f"• *{safe(circle.name)}*: the next question comes on {moment(following.due, page.zone)}"
