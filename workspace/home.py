"""The App Home: what is open for me now, what I wrote, my rhythm, my circles, and what is kept about me."""

from zoneinfo import ZoneInfo

from practices.forms import Forms
from practices.home import Page, convened, joined
from practices.model import Circle, Message, Visit, identity
from practices.rhythm import next_slot
from workspace.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    day,
    divider,
    field,
    header,
    moment,
    safe,
    section,
    text_input,
)
from workspace.circles import WEEKDAYS
from workspace.mine import entry

MOST = 10  # questions, and circles of each kind


def home(page: Page, word: str, forms: Forms) -> Block:
    """What one member sees."""
    parts = (
        _open_now(page),
        _written(page, word, forms),
        _rhythm(page),
        _convened(page),
        _circles(page, word),
        _kept(page),
    )
    blocks = [block for part in parts if part for block in (*part, divider())]
    return {"type": "home", "blocks": [*blocks, context("Only you see this page.")]}


def again(visit: Visit) -> Message:
    """Her page is to be shown anew, since she changed something that stands on it; what it shows is looked up then."""
    return Message(
        id=identity("home", visit.community, visit.member, visit.key),
        community=visit.community,
        purpose="home",
        subject=visit.member,
        member=visit.member,
        kind="home",
        text="",
    )


def _open_now(page: Page) -> list[Block]:
    blocks: list[Block] = [header("Open for you now")]
    for prompt in page.prompts[:MOST]:
        where = f"in <#{prompt.channel}>, open till {day(prompt.open_until)}"
        done = prompt.id in page.answered
        blocks += [
            section(f"*{safe(prompt.text)}*\n{'You have answered, ' if done else ''}{where}"),
            actions(button("Answer again" if done else "Answer", "answer", prompt.id, primary=not done)),
        ]
    if not page.prompts:
        blocks.append(section("Nothing just now. The next question comes by itself."))
    return blocks


def _written(page: Page, word: str, forms: Forms) -> list[Block]:
    buttons = [button("Write something", "menu_reflect", word), button("What I wrote", "my_writings")]
    if convened(page):
        buttons.append(button("Written for conveners", "for_conveners"))
    blocks: list[Block] = [header("What you write"), actions(*buttons)]
    if not page.written:
        about = "A moment worth keeping, a ripple, an old story told again: for yourself, or to share."
        return [blocks[0], section(about), blocks[1]]
    looked = text_input(limit=100, placeholder="A word of what you wrote, then Enter")
    looked["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    blocks.append(
        field("find_mine", "Find something you wrote", looked, optional=True) | {"dispatch_action": True}
    )
    blocks += [entry(one, page.zone, forms) for one in page.newest]
    if page.written > len(page.newest):
        blocks.append(context(f"These are the newest of {page.written}."))
    return blocks


def _rhythm(page: Page) -> list[Block]:
    active = [one for one in page.circles if one.state == "active"]
    lines = [
        f"• *{safe(one.name)}*: the next question comes on {moment(next_slot(one.rhythm, page.now).due, page.zone)}"
        for one in active[:MOST]
    ]
    if page.returns_at:
        back = counted(page.returning, "old story is", "old stories are")
        on = day(page.returns_at.astimezone(ZoneInfo(page.zone)).date(), year=True)
        lines.append(f"• {back} to be brought back to you; the next on {on}")
    return [header("Your rhythm"), section("\n".join(lines))] if lines else []


def _convened(page: Page) -> list[Block]:
    mine = convened(page)
    if not mine:
        return []
    blocks: list[Block] = [header("Circles you convene")]
    for one in mine[:MOST]:
        named = f"Change {one.name}"[:75]
        blocks += [
            section(_told(one)),
            actions(
                button("Change", "set_up", one.channel, label_for_all=named),
                _figures(one),
                button("After we met", "ask_afterwards", one.channel),
                _learning(one),
            ),
        ]
    return blocks


def _circles(page: Page, word: str) -> list[Block]:
    others = joined(page)
    if not page.circles:
        text = f"None yet. Invite me to a channel, then type `/{word} circle` there."
        return [header("Your circles"), section(text)]
    if not others:
        return []
    return [header("Your circles"), *(section(_told(one), accessory=_figures(one)) for one in others[:MOST])]


def _kept(page: Page) -> list[Block]:
    if page.never:
        told = "None of your words are kept in our memory, wherever threads are kept."
        wish = button("Keep my words again", "keep_my_words")
    else:
        told = "Where a thread is kept in our memory, your words in it are kept, unless you say otherwise."
        wish = button("Never keep my words", "never_keep")
    return [
        header("What is kept about you"),
        section(told),
        actions(button("See what is kept", "my_record"), wish, button("Forget me", "forget_me")),
    ]


def _told(circle: Circle) -> str:
    rhythm = circle.rhythm
    asked = f"{WEEKDAYS[rhythm.weekday]}s at {rhythm.at:%H:%M}"
    gathers = (
        f"; you gather on {WEEKDAYS[rhythm.gathering[0]]}s at {rhythm.gathering[1]:%H:%M}"
        if rhythm.gathering
        else ""
    )
    return f"*{safe(circle.name)}* in <#{circle.channel}>: {asked}{gathers}"


def _learning(circle: Circle) -> Block:
    label = f"Learning digest of {circle.name}"[:75]
    return button("Learning digest", "learning", circle.channel, label_for_all=label)


def _figures(circle: Circle) -> Block:
    return button("Figures", "figures", circle.channel, label_for_all=f"Figures of {circle.name}"[:75])
