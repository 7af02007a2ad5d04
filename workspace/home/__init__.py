"""The App Home: somebody's own page, one part under the other."""

from practices.forms import Forms
from practices.home import Page
from practices.model import Circle, Message, Visit, identity
from workspace.blocks import Block, context
from workspace.home import circles, cohorts, conversation, kept, open_now, polarities, rhythm, written
from workspace.home.parts import laid_out

# In this order. Each says what of the page it shows, or None where there is nothing to show.
SECTIONS = (
    open_now.section,
    conversation.section,
    written.section,
    rhythm.section,
    circles.convened_by_her,
    circles.proposed_to_her,
    cohorts.invited_by_her,
    circles.joined_by_her,
    cohorts.asked_by_her,
    polarities.section,
    kept.section,
)


def home(page: Page, word: str, forms: Forms) -> Block:
    """What one member sees: never more than Slack's hundred blocks, however much there is."""
    parts = [part for section in SECTIONS if (part := section(page, word, forms))]
    return {"type": "home", "blocks": laid_out(parts, context("Only you see this page."))}


def again(visit: Visit, member: str = "") -> Message:
    """Her page is to be shown anew, since she changed something that stands on it; what it shows is looked up then. Or
    the page of another `member`, since it stands there too."""
    whose = member or visit.member
    return Message(
        id=identity("home", visit.community, whose, visit.key),
        community=visit.community,
        purpose="home",
        subject=whose,
        member=whose,
        kind="home",
        text="",
    )


def of_conveners(circle: Circle, visit: Visit) -> tuple[Message, ...]:
    """The pages of those who convene a circle are to be shown anew."""
    return tuple(again(visit, one) for one in circle.conveners)
