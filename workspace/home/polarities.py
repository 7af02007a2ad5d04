"""Both/and maps on somebody's own page: a way to begin one."""

from practices.forms import Forms
from practices.home import Page
from workspace.blocks import actions, button
from workspace.home.parts import Part


def section(page: Page, word: str, forms: Forms) -> Part | None:
    """Where there is a circle of hers, a map can be made."""
    if not page.circles:
        return None
    begin = actions(button("Begin a both/and map", "polarity_begin", word))
    return Part("Both/and maps", below=(begin,))
