"""What she writes: the forms, and the newest of what she wrote, with a box to find the rest."""

from practices.forms import Forms
from practices.home import Page, convened
from workspace import blocks
from workspace.blocks import Block, actions, button, context, field, text_input
from workspace.home.parts import Part
from workspace.mine import entry

ABOUT = "A moment worth keeping, a ripple, an old story told again: for yourself, or to share."


def section(page: Page, word: str, forms: Forms) -> Part:
    buttons = [button("Write something", "menu_reflect", word), button("What I wrote", "my_writings")]
    if convened(page):
        buttons.append(button("Written for conveners", "for_conveners"))
    if not page.written:
        return Part("What you write", above=(blocks.section(ABOUT), actions(*buttons)))
    newest = f"These are the newest of {page.written}."
    return Part(
        "What you write",
        above=(actions(*buttons), _find()),
        rows=tuple((entry(one, page.zone, forms),) for one in page.newest),
        below=(context(newest),) if page.written > len(page.newest) else (),
    )


def _find() -> Block:
    looked = text_input(limit=100, placeholder="A word of what you wrote, then Enter")
    looked["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    return field("find_mine", "Find something you wrote", looked, optional=True) | {"dispatch_action": True}
